"""From what machines write, numbers or codes, to what the ledger takes."""

from collections.abc import Collection

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location, Warehouse
from wms.catalog.tables import Item, Lot, Serial
from wms.codes.queries import Kind, resolve
from wms.kernel.refusal import Fault, NotFound, Wrong
from wms.stock.moves import NONE

PLACES = frozenset({Kind.LOCATION, Kind.LPN})
OUTSIDE = frozenset(place.value for place in Outside)


class UnknownPlace(NotFound):
    """There is no place of that number."""

    sentence = "stock.unknown_place"


def item_number(session: Session, code: str, where: str) -> int:
    """Return the item that a barcode or SKU stands for; raises Wrong where none or several do."""
    return _one(session, code, frozenset({Kind.ITEM}), where, "stock.unknown_item")


def place_number(session: Session, code: str, where: str) -> int:
    """Return the bin, tote or other place that a code stands for; raises Wrong where none or several do."""
    return _one(session, code, PLACES, where, "stock.unknown_place")


def ways(session: Session, source: int | str, target: int | str, where: str) -> tuple[int, int]:
    """Return both ends of a move. An outside place is named by its word, in the warehouse of the other end."""
    known: dict[str, int] = {}
    for end, said in (("source", source), ("target", target)):
        if isinstance(said, int):
            known[end] = said
        elif said.upper() not in OUTSIDE:
            known[end] = place_number(session, said, f"{where}.{end}")
    for end, other, said in (("source", "target", source), ("target", "source", target)):
        if end not in known:
            if other not in known:
                raise Wrong(Fault(f"{where}.{end}", "stock.outside_to_outside"))
            known[end] = _outside_of(session, known[other], Outside(str(said).upper()), where)
    return known["source"], known["target"]


def _outside_of(session: Session, inside_id: int, place: Outside, where: str) -> int:
    house = session.scalar(select(Location.warehouse_id).where(Location.id == inside_id))
    if house is None:
        raise Wrong(Fault(where, "stock.unknown_place", {"id": inside_id}))
    return outside(session, house, place)


def skus(session: Session, item_ids: Collection[int]) -> dict[int, str]:
    """Return the SKUs of those of these items that exist."""
    rows = session.execute(select(Item.id, Item.sku).where(Item.id.in_(set(item_ids))))
    return dict(rows.all())


def known_warehouse(session: Session, warehouse_id: int) -> None:
    """Raise Wrong for a warehouse that nobody knows."""
    if session.get(Warehouse, warehouse_id) is None:
        raise Wrong(Fault("warehouse_id", "stock.unknown_warehouse", {"id": warehouse_id}))


def item_asked(session: Session, item_id: int | None, code: str | None) -> int | None:
    """Return which item a list is asked for, None where for all; raises Wrong for a code that nobody knows."""
    return item_number(session, code, "item") if code and item_id is None else item_id


def place_asked(session: Session, location_id: int | None, code: str | None) -> int | None:
    """Return which place a list is asked for, None where for all; raises Wrong for a code that nobody knows."""
    return place_number(session, code, "location") if code and location_id is None else location_id


def lot_number(session: Session, item_id: int, code: str | None) -> int:
    """Return a lot of an item by its code, NONE for none; raises Wrong where there is no such lot."""
    if code is None:
        return NONE
    found = session.scalar(select(Lot.id).where(Lot.item_id == item_id, Lot.code == code))
    if found is None:
        raise Wrong(Fault("lot", "stock.unknown_lot", {"id": code}))
    return found


def serial_number(session: Session, item_id: int, code: str | None) -> int:
    """Return a serial of an item by its number, NONE for none; raises Wrong where there is no such piece."""
    if code is None:
        return NONE
    found = session.scalar(select(Serial.id).where(Serial.item_id == item_id, Serial.code == code))
    if found is None:
        raise Wrong(Fault("serial", "stock.unknown_serial", {"id": code}))
    return found


def _one(session: Session, code: str, kinds: frozenset[Kind], where: str, sentence: str) -> int:
    found = {meaning.target_id for meaning in resolve(session, code) if meaning.kind in kinds}
    if not found:
        raise Wrong(Fault(where, sentence, {"id": code}))
    if len(found) > 1:
        raise Wrong(Fault(where, "stock.several_meanings", {"id": code}))
    return found.pop()
