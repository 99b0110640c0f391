"""Made-up items: names, codes, weights and sizes that follow from a number alone. Pure."""

from dataclasses import dataclass
from datetime import date, timedelta
from itertools import product
from math import ceil
from random import Random

from biip.checksums import gs1_standard_check_digit

from wms.trial.seed.families import FAMILIES, Family

ITEMS = 2_300
LAST_TWO_DIGITS = 100
PACK_SHARE, CASE_SHARE = 0.25, 0.40
"""How many of the items come in packs, and in cases, with codes of their own."""

SHELF_LIFE = timedelta(days=540)
BEST_BEFORE_SOONEST = timedelta(days=45)
LOTS_MOST = 3
PIECES_MOST = 6
"""Most single pieces, each with a number of its own, of an item that has such numbers."""

COUNTRIES = ("DE", "PL", "PT", "IN", "CN", "TR", "GB", "US", "IT")


@dataclass(frozen=True)
class Printed:
    """A barcode on a unit, pack or case, and how many units one scan of it stands for."""

    code: str
    quantity: int
    kind: str


@dataclass(frozen=True)
class Batch:
    """A lot: its code and the day its goods expire."""

    code: str
    expires_on: date


@dataclass(frozen=True)
class Made:
    """One made-up item. `batches` and `pieces` are its lots and serial numbers, where it has such."""

    sku: str
    name: str
    family: Family
    barcodes: tuple[Printed, ...]
    weight_g: int
    length_mm: int
    width_mm: int
    height_mm: int
    origin_country: str
    batches: tuple[Batch, ...]
    pieces: tuple[str, ...]


def items(seed: int, today: date, count: int = ITEMS) -> list[Made]:
    """Return so many items, the same for the same seed; days of expiry are counted from today."""
    dice = Random(f"goods {seed}")
    picked = [name for family in FAMILIES for name in _names(dice, family)]
    numbers: dict[str, int] = {}
    made = []
    for number, (family, name) in enumerate(sorted(dice.sample(picked, count), key=_by_family)):
        numbers[family.code] = numbers.get(family.code, 0) + 1
        sku = f"{family.code}-{numbers[family.code]:03d}"
        made.append(make(dice, family, sku=sku, name=name, number=number, today=today))
    return made


def gtin(indicator: str, number: int) -> str:
    """Return a code from the range that GS1 leaves to every house for its own goods: 200 to 299, check digit last.

    With an indicator it is the code of a case: 14 digits, else 13.
    """
    bare = f"{indicator}2{number:011d}"
    return f"{bare}{gs1_standard_check_digit(bare)}"


def _names(dice: Random, family: Family) -> list[tuple[Family, str]]:
    every = list(product(family.makes, family.finishes, family.sizes))
    share = min(len(every), ceil(1.25 * ITEMS / len(FAMILIES)))
    return [
        (family, f"{make} {family.noun}, {finish}, {size}")
        for make, finish, size in sorted(dice.sample(every, share))
    ]


def _by_family(named: tuple[Family, str]) -> tuple[int, str]:
    return FAMILIES.index(named[0]), named[1]


def make(dice: Random, family: Family, *, sku: str, name: str, number: int, today: date) -> Made:
    """Make up everything about an item that is not given; `number` is its place among all."""
    length_mm = dice.randint(*family.length_mm)
    return Made(
        sku=sku,
        name=name,
        family=family,
        barcodes=tuple(_barcodes(dice, number)),
        weight_g=dice.randint(*family.weight_g),
        length_mm=length_mm,
        width_mm=max(5, round(length_mm * dice.uniform(0.4, 1))),
        height_mm=max(4, round(length_mm * dice.uniform(0.15, 0.6))),
        origin_country=dice.choice(COUNTRIES),
        batches=tuple(_batches(dice, today)) if family.tracks_lots else (),
        pieces=tuple(_pieces(dice, family, number)) if family.tracks_serials else (),
    )


def _barcodes(dice: Random, number: int) -> list[Printed]:
    codes = [Printed(gtin("", number * LAST_TWO_DIGITS + 1), 1, "unit")]
    if dice.random() < PACK_SHARE:
        size = dice.choice((2, 3, 4, 6))
        codes.append(Printed(gtin("", number * LAST_TWO_DIGITS + 2), size, "pack"))
    if dice.random() < CASE_SHARE:
        size = dice.choice((8, 12, 24, 48))
        codes.append(Printed(gtin("1", number * LAST_TWO_DIGITS + 1), size, "case"))
    return codes


def _batches(dice: Random, today: date) -> list[Batch]:
    days = dice.sample(range(BEST_BEFORE_SOONEST.days, SHELF_LIFE.days), dice.randint(1, LOTS_MOST))
    return [
        Batch(f"L{dice.randint(10_000, 99_999)}{letter}", today + timedelta(days=day))
        for letter, day in zip("ABC", sorted(days), strict=False)
    ]


def _pieces(dice: Random, family: Family, number: int) -> list[str]:
    first = dice.randint(1_000, 8_999)
    count = dice.randint(1, PIECES_MOST)
    return [f"{family.code}{number:04d}{first + piece}" for piece in range(count)]
