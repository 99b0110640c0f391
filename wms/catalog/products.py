"""products.csv: our own file of items with their barcodes, and what can be wrong with a row of it by itself."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from wms.catalog.queries import BarcodeKind, ItemFacts
from wms.catalog.rules import (
    ITEM_FIELDS,
    NAME_LIMIT,
    NOTE_LIMIT,
    SIZE_LIMIT_MM,
    SKU_LIMIT,
    WEIGHT_LIMIT_G,
    customs_faults,
    tidy,
)
from wms.codes.queries import Kind, normal, shown, unfit
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.refusal import Fault
from wms.kernel.sheets import Column, Doubles, Reading, Sheet, code, prose, text, whole, yes_no


@dataclass(frozen=True)
class Product:
    """One row: an item and up to three barcodes of it."""

    sku: str
    name: str = ""
    barcode: str | None = None
    pack_barcode: str | None = None
    pack_quantity: int | None = None
    case_barcode: str | None = None
    case_quantity: int | None = None
    weight_g: int | None = None
    length_mm: int | None = None
    width_mm: int | None = None
    height_mm: int | None = None
    tracks_lots: bool = False
    tracks_serials: bool = False
    hs_code: str | None = None
    origin_country: str | None = None
    note: str = ""


SHEET = Sheet(
    columns=(
        Column("sku", code(SKU_LIMIT), is_required=True),
        Column("name", text(NAME_LIMIT), empty=""),
        Column("barcode", code(), aliases=("ean", "gtin", "upc")),
        Column("pack_barcode", code()),
        Column("pack_quantity", whole(2, QUANTITY_LIMIT)),
        Column("case_barcode", code()),
        Column("case_quantity", whole(2, QUANTITY_LIMIT)),
        Column("weight_g", whole(1, WEIGHT_LIMIT_G)),
        Column("length_mm", whole(1, SIZE_LIMIT_MM)),
        Column("width_mm", whole(1, SIZE_LIMIT_MM)),
        Column("height_mm", whole(1, SIZE_LIMIT_MM)),
        Column("tracks_lots", yes_no(), empty=False),
        Column("tracks_serials", yes_no(), empty=False),
        Column("hs_code", text(20)),
        Column("origin_country", text(20)),
        Column("note", prose(NOTE_LIMIT), empty=""),
    ),
    make=Product,
)


@dataclass(frozen=True)
class Printed:
    """A barcode as a row tells it: the column it stands in, its text and the form in which codes are compared."""

    column: str
    text: str
    code: str
    quantity: int
    kind: BarcodeKind


_PLACES = ("sku", "barcode", "pack_barcode", "case_barcode")


def look_through(reading: Reading[Product]) -> None:
    """Blame what a file of products shows by itself: codes that cannot be, and codes that stand for two things."""
    doubles = Doubles()
    for line in reading.lines():
        for fault in row_faults(line.row):
            found = shown(str(getattr(line.row, fault.where) or ""))
            reading.blame(
                line.number, fault.where, fault.sentence, **{"found": found, **fault.values}
            )
        for place, its in enumerate(_codes(line.row)):
            if its:
                doubles.saw(its, line.number * len(_PLACES) + place)
    for place, first in doubles.again():
        row, column = divmod(place, len(_PLACES))
        reading.blame(row, _PLACES[column], "kernel.sheet_double", first=first // len(_PLACES))


def row_faults(row: Product) -> Iterator[Fault]:
    """Yield what must change in a row, by column."""
    for column in _PLACES:
        said = getattr(row, column)
        if said and (wrong := unfit(said, Kind.ITEM)):
            yield Fault(column, wrong.sentence, wrong.values)
    for holder in ("pack", "case"):
        barcode, quantity = getattr(row, f"{holder}_barcode"), getattr(row, f"{holder}_quantity")
        if barcode and not quantity:
            yield Fault(f"{holder}_quantity", "catalog.quantity_missing")
        if quantity and not barcode:
            yield Fault(f"{holder}_barcode", "catalog.barcode_missing")
    yield from customs_faults(row.hs_code, row.origin_country)


def facts(row: Product) -> ItemFacts:
    """Return what a row says about the item itself, tidy."""
    return tidy(ItemFacts(**{name: getattr(row, name) for name in ITEM_FIELDS}))


def printed(row: Product) -> Iterator[Printed]:
    """Yield the barcodes of a row."""
    told: tuple[tuple[str, str | None, int | None, BarcodeKind], ...] = (
        ("barcode", row.barcode, 1, BarcodeKind.UNIT),
        ("pack_barcode", row.pack_barcode, row.pack_quantity, BarcodeKind.PACK),
        ("case_barcode", row.case_barcode, row.case_quantity, BarcodeKind.CASE),
    )
    for column, said, quantity, kind in told:
        if said and quantity:
            yield Printed(column, said, normal(said), quantity, kind)


def _codes(row: Product) -> list[str | None]:
    """Return the codes of a row in the order of `_PLACES`. An item may carry its SKU as its barcode."""
    sku = normal(row.sku)
    others: list[Any] = [getattr(row, column) for column in _PLACES[1:]]
    codes = [normal(said) if said else None for said in others]
    return [sku, *(None if its == sku else its for its in codes)]
