"""Where a race is run: a warehouse of its own with bins, items and stock, in a house that a server has open."""

import itertools
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy.orm import Session

from wms.app.house import listeners
from wms.bins import actions as bins
from wms.bins.places import Kind, Outside
from wms.bins.queries import outside
from wms.catalog import actions as catalog
from wms.kernel.commands import command
from wms.kernel.database import Database
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.secret import fresh_token
from wms.stock.actions import post
from wms.stock.moves import Move, Reason

SCOPES = ("stock:read", "stock:write")

_numbers = itertools.count(1)


@dataclass(frozen=True)
class Ground:
    """A warehouse prepared for one race. `stock` is what lies where before it starts: by bin and item."""

    warehouse_id: int
    bins: Sequence[int]
    items: Sequence[int]
    skus: Mapping[str, int]
    stock: Mapping[tuple[int, int], int]

    def of(self, item_id: int) -> int:
        """Return how many units of an item there are at the start."""
        return sum(units for (_, item), units in self.stock.items() if item == item_id)


def a_token(url: str) -> str:
    """Make a machine that may read and write stock; return its token."""
    token, at = fresh_token(), _now()

    def do(session: Session) -> None:
        machine = people.add_user(
            session, name="Racer", roles=[Role.MACHINE], is_machine=True, by=1, at=at
        )
        people.issue_token(
            session, user_id=machine.id, name="race", token=token, scopes=SCOPES, by=1, at=at
        )

    _write(url, do)
    return token


def lay_out(url: str, *, bins_count: int = 1, units: Sequence[int]) -> Ground:
    """Make a warehouse with one item for each number of `units`; each bin holds that many of each item."""
    made: list[Ground] = []
    number = next(_numbers)

    def do(session: Session) -> None:
        made.append(_lay_out(session, f"R{number:03}", bins_count, units, at=_now()))

    _write(url, do)
    return made[-1]


def _lay_out(
    session: Session, name: str, bins_count: int, units: Sequence[int], *, at: datetime
) -> Ground:
    here = bins.open_warehouse(session, code=name, name=name, time_zone="UTC", by=1, at=at).id
    places = [
        bins.create_location(
            session, warehouse_id=here, code=f"{name}-{n:02}", kind=Kind.BIN, by=1, at=at
        ).id
        for n in range(1, bins_count + 1)
    ]
    skus = [f"{name}-ITEM-{n:04}" for n in range(1, len(units) + 1)]
    items = [catalog.create_item(session, sku=sku, name=sku, by=1, at=at).id for sku in skus]
    stock = {
        (place, item): quantity
        for item, quantity in zip(items, units, strict=True)
        for place in places
    }
    supplier = outside(session, here, Outside.SUPPLIER)
    moves = [
        Move(item, supplier, place, quantity, Reason.RECEIPT)
        for (place, item), quantity in stock.items()
    ]
    post(session, moves, by=1, at=at)
    return Ground(here, places, items, dict(zip(skus, items, strict=True)), stock)


def _write(url: str, do: Callable[[Session], None]) -> None:
    database = Database(url, listeners())
    try:
        database.write(command("race.prepare", by=1, at=_now()), do)
    finally:
        database.close()


def _now() -> datetime:
    return datetime.now(UTC)
