"""What is not as it should be in a tote or a box: units that are missing, damaged, or that nobody wants of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.cases import actions as cases
from wms.catalog import queries as catalog
from wms.catalog.tables import Item
from wms.moving import actions as moving
from wms.orders.gate import FoState
from wms.packing import actions
from wms.packing.dialogue import Box, Held, Tote, Want
from wms.picking import actions as picking
from wms.stations.tables import Station
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus

WAITS = frozenset({FoState.AWAITING_STOCK, FoState.BACKORDERED})


def missing(session: Session, tote: Tote, wants: Sequence[Want], *, by: int, at: datetime) -> bool:
    """Note that units are not in the tote; tells whether the order waits for others now."""
    waits = False
    for want in wants:
        waits = _lost(session, tote, want, want.left, None, by=by, at=at)
    return waits and len({want.fo_id for want in wants}) == 1


def damaged(
    session: Session, tote: Tote, want: Want, station_id: int | None, *, by: int, at: datetime
) -> bool:
    """Note that a unit cannot be sent: the order loses it, and it lies at the bench as damaged."""
    return _lost(session, tote, want, 1, _bench(session, station_id), by=by, at=at)


def spoiled(
    session: Session, box: Box, held: Held, station_id: int | None, *, by: int, at: datetime
) -> bool:
    """Note that a unit in a box cannot be sent: it lies at the bench as damaged; tells whether the order waits now."""
    return _out(session, box, held, _bench(session, station_id), by=by, at=at)


def foreign(
    session: Session,
    box: Box,
    held: Held,
    item_id: int | None,
    station_id: int | None,
    *,
    by: int,
    at: datetime,
) -> bool:
    """Note that another thing lay in a box: the right one is lost, and somebody looks into it.

    What lay there is in quarantine at the bench then, where it is known which item it is.
    """
    place_id = _bench(session, station_id)
    waits = _out(session, box, held, None, by=by, at=at)
    what = ""
    if item_id is not None:
        what = catalog.names(session, [item_id])[item_id]
        item = session.get_one(Item, item_id)
        if place_id is not None and not (item.tracks_lots or item.tracks_serials):
            _quarantine(session, item_id, place_id, box.number, by=by, at=at)
    cases.open_case(
        session,
        kind="wrong_in_box",
        subject="package",
        subject_id=box.id,
        sentence="packing.case_wrong_in_box" if what else "packing.case_unknown_in_box",
        values={"box": box.number, "sku": held.sku, "what": what},
        by=by,
        at=at,
    )
    return waits


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


def _out(
    session: Session, box: Box, held: Held, place_id: int | None, *, by: int, at: datetime
) -> bool:
    after = actions.set_aside(
        session,
        package_id=box.id,
        fo_line_id=held.line_id,
        tote_id=held.tote_id,
        item_id=held.item_id,
        lot_id=held.lot_id,
        serial_id=held.serial_id,
        quantity=1,
        place_id=place_id,
        by=by,
        at=at,
    )
    return after in WAITS


def _quarantine(
    session: Session, item_id: int, place_id: int, box: str, *, by: int, at: datetime
) -> None:
    """Book what nobody expected here, and ask for it to be moved off the bench."""
    warehouse_id = session.get_one(Location, place_id).warehouse_id
    found = Move(
        item_id,
        outside(session, warehouse_id, Outside.LOST),
        place_id,
        1,
        Reason.FOUND,
        status_to=StockStatus.QUARANTINE,
        reference=box,
    )
    stock.post(session, [found], by=by, at=at)
    moving.ask(
        session,
        kind=moving.Kind.RELOCATE,
        source_id=place_id,
        item_id=item_id,
        status=StockStatus.QUARANTINE,
        quantity=1,
        why=moving.Why.PROBLEM,
        reference=box,
        by=by,
        at=at,
    )


def _lost(
    session: Session,
    tote: Tote,
    want: Want,
    units: int,
    place_id: int | None,
    *,
    by: int,
    at: datetime,
) -> bool:
    after = actions.missing(
        session,
        fo_line_id=want.line_id,
        tote_id=tote.id,
        item_id=want.item.id,
        lot_id=want.lot_id,
        serial_id=want.serial_id,
        quantity=units,
        place_id=place_id,
        by=by,
        at=at,
    )
    return after in WAITS


def _bench(session: Session, station_id: int | None) -> int | None:
    """Return the place of a bench, where it has one."""
    station = session.get(Station, station_id) if station_id else None
    return station.location_id if station else None
