"""The time machine: what was in a place then beside what is there now, by the clock on its wall."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from zoneinfo import ZoneInfo

from wms.stock.moves import StockStatus
from wms.stock.queries import Balance, Lay

YEARS = range(1900, 2200)
"""Days beyond them are slips, and at the ends of the calendar no clock can be set forward or back."""


@dataclass(frozen=True)
class Thing:
    """What makes units the same: the item, lot, single piece and condition."""

    item_id: int
    sku: str
    name: str
    lot: str
    serial: str
    status: StockStatus


@dataclass(frozen=True)
class Beside:
    """How many units of a thing there were then, and how many there are now."""

    thing: Thing
    then: int
    now: int


def moment_of(said: str, zone: ZoneInfo) -> datetime:
    """Return the moment that a clock on the wall showed so. Raises ValueError for what is no date and time."""
    wall = datetime.fromisoformat(said)
    if wall.year not in YEARS or wall.tzinfo is not None:
        raise ValueError(said)
    return wall.replace(tzinfo=zone)


def beside(then: Iterable[Lay], now: Iterable[Balance]) -> Sequence[Beside]:
    """Return then beside now, by SKU."""
    was = {_thing(lay): lay.quantity for lay in then}
    holds = {_thing(balance): balance.quantity for balance in now}
    things = sorted(
        was.keys() | holds.keys(), key=lambda it: (it.sku, it.lot, it.serial, it.status)
    )
    rows = [Beside(thing, was.get(thing, 0), holds.get(thing, 0)) for thing in things]
    return [row for row in rows if row.then or row.now]


def _thing(seen: Lay | Balance) -> Thing:
    return Thing(seen.item_id, seen.sku, seen.name, seen.lot, seen.serial, seen.status)
