"""Short words that build a warehouse for a test. Each takes the database and returns the number of what it made."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from itertools import count
from typing import Any, TypeVar

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind, Outside
from wms.bins.tables import Location
from wms.catalog import actions as catalog
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.orders import actions as orders
from wms.orders.drafts import Contact, Draft, DraftLine
from wms.orders.tables import Channel
from wms.stock import invariants as stock
from wms.stock.actions import post
from wms.stock.moves import Move, Reason
from wms.stock.tables import ItemAvailability, StockBalance

T = TypeVar("T")

_numbers = count(1001)

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
"""A Monday in winter."""

TESTER = 1
"""Who acts in tests where it does not matter who acts."""


def done(database: Database, do: Callable[[Session], T]) -> T:
    """Do something in one write transaction."""
    return database.write(command("test", by=TESTER, at=NOON), do).value


def a_warehouse(
    database: Database,
    code: str = "DAY",
    *,
    name: str = "Dayton",
    time_zone: str = "America/New_York",
) -> int:
    """Open a warehouse."""

    def do(session: Session) -> int:
        return bins.open_warehouse(
            session, code=code, name=name, time_zone=time_zone, by=TESTER, at=NOON
        ).id

    return done(database, do)


def a_place(database: Database, warehouse_id: int, code: str, kind: Kind, **facts: Any) -> int:
    """Make a place of any kind that does not move."""

    def do(session: Session) -> int:
        made = bins.create_location(
            session, warehouse_id=warehouse_id, code=code, kind=kind, **facts, by=TESTER, at=NOON
        )
        return made.id

    return done(database, do)


def a_bin(database: Database, warehouse_id: int, code: str = "A-01-01-1", **facts: Any) -> int:
    """Make a bin."""
    return a_place(database, warehouse_id, code, Kind.BIN, **facts)


def an_item(database: Database, sku: str = "85123A", **facts: Any) -> int:
    """Make an item of the house."""

    def do(session: Session) -> int:
        facts.setdefault("name", f"Item {sku}")
        return catalog.create_item(session, sku=sku, **facts, by=TESTER, at=NOON).id

    return done(database, do)


def a_lot(
    database: Database, item_id: int, code: str = "L1", expires_on: date | None = None
) -> int:
    """Make a lot of an item."""

    def do(session: Session) -> int:
        return catalog.lot(session, item_id=item_id, code=code, expires_on=expires_on, at=NOON).id

    return done(database, do)


def a_serial(database: Database, item_id: int, code: str = "S1") -> int:
    """Make a serial number of an item."""

    def do(session: Session) -> int:
        return catalog.serial(session, item_id=item_id, code=code, at=NOON).id

    return done(database, do)


def outside(database: Database, warehouse_id: int, place: Outside = Outside.SUPPLIER) -> int:
    """Return one of the outside places of a warehouse."""
    with database.read() as session:
        return session.scalars(
            select(Location.id).where(
                Location.warehouse_id == warehouse_id, Location.code == place.value
            )
        ).one()


def held(database: Database, place_id: int, item_id: int, status: str = "available") -> int:
    """Return how many units of an item a place holds by its balances."""
    with database.read() as session:
        held_there = select(func.coalesce(func.sum(StockBalance.quantity), 0)).where(
            StockBalance.location_id == place_id,
            StockBalance.item_id == item_id,
            StockBalance.status == status,
        )
        return int(session.scalars(held_there).one())


def promisable(database: Database, warehouse_id: int, item_id: int) -> tuple[int, int, int]:
    """Return how many units of an item are sellable, softly and hard promised."""
    with database.read() as session:
        row = session.get(ItemAvailability, (1, warehouse_id, item_id))
        return (row.sellable, row.soft, row.hard) if row else (0, 0, 0)


def broken(database: Database) -> list[str]:
    """Return the names of the promises about stock that do not hold."""
    with database.read() as session:
        return [one.name for one in stock.INVARIANTS if list(one.broken(session))]


def shelve(database: Database, item_id: int, place_id: int, quantity: int, **facts: Any) -> int:
    """Receive units straight into a place; returns the move's number."""

    def do(session: Session) -> int:
        warehouse_id = session.get_one(Location, place_id).warehouse_id
        supplier = session.scalars(
            select(Location.id).where(
                Location.warehouse_id == warehouse_id, Location.code == Outside.SUPPLIER.value
            )
        ).one()
        move = Move(item_id, supplier, place_id, quantity, Reason.RECEIPT, **facts)
        return post(session, [move], by=TESTER, at=NOON)[0]

    return done(database, do)


ADA = Contact(
    name="Ada Byron",
    email="ada@example.com",
    street1="12 Mill Street",
    city="Dayton",
    zip="45402",
    province="OH",
    country="US",
)
"""Somebody whose address is whole."""


def a_channel(database: Database, code: str = "shop", **facts: Any) -> int:
    """Return the channel of that code, opened where there is none."""

    def do(session: Session) -> int:
        known = session.scalar(select(Channel.id).where(Channel.code == code))
        if known is not None:
            return known
        facts.setdefault("name", f"Channel {code}")
        facts.setdefault("kind", "shop")
        return orders.open_channel(session, code=code, **facts, by=TESTER, at=NOON).id

    return done(database, do)


def a_draft(channel_id: int, *lines: tuple[int, int], **facts: Any) -> Draft:
    """Return an order as a channel tells it; a line is item and quantity. Without a number it gets the next one."""
    number = facts.pop("number", None) or facts.get("source_id") or str(next(_numbers))
    facts.setdefault("source_id", number)
    facts.setdefault("contact", ADA)
    facts.setdefault("placed_at", NOON)
    wanted = tuple(DraftLine(item_id, quantity) for item_id, quantity in lines)
    return Draft(channel_id=channel_id, number=number, lines=wanted, **facts)


def an_order(database: Database, *lines: tuple[int, int], **facts: Any) -> int:
    """Take an order in; a line is an item and a quantity. Its facts are those of a draft."""
    channel_id = facts.pop("channel_id", None) or a_channel(database)
    draft = a_draft(channel_id, *lines, **facts)

    def do(session: Session) -> int:
        [number] = orders.bring_in(session, [draft], by=TESTER, at=NOON)
        assert number is not None, "this order was told before"
        return number

    return done(database, do)
