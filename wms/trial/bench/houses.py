"""Warehouses to be measured in: items that lie in two bins each, a machine with a token, and a ledger with a past."""

import shutil
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TypeVar

from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind, Outside
from wms.bins.queries import outside
from wms.catalog import actions as catalog
from wms.kernel.commands import Command, command, fresh_key, keep_answer
from wms.kernel.database import Database
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.secret import fresh_token
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason
from wms.trial import postgres

T = TypeVar("T")

Migrate = Callable[[Database], None]
"""Gives a database today's tables: handed down by whoever starts a benchmark, for it stands above us."""

ITEMS = 100
PLENTY = 900_000
"""Units in each bin: more than a benchmark can move away."""

CHUNK = 1_000
"""Ledger rows of one transaction while the past is made."""


@dataclass(frozen=True)
class Ground:
    """A warehouse that is ready: its database, its things by number, and what opens its API."""

    url: str
    warehouse_id: int
    actor_id: int
    token: str
    items: list[int]
    bins: list[tuple[int, int]]
    """By item, the two bins it lies in."""


@contextmanager
def servers(folder: Path) -> Iterator[dict[str, Callable[[str], str]]]:
    """Yield, by kind of database, what makes the address of a new one. PostgreSQL writes to the disk as in earnest."""
    with postgres.running("") as server:
        yield {
            "sqlite": lambda name: f"sqlite:///{folder / name}.sqlite",
            "postgresql": lambda name: postgres.make(server, name),
        }


def lay(url: str, migrate: Migrate) -> Ground:
    """Give an empty database its tables and put a warehouse into it."""
    database = Database(url)
    migrate(database)
    token = fresh_token()

    def do(session: Session) -> tuple[int, int, list[int], list[tuple[int, int]]]:
        at = _now()
        machine = people.add_user(
            session, name="Bench", roles=[Role.MACHINE], is_machine=True, by=0, at=at
        )
        scopes = ["stock:read", "stock:write"]
        people.issue_token(
            session, user_id=machine.id, name="bench", token=token, scopes=scopes, by=0, at=at
        )
        house = bins.open_warehouse(session, code="B", name="Bench", time_zone="UTC", by=0, at=at)
        items = [
            catalog.create_item(session, sku=f"I-{n:03}", name=f"Item {n}", by=0, at=at).id
            for n in range(ITEMS)
        ]
        places = [
            bins.create_location(
                session, warehouse_id=house.id, code=f"A-{n:03}", kind=Kind.BIN, by=0, at=at
            ).id
            for n in range(2 * ITEMS)
        ]
        supplier = outside(session, house.id, Outside.SUPPLIER)
        opening = [
            Move(items[n // 2], supplier, place, PLENTY, Reason.OPENING)
            for n, place in enumerate(places)
        ]
        stock.post(session, opening, by=0, at=at)
        return machine.id, house.id, items, list(zip(places[::2], places[1::2], strict=True))

    actor_id, warehouse_id, items, pairs = _done(database, do)
    database.close()
    return Ground(url, warehouse_id, actor_id, token, items, pairs)


def give_past(ground: Ground, rows: int) -> None:
    """Write so many ledger rows, each with a command of its own beside it, as a house that has run for months has."""
    database = Database(ground.url)
    for first in range(0, rows, CHUNK):
        _done(database, partial(_past, ground=ground, first=first))
    database.close()


def copy(ground: Ground, make: Callable[[str], str], name: str) -> str:
    """Return the address of a second database with the same contents."""
    if ground.url.startswith("sqlite"):
        source = Path(ground.url.removeprefix("sqlite:///"))
        with sqlite3.connect(source) as raw:
            raw.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        url = make(name)
        shutil.copy(source, url.removeprefix("sqlite:///"))
        return url
    server, _, tail = ground.url.rpartition("?")
    head, _, template = server.rpartition("/")
    return postgres.make(f"{head}/postgres?{tail}", name, template)


def _past(session: Session, ground: Ground, first: int) -> None:
    at = _now()
    moves = []
    for number in range(first, first + CHUNK):
        here, there = ground.bins[number % ITEMS]
        way = (here, there) if number // ITEMS % 2 else (there, here)
        moves.append(Move(ground.items[number % ITEMS], *way, 1, Reason.MOVE))
    stock.post(session, moves, by=ground.actor_id, at=at)
    for number in range(first, first + CHUNK):
        past = Command("stock.move", f"past-{number}", ground.actor_id, at)
        keep_answer(
            session, past, {"status": 201, "headers": {}, "body": {"data": [{"id": number}]}}
        )


def _done(database: Database, do: Callable[[Session], T]) -> T:
    return database.write(command("bench", by=0, at=_now(), key=fresh_key()), do).value


def _now() -> datetime:
    return datetime.now(UTC)
