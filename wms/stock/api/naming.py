"""From what machines write, numbers or codes, to what the ledger takes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.codes.queries import Kind, resolve
from wms.kernel.refusal import Fault, Wrong

PLACES = frozenset({Kind.LOCATION, Kind.LPN})
OUTSIDE = frozenset(place.value for place in Outside)


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


def _one(session: Session, code: str, kinds: frozenset[Kind], where: str, sentence: str) -> int:
    found = {meaning.target_id for meaning in resolve(session, code) if meaning.kind in kinds}
    if not found:
        raise Wrong(Fault(where, sentence, {"id": code}))
    if len(found) > 1:
        raise Wrong(Fault(where, "stock.several_meanings", {"id": code}))
    return found.pop()
