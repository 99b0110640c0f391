"""What may be written about an item, its barcodes and the boxes: ranges with their reasons, and tidy text."""

import re
import unicodedata
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, fields, replace
from enum import StrEnum
from functools import cache

from babel import Locale

from wms.kernel.fields import QUANTITY_LIMIT, printable
from wms.kernel.refusal import Fault

SKU_LIMIT = 64
NAME_LIMIT = 200
NOTE_LIMIT = 2000
LOT_LIMIT = 64

WEIGHT_LIMIT_G = 2_000_000
"""Two tonnes: above it, somebody typed milligrams."""

SIZE_LIMIT_MM = 20_000
"""Twenty metres: above it, somebody typed micrometres."""

BARCODE_LIMIT = 100
"""Most barcodes of one item: above it, somebody files serial numbers as barcodes."""

_HS_CODE = re.compile(r"[0-9]{4,14}")


class BarcodeKind(StrEnum):
    """What a barcode is printed on."""

    UNIT = "unit"
    PACK = "pack"
    CASE = "case"


@dataclass(frozen=True, kw_only=True)
class ItemFacts:
    """What people write about an item. Weight and sizes are of one unit, in grams and millimetres."""

    sku: str
    name: str
    tracks_lots: bool = False
    tracks_serials: bool = False
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    hs_code: str | None = None
    origin_country: str | None = None
    note: str = ""


@dataclass(frozen=True, kw_only=True)
class BoxFacts:
    """What people write about a type of box: inner sizes, its own weight, and the most it may weigh when packed."""

    name: str
    length_mm: int
    width_mm: int
    height_mm: int
    weight_g: int
    max_weight_g: int


ITEM_FIELDS = tuple(field.name for field in fields(ItemFacts))
BOX_FIELDS = tuple(field.name for field in fields(BoxFacts))


def tidy(facts: ItemFacts) -> ItemFacts:
    """Return the same facts as they are kept: no space around texts, customs code without dots, country in capitals."""
    return replace(
        facts,
        sku=tidy_text(facts.sku),
        name=tidy_text(facts.name),
        note=facts.note.strip().replace("\r\n", "\n"),
        hs_code=_tidy_hs_code(facts.hs_code),
        origin_country=_tidy_country(facts.origin_country),
    )


def tidy_text(text: str) -> str:
    """Return a text without space around it, its letters in their composed form."""
    return unicodedata.normalize("NFC", text).strip()


def item_faults(facts: ItemFacts) -> Iterator[Fault]:
    """Yield what must change before these tidy facts can be kept. Whether the SKU is free is not asked here."""
    yield from _text_faults("sku", facts.sku, SKU_LIMIT)
    yield from _text_faults("name", facts.name, NAME_LIMIT)
    yield from _range_fault("weight_g", facts.weight_g, WEIGHT_LIMIT_G)
    for side in ("length_mm", "width_mm", "height_mm"):
        yield from _range_fault(side, getattr(facts, side), SIZE_LIMIT_MM)
    yield from customs_faults(facts.hs_code, facts.origin_country)
    if facts.note:
        yield from _text_faults("note", facts.note.replace("\n", " "), NOTE_LIMIT)


def customs_faults(hs_code: str | None, origin_country: str | None) -> Iterator[Fault]:
    """Yield what customs would not understand."""
    code, country = _tidy_hs_code(hs_code), _tidy_country(origin_country)
    if code and not _HS_CODE.fullmatch(code):
        yield Fault("hs_code", "catalog.hs_code")
    if country and country not in countries():
        yield Fault("origin_country", "catalog.country")


def barcode_faults(*, quantity_per_scan: int, kind: BarcodeKind) -> Iterator[Fault]:
    """Yield what does not fit between what a barcode is printed on and how many units it stands for."""
    if kind is BarcodeKind.UNIT and quantity_per_scan != 1:
        yield Fault("quantity_per_scan", "catalog.unit_is_one")
    elif kind is not BarcodeKind.UNIT and not 2 <= quantity_per_scan <= QUANTITY_LIMIT:  # noqa: PLR2004 - two or more
        yield Fault("quantity_per_scan", "catalog.pack_range", {"most": QUANTITY_LIMIT})


def lot_faults(code: str) -> Iterator[Fault]:
    """Yield what is wrong with the code of a lot or a serial number."""
    yield from _text_faults("code", code, LOT_LIMIT)


def box_faults(facts: BoxFacts) -> Iterator[Fault]:
    """Yield what must change before a type of box can be kept."""
    yield from _text_faults("name", facts.name, 120)
    for side in ("length_mm", "width_mm", "height_mm"):
        yield from _range_fault(side, getattr(facts, side), SIZE_LIMIT_MM)
    if not 0 <= facts.weight_g <= WEIGHT_LIMIT_G:
        yield Fault("weight_g", "catalog.box_weight", {"most": WEIGHT_LIMIT_G})
    if not facts.weight_g < facts.max_weight_g <= WEIGHT_LIMIT_G:
        yield Fault("max_weight_g", "catalog.box_carries", {"most": WEIGHT_LIMIT_G})


def changed(before: ItemFacts | BoxFacts, after: ItemFacts | BoxFacts) -> tuple[str, ...]:
    """Name the fields that differ."""
    return tuple(
        field.name
        for field in fields(before)
        if getattr(before, field.name) != getattr(after, field.name)
    )


_NO_COUNTRIES = frozenset({"EU", "EZ", "QO", "UN", "XA", "XB", "ZZ"})
"""Two-letter regions in the list that goods cannot come from: unions, trial languages, the unknown."""


@cache
def countries() -> frozenset[str]:
    """Return the two-letter codes of the world's countries (ISO 3166-1)."""
    territories: Mapping[str, str] = Locale("en").territories
    return frozenset(code for code in territories if len(code) == 2) - _NO_COUNTRIES  # noqa: PLR2004


def _tidy_hs_code(said: str | None) -> str | None:
    return re.sub(r"[.\s]", "", said) or None if said else None


def _tidy_country(said: str | None) -> str | None:
    return said.strip().upper() or None if said else None


def _text_faults(field: str, text: str, limit: int) -> Iterator[Fault]:
    if not text:
        yield Fault(field, f"catalog.{field}_empty")
    elif len(text) > limit:
        yield Fault(field, "catalog.too_long", {"limit": limit})
    else:
        try:
            printable(text)
        except ValueError:
            yield Fault(field, "catalog.unseen_sign")


def _range_fault(field: str, value: int | None, most: int) -> Iterator[Fault]:
    if value is not None and not 1 <= value <= most:
        yield Fault(field, f"catalog.{field.rpartition('_')[2]}_range", {"most": most})
