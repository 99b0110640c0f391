"""Recomputes, from the file, the opening stock and what was planted, how many units of each item had to ship.

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
    cancelled: Collection[str],
) -> Mapping[str, int]:
    """Return, by item, the lesser of what is still wanted and of what was there."""
    wanted, promised, struck = Counter(), Counter(), Counter()
    with file.open(encoding="utf-8", newline="") as sheet:
        for row in csv.DictReader(sheet):
            number, sku, units = row["InvoiceNo"], row["StockCode"], int(row["Quantity"])
            if number.startswith("C"):
                continue
            if units < 0:
                struck[sku] -= units
                continue
            promised[sku] += units
            if number not in cancelled:
                wanted[sku] += units
    there = Counter()
    for one in opening:
        there[one.sku] += one.quantity
    for sku, units in struck.items():  # a correction never takes what somebody was promised
        there[sku] -= min(units, max(0, there[sku] - promised[sku]))
    for loss in losses:
        there[loss.sku] -= loss.units
    return {sku: min(wanted[sku], there[sku]) for sku in wanted if min(wanted[sku], there[sku])}
