"""What a scan or a few words could mean: exactly one thing, or things of several kinds to choose from."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from sqlalchemy import exists, func, select
from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.bins.tables import Location
from wms.catalog import queries as catalog
from wms.catalog.tables import Item, Lot, Serial
from wms.codes.queries import Kind, Meaning, kinds_of, normal, resolve
from wms.orders import queries as orders
from wms.orders.queries import OrdersAsked
from wms.orders.tables import Order
from wms.people import queries as people
from wms.people.secret import fingerprint
from wms.people.tables import Badge, User
from wms.stations.tables import Device, Station
from wms.stock.tables import Allocation, StockMove

GROUP_LIMIT = 8
"""Most hits of one kind; a list with filters leads to the others."""

REACH = 200_000
"""How many moves back the search looks for what goods moved for: what is older, the list of moves finds."""

WORDS_LIMIT = 120
"""Longer than any name: what is more was scanned, and is no part of a name."""


class Thing(StrEnum):
    """What a hit is: each has a page."""

    ITEM = "item"
    PLACE = "place"
    PERSON = "person"
    STATION = "station"
    DEVICE = "device"
    REFERENCE = "reference"
    ORDER = "order"


@dataclass(frozen=True)
class Hit:
    """One thing that was found, by number; a reference has none. `beside` tells it from others of its name."""

    thing: Thing
    id: int
    name: str
    beside: str = ""
    kind: str = ""
    """Of a place: bin, tote and so on."""
    lot: str = ""
    """What the code said along with the item."""


@dataclass(frozen=True)
class Found:
    """Hits of one kind, and whether there are more of them."""

    thing: Thing
    hits: Sequence[Hit]
    more: bool = False


def words_of(text: str) -> str:
    """Return what can be looked for of a text: no signs that nobody sees, and no more than a name may have."""
    return "".join(sign for sign in text if sign.isprintable()).strip()[:WORDS_LIMIT]


def exact(session: Session, text: str, *, sees_people: bool) -> list[Hit]:
    """Return what exactly this code or number stands for."""
    if Kind.BADGE in kinds_of(text):
        return _by_badge(session, text) if sees_people else []
    hits = [hit for meaning in resolve(session, text) if (hit := _meant(session, meaning))]
    words = words_of(text)
    hits += _by_number(session, words)
    return hits or _by_serial(session, words) or _by_lot(session, words)


def look_up(session: Session, words: str, *, sees_people: bool) -> list[Found]:
    """Return what these words are a part of, by kind; kinds without a hit are left out."""
    found = [
        _orders(session, words),
        _items(session, words),
        _places(session, words),
        _references(session, words),
    ]
    if sees_people:
        found += [_people(session, words), _devices(session, words), _stations(session, words)]
    return [group for group in found if group.hits]


def _meant(session: Session, meaning: Meaning) -> Hit | None:
    match meaning.kind:
        case Kind.ITEM:
            item = session.get_one(Item, meaning.target_id)
            return Hit(Thing.ITEM, item.id, item.name, item.sku, lot=meaning.lot or "")
        case Kind.LOCATION | Kind.LPN:
            return _place(session.get_one(Location, meaning.target_id))
        case Kind.STATION:
            station = session.get_one(Station, meaning.target_id)
            return Hit(Thing.STATION, station.id, station.name)
        case _:
            return None  # a key of the floor's screen, or what belongs to processes that are not here yet


def _place(place: Location) -> Hit:
    return Hit(Thing.PLACE, place.id, place.code, kind=place.kind)


def _by_badge(session: Session, text: str) -> list[Hit]:
    query = select(User).join(Badge, Badge.user_id == User.id)
    found = session.scalars(query.where(Badge.token_hash == fingerprint(normal(text))))
    return [Hit(Thing.PERSON, user.id, user.name) for user in found]


def _by_number(session: Session, words: str) -> list[Hit]:
    query = select(Order).where(Order.number == words).order_by(Order.id.desc()).limit(GROUP_LIMIT)
    return [Hit(Thing.ORDER, one.id, one.number) for one in session.scalars(query)]


def _by_serial(session: Session, words: str) -> list[Hit]:
    query = select(Item, Serial.code).join(Serial, Serial.item_id == Item.id)
    rows = session.execute(query.where(Serial.code == words).limit(GROUP_LIMIT))
    return [Hit(Thing.ITEM, item.id, item.name, f"{item.sku}, {code}") for item, code in rows]


def _by_lot(session: Session, words: str) -> list[Hit]:
    query = select(Item, Lot.code).join(Lot, Lot.item_id == Item.id)
    rows = session.execute(query.where(Lot.code == words).limit(GROUP_LIMIT))
    return [
        Hit(Thing.ITEM, item.id, item.name, f"{item.sku}, {code}", lot=code) for item, code in rows
    ]


def _items(session: Session, words: str) -> Found:
    query = catalog.items(q=words).order_by(Item.sku).limit(GROUP_LIMIT + 1)
    hits = [Hit(Thing.ITEM, item.id, item.name, item.sku) for item in session.scalars(query)]
    return _cut(Thing.ITEM, hits)


def _places(session: Session, words: str) -> Found:
    query = bins.locations_asked(q=words).order_by(Location.code).limit(GROUP_LIMIT + 1)
    return _cut(Thing.PLACE, [_place(place) for place in session.scalars(query)])


def _orders(session: Session, words: str) -> Found:
    asked = orders.orders_asked(OrdersAsked(q=words)).order_by(Order.id.desc())
    found = session.scalars(asked.limit(GROUP_LIMIT + 1)).all()
    contacts = orders.contacts(session, [one.id for one in found])
    hits = [
        Hit(Thing.ORDER, one.id, one.number, contacts[one.id].name if one.id in contacts else "")
        for one in found
    ]
    return _cut(Thing.ORDER, hits)


def _people(session: Session, words: str) -> Found:
    found = people.people(session, limit=GROUP_LIMIT + 1, cursor=None, search=words)
    return _cut(
        Thing.PERSON,
        [
            Hit(Thing.PERSON, one.user.id, one.user.name)
            for one in found.rows
            if not one.user.is_machine
        ],
    )


def _devices(session: Session, words: str) -> Found:
    query = select(Device).where(
        Device.name.icontains(words, autoescape=True), Device.revoked_at.is_(None)
    )
    found = session.scalars(query.order_by(Device.name).limit(GROUP_LIMIT + 1))
    return _cut(Thing.DEVICE, [Hit(Thing.DEVICE, one.id, one.name) for one in found])


def _stations(session: Session, words: str) -> Found:
    query = select(Station).where(
        Station.name.icontains(words, autoescape=True), Station.archived_at.is_(None)
    )
    found = session.scalars(query.order_by(Station.name).limit(GROUP_LIMIT + 1))
    return _cut(Thing.STATION, [Hit(Thing.STATION, one.id, one.name) for one in found])


def _references(session: Session, words: str) -> Found:
    """Find an order, count or the like that stock was moved or promised for, by its whole name."""
    newest = select(func.max(StockMove.id)).scalar_subquery()
    moved = exists().where(StockMove.id > newest - REACH, StockMove.reference == words)
    known = select(exists().where(Allocation.reference == words) | moved)
    return Found(Thing.REFERENCE, [Hit(Thing.REFERENCE, 0, words)] if session.scalar(known) else [])


def _cut(thing: Thing, hits: Sequence[Hit]) -> Found:
    return Found(thing, hits[:GROUP_LIMIT], more=len(hits) > GROUP_LIMIT)
