"""The made-up items as products.csv, taken in as everybody's file is."""

import csv
import tempfile
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.imports import PRODUCTS
from wms.catalog.products import Product
from wms.catalog.tables import Item
from wms.kernel.importing import looked_through, take_all
from wms.kernel.sheets import Reading
from wms.trial.seed.goods import Made


@contextmanager
def as_file(made: Sequence[Made]) -> Iterator[Reading[Product]]:
    """Yield the items as a file that was looked through. Nobody can start it, so it is written outside of any act."""
    with tempfile.TemporaryDirectory() as folder:
        file = Path(folder) / "products.csv"
        rows = [_row(item) for item in made]
        names = dict.fromkeys(name for row in rows for name in row)
        with file.open("w", encoding="utf-8", newline="") as sheet:
            writer = csv.DictWriter(sheet, list(names))
            writer.writeheader()
            writer.writerows(rows)
        yield looked_through(PRODUCTS, file)


def take_in(
    session: Session, products: Reading[Product], *, by: int, at: datetime
) -> dict[str, int]:
    """Write the items down with everything that is printed on them; returns their numbers by SKU."""
    take_all(session, PRODUCTS, products, by=by, at=at)
    return dict(session.execute(select(Item.sku, Item.id).order_by(Item.id)).all())


def _row(item: Made) -> dict[str, str | int]:
    row: dict[str, str | int] = {
        "sku": item.sku,
        "name": item.name,
        "weight_g": item.weight_g,
        "length_mm": item.length_mm,
        "width_mm": item.width_mm,
        "height_mm": item.height_mm,
        "tracks_lots": "yes" if item.family.tracks_lots else "no",
        "tracks_serials": "yes" if item.family.tracks_serials else "no",
        "origin_country": item.origin_country,
    }
    for printed in item.barcodes:
        if printed.kind == "unit":
            row["barcode"] = printed.code
        else:
            row[f"{printed.kind}_barcode"] = printed.code
            row[f"{printed.kind}_quantity"] = printed.quantity
    return row
