"""What is told of something that was scanned between two pieces of work: an item, a bin, a tote."""

from collections.abc import Sequence

from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog import queries as catalog
from wms.catalog.tables import Item
from wms.codes.queries import Kind, Meaning
from wms.floor.here import HOME, Here
from wms.floor.process import Card, Floor
from wms.floor.turn import Sentence, Thing, Turn, say
from wms.stock import queries as stock
from wms.stock.queries import Balance

LINES = 5
"""Most lines of a card: more cannot be read at arm's length."""


def look_up(session: Session, floor: Floor, meaning: Meaning) -> Card | None:
    """Return what is known of the thing behind a code; None where nobody here tells."""
    match meaning.kind:
        case Kind.ITEM:
            return _item(session, meaning.target_id)
        case Kind.LOCATION | Kind.LPN:
            return _place(session, meaning.target_id)
        case _:
            tell = floor.look_ups.get(meaning.kind)
            return tell(session, meaning) if tell else None


def shown_at_home(card: Card) -> Here:
    """Return home with the card on the screen."""
    turn = Turn(
        "", "card", say("floor.look_up"), target=card.thing.code, say=card.say, thing=card.thing
    )
    return Here(HOME, turn)


def _item(session: Session, item_id: int) -> Card | None:
    item = session.get(Item, item_id)
    if item is None:
        return None
    lying = stock.balances_of_item(session, item_id)
    codes = [barcode.code for barcode in catalog.barcodes(session, [item_id])[item_id]][:1]
    lines = [f"{one.location} × {one.quantity}" for one in lying]
    thing = Thing(item.name, item.sku, item.picture, (*codes, *_few(lines)))
    return Card(thing, _counted(lying, "floor.item_lies", "floor.item_is_nowhere", code=item.sku))


def _place(session: Session, location_id: int) -> Card | None:
    place = session.get(Location, location_id)
    if place is None:
        return None
    lying = stock.balances_of_place(session, location_id)
    inside = session.get(Location, place.parent_id) if place.parent_id else None
    lines = [f"{one.sku} × {one.quantity} · {one.name}" for one in lying]
    stands = [f"{place.code} › {inside.code}"] if inside else []  # noqa: RUF001 - an arrow, not a letter
    name = lying[0].name if len({one.item_id for one in lying}) == 1 else ""
    thing = Thing(name, place.code, None, (*stands, *_few(lines)))
    return Card(
        thing, _counted(lying, "floor.place_holds", "floor.place_is_empty", code=place.code)
    )


def _counted(lying: Sequence[Balance], full: str, empty: str, *, code: str) -> Sentence:
    units = sum(one.quantity for one in lying)
    if not units:
        return say(empty, code=code)
    return say(full, code=code, n=units, promised=sum(one.reserved for one in lying))


def _few(lines: Sequence[str]) -> tuple[str, ...]:
    more = len(lines) - LINES
    return (*lines[:LINES], f"+ {more}") if more > 0 else tuple(lines)
