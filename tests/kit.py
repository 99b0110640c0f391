"""Short words that build a warehouse for a test. Each takes the database and returns the number of what it made."""

from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any, TypeVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind, Outside
from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.stock.actions import post
from wms.stock.moves import Move, Reason

T = TypeVar("T")

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
        item = Item(owner_id=1, sku=sku, name=f"Item {sku}", created_at=NOON, **facts)
        session.add(item)
        session.flush()
        return item.id

    return done(database, do)


def outside(database: Database, warehouse_id: int, place: Outside = Outside.SUPPLIER) -> int:
    """Return one of the outside places of a warehouse."""
    with database.read() as session:
        return session.scalars(
            select(Location.id).where(
                Location.warehouse_id == warehouse_id, Location.code == place.value
            )
        ).one()


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
