"""How races speak to the house: how wishes are worded, and what its answers mean."""

import csv
import io
import json
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from typing import Any

from tests.campaigns.races.asking import Ask, Told

ALLOCATIONS = "/api/v1/allocations"
MOVES = "/api/v1/stock_moves"
INVENTORY = "/api/v1/inventory"
EXPORT = "/api/v1/inventory.csv"

PAGE = 2
"""Rows of one page of the inventory, so that a list has several."""

SHORT = frozenset(
    {
        "stock.nothing_promised",
        "stock.not_enough",
        "stock.promised_here",
        "stock.promised_elsewhere",
    }
)
"""The codes of a no for want of stock."""


@dataclass(frozen=True)
class Wish:
    """Units of some items, all or nothing. Its reference is its command's key as well."""

    reference: str
    lines: Sequence[tuple[int, int]]
    """Item and quantity."""


def promise(warehouse_id: int, wish: Wish) -> Ask:
    """Ask for hard promises."""
    lines = [{"item_id": item, "quantity": quantity} for item, quantity in wish.lines]
    body = {"reference": wish.reference, "warehouse_id": warehouse_id, "lines": lines}
    return Ask("POST", ALLOCATIONS, json.dumps(body), wish.reference)


@dataclass(frozen=True)
class Line:
    """So many units of an item go from one bin to another."""

    item_id: int
    source_id: int
    target_id: int
    quantity: int


def move(reference: str, lines: Sequence[Line]) -> Ask:
    """Ask for moves that happen together or not at all."""
    body = {"lines": [asdict(line) | {"reference": reference} for line in lines]}
    return Ask("POST", MOVES, json.dumps(body), reference)


def inventory(warehouse_id: int) -> Ask:
    """Ask what there is of each item, page by page."""
    return Ask("GET", f"{INVENTORY}?warehouse_id={warehouse_id}&limit={PAGE}", follows=True)


def export(warehouse_id: int) -> Ask:
    """Ask for what lies where, as a file."""
    return Ask("GET", f"{EXPORT}?warehouse_id={warehouse_id}")


def inventory_totals(told: Told) -> dict[int, tuple[int, int]]:
    """Return by item how many units there are, and how many can be sold, as the pages of the inventory say."""
    return {row["item_id"]: (row["on_hand"], row["sellable"]) for row in _rows(told)}


def export_totals(told: Told) -> dict[str, int]:
    """Return by SKU how many units the lines of the export have together."""
    units: Counter[str] = Counter()
    for row in csv.DictReader(io.StringIO(told.bodies[0].removeprefix("\ufeff"))):
        units[row["sku"]] += int(row["quantity"])
    return dict(units)


def is_yes(told: Told) -> bool:
    """Tell whether it was done."""
    return 200 <= told.status < 300


def is_short(told: Told) -> bool:
    """Tell whether it was refused for want of stock."""
    return told.status in (409, 422) and json.loads(told.bodies[0]).get("code") in SHORT


def promised(told: Told) -> Mapping[int, int] | None:
    """Return, by promise, how many units were promised; None where it was refused."""
    if not is_yes(told):
        return None
    promises = json.loads(told.bodies[0])["promises"]
    return {promise["allocation_id"]: promise["quantity"] for promise in promises}


def numbers(told: Told) -> list[int]:
    """Return the numbers of the promises or moves that were made; none where it was refused."""
    if not is_yes(told):
        return []
    said = json.loads(told.bodies[0])
    return [row["id"] for row in said["data"]] if "data" in said else list(promised(told) or {})


def _rows(told: Told) -> Iterator[Any]:
    for body in told.bodies:
        yield from json.loads(body)["data"]
