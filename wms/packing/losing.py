"""What is not as it should be in a tote or a box: units that are missing, damaged, or that nobody wants of it."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wms.orders.gate import FoState
from wms.packing import actions
from wms.packing.dialogue import Box, Held, Tote, Want
from wms.stations.tables import Station

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
    instead = actions.Instead(item_id, _bench(session, station_id))
    return _out(session, box, held, None, instead, by=by, at=at)


def left_over(session: Session, tote: Tote, what: str, *, by: int, at: datetime) -> None:
    """Put a tote aside in which something is that nobody wants of it, and let somebody look into it."""
    actions.leave_over(session, tote_id=tote.id, what=what, by=by, at=at)


def _out(
    session: Session,
    box: Box,
    held: Held,
    place_id: int | None,
    instead: actions.Instead | None = None,
    *,
    by: int,
    at: datetime,
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
        instead=instead,
        by=by,
        at=at,
    )
    return after in WAITS


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
