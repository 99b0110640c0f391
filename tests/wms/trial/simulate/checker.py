"""Recomputes, from the file, the opening stock and what was planted, what had to ship and what may be cancelled.

It knows nothing of how the house works: only that everything goes out that is wanted and there.
"""

import csv
from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

from wms.trial.seed.shelves import Shelved
from wms.trial.simulate.world import Loss


def had_to_ship(
    file: Path,
    opening: Iterable[Shelved],
    losses: Iterable[Loss],
    called_off: Collection[str],
) -> Mapping[str, int]:
    """Return, by item, the lesser of what is still wanted and of what was there.

    What invoices take back had left before: they come in the evening.
    """
    wanted, promised, struck = Counter(), Counter(), Counter()
    for row in rows(file):
        number, sku, units = row["InvoiceNo"], row["StockCode"], units_of(row)
        if number.startswith("C"):
            continue
        if units < 0:
            struck[sku] -= units
            continue
        promised[sku] += units
        if number not in called_off:
            wanted[sku] += units
    there = Counter()
    for one in opening:
        there[one.sku] += one.quantity
    for sku, units in struck.items():  # a correction never takes what somebody was promised
        there[sku] -= min(units, max(0, there[sku] - promised[sku]))
    for loss in losses:
        there[loss.sku] -= loss.units
    return {sku: min(wanted[sku], there[sku]) for sku in wanted if min(wanted[sku], there[sku])}


def cancelled_wrongly(
    file: Path, cancelled: Collection[str], called_off: Collection[str]
) -> set[str]:
    """Return the orders that were cancelled though no customer wanted it, or wanted though their customer did not."""
    unasked = set(cancelled) - set(called_off) - taken_back(file)
    return unasked | (set(called_off) - set(cancelled))


def taken_back(file: Path) -> set[str]:
    """Return the orders of which invoices of the same customer take every unit back."""
    bought: dict[str, Counter[tuple[str, str]]] = {}
    back: Counter[tuple[str, str]] = Counter()
    for row in rows(file):
        what, units = (row["CustomerID"], row["StockCode"]), units_of(row)
        if row["InvoiceNo"].startswith("C"):
            back[what] -= units
        elif units > 0 and row["CustomerID"]:
            bought.setdefault(row["InvoiceNo"], Counter())[what] += units
    return {number for number, lines in bought.items() if lines <= back}


def rows(file: Path) -> list[dict[str, str]]:
    """Return the lines of a file of invoices."""
    with file.open(encoding="utf-8", newline="") as sheet:
        return list(csv.DictReader(sheet))


def units_of(row: Mapping[str, str]) -> int:
    """Return the units of a line; real files write whole numbers as 12.0."""
    return int(float(row["Quantity"]))
