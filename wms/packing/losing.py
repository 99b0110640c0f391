"""What is not as it should be in a tote: units that are missing, damaged, or that nobody wants of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.cases import actions as cases
from wms.orders.gate import FoState
from wms.packing import actions
from wms.packing.dialogue import Tote, Want
from wms.picking import actions as picking
from wms.stations.tables import Station
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus

WAITS = frozenset({FoState.AWAITING_STOCK, FoState.BACKORDERED})


def missing(session: Session, tote: Tote, wants: Sequence[Want], *, by: int, at: datetime) -> bool:
    """Note that units are not in the tote; tells whether the order waits for others now."""
    waits = False
    for want in wants:
        waits = _missing(session, tote, want, want.left, by=by, at=at) in WAITS
    return waits and len({want.fo_id for want in wants}) == 1


def damaged(
    session: Session, tote: Tote, want: Want, station_id: int | None, *, by: int, at: datetime
) -> bool:
    """Note that a unit cannot be sent: the order loses it, and it lies at the bench as damaged."""
    after = _missing(session, tote, want, 1, by=by, at=at)
    station = session.get(Station, station_id) if station_id else None
    place = session.get(Location, station.location_id) if station and station.location_id else None
    if place is not None:
        found = Move(
            want.item.id,
            outside(session, place.warehouse_id, Outside.LOST),
            place.id,
            1,
            Reason.FOUND,
            lot_id=want.lot_id,
            serial_id=want.serial_id,
            status_to=StockStatus.DAMAGED,
            reference=want.order,
        )
        stock.post(session, [found], by=by, at=at)
    return after in WAITS


def left_over(session: Session, tote: Tote, what: str, *, by: int, at: datetime) -> None:
    """Put a tote aside in which something is that nobody wants of it, and let somebody look into it."""
    picking.put_tote_aside(session, tote_id=tote.id, by=by, at=at)
    cases.open_case(
        session,
        kind="leftover",
        subject="location",
        subject_id=tote.id,
        sentence="cases.leftover",
        values={"tote": tote.code, "what": what},
        by=by,
        at=at,
    )


def _missing(
    session: Session, tote: Tote, want: Want, units: int, *, by: int, at: datetime
) -> FoState:
    return actions.missing(
        session,
        fo_line_id=want.line_id,
        tote_id=tote.id,
        item_id=want.item.id,
        lot_id=want.lot_id,
        serial_id=want.serial_id,
        quantity=units,
        by=by,
        at=at,
    )
