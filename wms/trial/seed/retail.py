"""A house for a file of orders: its goods with made-up weights, sizes and barcodes, and an opening stock to fit. Pure.

Such a file tells SKUs, perhaps names, and quantities. Everything else follows from the seed.
"""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise
from math import ceil
from pathlib import Path
from random import Random

from wms.bins.tables import Location
from wms.channels.filed import Fate, Filed, FiledOrder
from wms.channels.imports import ORDERS
from wms.channels.layouts import layout_of
from wms.codes.queries import normal
from wms.kernel.importing import looked_through
from wms.trial.seed.families import Family
from wms.trial.seed.floor import Site
from wms.trial.seed.goods import Made, make
from wms.trial.seed.shelves import BINS_EACH, Shelved

SITE = Site("Europe/London", "GB")
"""Where the retailer of the files is."""

COVER_LEAST, COVER_MOST = 0.6, 1.3
"""The opening stock of an item is this share of what the file asks for: some runs short, some is left over."""

SHORT_LINES = 0.03
"""Of the lines of a file, at least so many want an item that runs short, however few they are."""

LEFT_OVER_MOST = 40
"""Most units of an item that the file knows and nobody orders."""

IN_REACH = 0.5
"""Of the second and further bins of an item, how many can be reached without a ladder."""

NAME_LIMIT = 200

LIGHT = Family("LIGHT", "", (), (), (), (5, 60), (40, 200))
MIDDLE = Family("MIDDLE", "", (), (), (), (30, 320), (40, 160))
HEAVY = Family("HEAVY", "", (), (), (), (700, 4_200), (180, 380))
DATED = Family("DATED", "", (), (), (), (40, 320), (40, 120), tracks_lots=True)

WORDS = (
    (DATED, ("CANDLE", "SOAP", "CHOCOLATE", "BISCUIT", "INCENSE")),
    (
        HEAVY,
        ("CABINET", "CHEST", "WALL CLOCK", "STOOL", "TABLE", "MIRROR", "DOORMAT", "BREAD BIN"),
    ),
    (LIGHT, ("CARD", "NAPKIN", "STICKER", "TISSUE", "RIBBON", "WRAP", "PAPER", "PENCIL", "TAPE")),
)
"""What goods are like, by a word in their name: the first that fits; all others are in the middle."""


@dataclass(frozen=True)
class Asked:
    """An item as a file tells it, and how many units are to be sent of it."""

    sku: str
    name: str
    units: int
    lines: int = 0
    """In how many lines of orders it is asked for."""


def read(file: Path) -> list[Asked]:
    """Return what the orders of a file ask for, by SKU. Raises SheetRefused and SheetUnreadable."""
    reading = looked_through(ORDERS, file)
    filed = layout_of(reading).read(reading) if reading.found is None else reading.found
    skus: dict[str, str] = {}
    names: dict[str, str] = {}
    units: dict[str, int] = {}
    lines: Counter[str] = Counter()
    for its in filed:
        for line in its.lines:
            code = normal(line.sku)
            skus.setdefault(code, line.sku)
            names[code] = names.get(code) or line.name[:NAME_LIMIT]
            units[code] = units.get(code, 0) + (line.quantity if _is_due(its) else 0)
            lines[code] += _is_due(its)
    return [
        Asked(skus[code], names[code] or skus[code], units[code], lines[code])
        for code in sorted(units)
    ]


def goods(seed: int, asked: Sequence[Asked], today: date) -> list[Made]:
    """Return the items with everything that the file does not say; days of expiry are counted from today."""
    dice = Random(f"retail goods {seed}")
    return [
        make(dice, _family(its.name), sku=its.sku, name=its.name, number=number, today=today)
        for number, its in enumerate(asked)
    ]


def opening(
    seed: int, made: Sequence[Made], asked: Sequence[Asked], bins: Sequence[Location]
) -> Iterator[Shelved]:
    """Yield what lies where: of each item a share of what is asked for, in one to six bins, lot by lot."""
    dice = Random(f"retail shelves {seed}")
    faces = [place.code for place in bins if place.is_pick_face]
    reserve = [place.code for place in bins if not place.is_pick_face]
    for item, units in zip(made, cover(dice, asked), strict=True):
        here = _bins(dice, faces, reserve, min(dice.choice(BINS_EACH), units))
        for number, (code, quantity) in enumerate(
            zip(here, _parts(dice, units, len(here)), strict=True)
        ):
            lot = item.batches[number % len(item.batches)].code if item.batches else ""
            yield Shelved(code, item.sku, lot, "", quantity)


def cover(dice: Random, asked: Sequence[Asked]) -> list[int]:
    """Return how many units of each item there are. Where too few items run short by chance, some more do."""
    there = [
        round(its.units * dice.uniform(COVER_LEAST, COVER_MOST))
        if its.units
        else dice.randint(0, LEFT_OVER_MOST)
        for its in asked
    ]
    short = sum(units < its.units for units, its in zip(there, asked, strict=True))
    lacking = ceil(SHORT_LINES * sum(its.lines for its in asked)) - short
    for number in _plenty(dice, asked, there)[: max(0, lacking)]:
        wanted = asked[number].units
        some = round(wanted * dice.uniform(COVER_LEAST, 1))
        there[number] = min(max(some, 1), wanted - 1)
    return there


def _plenty(dice: Random, asked: Sequence[Asked], there: Sequence[int]) -> list[int]:
    """Return which items do not run short, in any order; of those that only one unit is wanted of, one is spared."""
    plenty = [n for n, its in enumerate(asked) if 0 < its.units <= there[n]]
    dice.shuffle(plenty)
    singles = [n for n in plenty if asked[n].units == 1]
    return [n for n in plenty if n not in singles] + singles[1:]


def _is_due(filed: Filed) -> bool:
    return isinstance(filed, FiledOrder) and filed.fate is Fate.DUE


def _family(name: str) -> Family:
    said = name.upper()
    return next((family for family, words in WORDS if any(word in said for word in words)), MIDDLE)


def _bins(dice: Random, faces: Sequence[str], reserve: Sequence[str], count: int) -> list[str]:
    """Return so many different bins, the first of them in reach."""
    if not count:
        return []
    within = sum(dice.random() < IN_REACH for _ in range(count - 1))
    return [*dice.sample(faces, 1 + within), *dice.sample(reserve, count - 1 - within)]


def _parts(dice: Random, units: int, count: int) -> list[int]:
    """Return so many numbers above zero that add up to `units`."""
    if not count:
        return []
    cuts = sorted(dice.sample(range(1, units), count - 1))
    return [after - before for before, after in pairwise([0, *cuts, units])]
