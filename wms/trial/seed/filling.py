"""Filling an empty house, all of it or nothing, and telling what is in it now."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location, Warehouse
from wms.catalog.products import Product
from wms.catalog.tables import Item
from wms.kernel.commands import HOUSE, command
from wms.kernel.database import Database
from wms.kernel.refusal import Refusal
from wms.kernel.sheets import Reading
from wms.people.tables import User
from wms.trial.seed import catalog, goods, retail, shelves
from wms.trial.seed.floor import AT_HOME, Building, Post, Site, build
from wms.trial.seed.goods import Made
from wms.trial.seed.shelves import Shelved
from wms.trial.seed.team import Machine, Worker, add_machine, take_on, workers


class NotEmpty(Refusal):
    """Somebody works here already."""

    sentence = "trial.not_empty"


@dataclass(frozen=True)
class _MadeUp:
    """What can be made up before the house is touched."""

    seed: int
    goods: list[Made]
    people: list[Worker]
    site: Site
    shelve: Callable[[Sequence[Location]], Iterable[Shelved]]
    """Says which goods lie where, among these bins."""


@dataclass(frozen=True)
class Filled:
    """What is in the house now, with everything that opens it."""

    seed: int
    building: Building
    workers: dict[int, Worker]
    machine: Machine
    boxes: list[str]
    items: dict[int, Made]
    stock: list[Shelved]

    def plain(self) -> dict[str, Any]:
        """Return it as `seed --json` prints it."""
        return {
            "seed": self.seed,
            "warehouse": _warehouse(self.building.warehouse),
            "users": [_user(number, worker) for number, worker in self.workers.items()],
            "stations": [_post(post) for post in self.building.stations],
            "tablets": [_post(post) for post in self.building.tablets],
            "machine": vars(self.machine) | {"scopes": list(self.machine.scopes)},
            "items": self._items(),
            "bins": self._places(Kind.BIN),
            "totes": self._places(Kind.TOTE),
            "lanes": dict(self.building.lanes),
            "boxes": self.boxes,
            "stock": [vars(one) for one in self.stock],
        }

    def _items(self) -> list[dict[str, Any]]:
        units: Counter[str] = Counter()
        for one in self.stock:
            units[one.sku] += one.quantity
        return [_item(number, made, units[made.sku]) for number, made in self.items.items()]

    def _places(self, kind: Kind) -> list[dict[str, Any]]:
        return [
            {"id": place.id, "code": place.code, "is_pick_face": place.is_pick_face}
            for place in self.building.places.values()
            if place.kind == kind
        ]


def fill(database: Database, *, seed: int, at: datetime, file: Path | None = None) -> Filled:
    """Fill the house in one act; with a file of orders, by the goods that they ask for.

    Raises NotEmpty where anybody or anything is known here, SheetRefused and SheetUnreadable for the file.
    """
    act = command("trial.seed", by=HOUSE, at=at)
    made_up = _made_up_for(file, seed, at) if file else _made_up(seed, at)
    filled: list[Filled] = []
    with catalog.as_file(made_up.goods) as products:

        def do(session: Session) -> None:
            # What an act answers is kept with it, so the secrets go past the answer.
            filled[:] = [_fill(session, made_up, products, at)]

        with _nobody_waits(database):
            database.write(act, do)
    return filled[0]


@contextmanager
def _nobody_waits(database: Database) -> Iterator[None]:
    """Keep the facts and tell them to nobody: no order waits in an empty house for any of two thousand things."""
    waiting, database.listeners = database.listeners, {}
    try:
        yield
    finally:
        database.listeners = waiting


def _made_up(seed: int, at: datetime) -> _MadeUp:
    made = goods.items(seed, at.date())
    return _MadeUp(seed, made, workers(seed), AT_HOME, partial(shelves.plan, seed, made))


def _made_up_for(file: Path, seed: int, at: datetime) -> _MadeUp:
    asked = retail.read(file)
    made = retail.goods(seed, asked, at.date())
    lie = partial(retail.opening, seed, made, asked)
    return _MadeUp(seed, made, workers(seed), retail.SITE, lie)


def _fill(session: Session, made_up: _MadeUp, products: Reading[Product], at: datetime) -> Filled:
    _require_empty(session)
    seed, people, made = made_up.seed, made_up.people, made_up.goods
    numbers = take_on(session, people, at=at)
    by = numbers[0]
    machine = add_machine(session, seed, by=by, at=at)
    building = build(session, seed, made_up.site, by=by, at=at)
    boxes = shelves.bring_boxes(session, by=by, at=at)
    items = catalog.take_in(session, products, by=by, at=at)
    stock = list(made_up.shelve(shelves.bins_of(building.places)))
    shelves.shelve(session, stock, made, items, building.places, by=by, at=at)
    return Filled(
        seed=seed,
        building=building,
        workers=dict(zip(numbers, people, strict=True)),
        machine=machine,
        boxes=boxes,
        items={items[item.sku]: item for item in made},
        stock=stock,
    )


def _require_empty(session: Session) -> None:
    for known in (User, Warehouse, Item):
        if session.scalar(select(known.id).limit(1)) is not None:
            raise NotEmpty


def _warehouse(warehouse: Warehouse) -> dict[str, Any]:
    names = ("id", "code", "name", "time_zone")
    return {name: getattr(warehouse, name) for name in names}


def _user(number: int, worker: Worker) -> dict[str, Any]:
    return {
        "id": number,
        "name": worker.name,
        "roles": [str(worker.role)],
        "badge": worker.badge,
        "pin": worker.pin,
        "login": worker.login,
        "password": worker.password,
    }


def _post(post: Post) -> dict[str, Any]:
    return {"id": post.id, "name": post.name, "kind": post.kind, "token": post.token}


def _item(number: int, made: Made, units: int) -> dict[str, Any]:
    return {
        "id": number,
        "sku": made.sku,
        "name": made.name,
        "barcodes": [vars(printed) for printed in made.barcodes],
        "weight_g": made.weight_g,
        "length_mm": made.length_mm,
        "width_mm": made.width_mm,
        "height_mm": made.height_mm,
        "lots": [batch.code for batch in made.batches],
        "serials": list(made.pieces),
        "units": units,
    }
