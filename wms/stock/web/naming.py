"""From what people type or scan into a form to the numbers of things."""

from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Lot, Serial
from wms.codes.queries import Kind, resolve
from wms.kernel.forms import NotKept
from wms.kernel.refusal import Fault
from wms.stock.moves import NONE, Pile, StockStatus

PLACES = frozenset({Kind.LOCATION, Kind.LPN})


@dataclass(frozen=True)
class Typed:
    """What a form says of a pile, as it was typed."""

    place: str
    item: str
    lot: str = ""
    serial: str = ""
    status: StockStatus = StockStatus.AVAILABLE


def item_of(session: Session, code: str) -> int | None:
    """Return the item that a SKU or barcode stands for; None where there is none, or more than one."""
    return _only(session, code, frozenset({Kind.ITEM}))


def place_of(session: Session, code: str) -> int | None:
    """Return the bin or tote that a code stands for; None where there is none."""
    return _only(session, code, PLACES)


def pile_of(session: Session, typed: Typed) -> Pile:
    """Return the pile that was typed. Raises NotKept with a fault by each field that nobody knows."""
    item_id, location_id = item_of(session, typed.item), place_of(session, typed.place)
    faults = []
    if location_id is None:
        faults.append(Fault("place", "stock.unknown_place", {"id": typed.place}))
    if item_id is None:
        faults.append(Fault("item", "stock.unknown_item", {"id": typed.item}))
    if location_id is None or item_id is None:
        raise NotKept(*faults)
    lot_id = _lot(session, item_id, typed.lot)
    serial_id = _serial(session, item_id, typed.serial)
    return Pile(location_id, item_id, lot_id, serial_id, typed.status)


def any_place_of(session: Session, code: str) -> int | None:
    """Return the place of that code, also one that no label leads to, such as CUSTOMER; None where it is not one."""
    found = place_of(session, code)
    if found is not None:
        return found
    numbers = session.scalars(select(Location.id).where(Location.code == code.upper()).limit(2))
    known = numbers.all()
    return known[0] if len(known) == 1 else None


def _lot(session: Session, item_id: int, code: str) -> int:
    if not code:
        return NONE
    found = session.scalar(select(Lot.id).where(Lot.item_id == item_id, Lot.code == code))
    if found is None:
        raise NotKept(Fault("lot", "stock.unknown_lot", {"id": code}))
    return found


def _serial(session: Session, item_id: int, code: str) -> int:
    if not code:
        return NONE
    found = session.scalar(select(Serial.id).where(Serial.item_id == item_id, Serial.code == code))
    if found is None:
        raise NotKept(Fault("serial", "stock.unknown_serial", {"id": code}))
    return found


def _only(session: Session, code: str, kinds: frozenset[Kind]) -> int | None:
    found = (
        {one.target_id for one in resolve(session, code) if one.kind in kinds} if code else set()
    )
    return found.pop() if len(found) == 1 else None
