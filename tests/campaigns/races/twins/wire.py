"""How the twins reach the database: one connection a thread, as the driver opens it out of the box."""

import sqlite3
import threading
import uuid
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, datetime
from typing import Any

import psycopg

from wms.kernel.services import services

_own = threading.local()

PROMISE = """
INSERT INTO allocation (state, hardness, owner_id, warehouse_id, item_id, balance_id, quantity, consumed, reference,
command_uid, actor_id, allocated_at) VALUES ('hard', 'hard', 1, ?, ?, ?, ?, 0, ?, ?, 1, ?) RETURNING id
"""


class Short(Exception):
    """There is not enough."""


class Wire:
    """A connection that takes `?` for values."""

    def __init__(self, url: str) -> None:
        """Open it."""
        self._is_sqlite = url.startswith("sqlite")
        self.link: Any = (
            sqlite3.connect(url.removeprefix("sqlite:///"))
            if self._is_sqlite
            else psycopg.connect(url)
        )

    def run(self, sql: str, *values: Any) -> Any:
        """Run a statement; a transaction is whatever the driver makes of it."""
        return self.link.execute(sql if self._is_sqlite else sql.replace("?", "%s"), values)

    def all(self, sql: str, *values: Any) -> list[Any]:
        """Return every row of a query."""
        rows: list[Any] = self.run(sql, *values).fetchall()
        return rows


@contextmanager
def wire() -> Iterator[Wire]:
    """Give this thread's connection, and commit at the end."""
    mine: Wire | None = getattr(_own, "wire", None)
    if mine is None:
        mine = _own.wire = Wire(services().database.url)
    try:
        yield mine
        mine.link.commit()
    except BaseException:
        mine.link.rollback()
        raise


def take(bins: Sequence[Any], quantity: int) -> Iterator[tuple[int, int, int]]:
    """Yield balances with what is reserved of them already and how many units to take; raises Short."""
    for balance, held, reserved in bins:
        units = min(quantity, held - reserved)
        quantity -= units
        if units:
            yield balance, reserved, units
    if quantity:
        raise Short


def write_promise(
    here: Wire, asked: Mapping[str, Any], item: int, balance: int, units: int
) -> Mapping[str, int]:
    """Write a promise down and return it as the house would show it."""
    values = [asked["warehouse_id"], item, balance, units, asked["reference"], a_uid(), now()]
    [(number,)] = here.all(PROMISE, *values)
    return {"allocation_id": number, "item_id": item, "quantity": units, "balance_id": balance}


def a_uid() -> str:
    """Return a number that nobody else has: the twins know no commands."""
    return uuid.uuid4().hex


def now() -> str:
    """Return this moment as both databases take it."""
    return datetime.now(UTC).replace(tzinfo=None).isoformat(" ")
