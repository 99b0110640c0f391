"""Ledgers written straight into the tables, for tests of what looks at a ledger and not at who writes it."""

from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Connection, insert

from wms.bins.tables import Location, Warehouse
from wms.catalog.tables import Item
from wms.kernel.database import Database
from wms.stock.tables import StockMove

START = datetime(2026, 1, 5, 8, 0, tzinfo=UTC)
OUTSIDE, BINS = 1, 8


def lay_floor(database: Database) -> None:
    """One warehouse with an outside place and seven bins, and three items."""
    with database.engines.writer.begin() as connection:
        _floor(connection)


def add_moves(database: Database, first: int, last: int) -> None:
    """Moves numbered from `first` to `last`, the same ones on every database."""
    with database.engines.writer.begin() as connection:
        connection.execute(insert(StockMove), [move(n) for n in range(first, last + 1)])


def move(number: int) -> dict[str, Any]:
    """The move with that number: where it goes and how much depend on the number alone."""
    at = START + timedelta(seconds=number, microseconds=number)
    return {
        "id": number,
        "command_uid": UUID(int=number),
        "line": 1,
        "owner_id": 1,
        "warehouse_id": 1,
        "item_id": 1 + number % 3,
        "lot_id": 0,
        "serial_id": 0,
        "status_from": "available",
        "status_to": "available",
        "source_id": 1 + number % BINS,
        "target_id": 1 + (number + 3) % BINS,
        "quantity": 1 + number % 12,
        "reason": "moved",
        "reference": f"N° {number}",
        "note": "" if number % 5 else "counted twice",
        "actor_id": 1 + number % 4,
        "device_id": number % 7 or None,
        "occurred_at": at,
        "recorded_at": at + timedelta(milliseconds=40),
        "reverses_id": None,
    }


def _floor(connection: Connection) -> None:
    made = {"version": 1, "created_at": START}
    connection.execute(
        insert(Warehouse), [{"id": 1, "code": "W", "name": "W", "time_zone": "UTC", **made}]
    )
    connection.execute(
        insert(Location),
        [
            {
                "id": number,
                "warehouse_id": 1,
                "code": f"B-{number}",
                "kind": "outside" if number == OUTSIDE else "bin",
                "holds_sellable": number != OUTSIDE,
                **made,
            }
            for number in range(1, BINS + 1)
        ],
    )
    connection.execute(
        insert(Item),
        [{"id": n, "owner_id": 1, "sku": f"S-{n}", "name": f"Item {n}", **made} for n in (1, 2, 3)],
    )
