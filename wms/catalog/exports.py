"""products.csv as the import takes it: what is exported and imported again changes nothing."""

from collections.abc import Iterator, Sequence
from tempfile import TemporaryFile
from typing import IO, Any

from sqlalchemy.orm import Session

from wms.catalog import queries
from wms.catalog.products import SHEET
from wms.catalog.queries import Barcode, BarcodeKind
from wms.catalog.tables import Item
from wms.codes.tables import HOUSE_OWNER
from wms.kernel.sheets import csv_lines

BATCH = 500
"""Items at a time, so that a hundred thousand take no more memory than a few."""

HEADER = tuple(column.name for column in SHEET.columns)


def products(session: Session) -> IO[bytes]:
    """Return a file with every item that is in lists, as of one moment. Of several barcodes of a kind, the oldest."""
    file = TemporaryFile()  # noqa: SIM115 - whoever sends it closes it
    for line in csv_lines(HEADER, _rows(session)):
        file.write(line.encode())
    file.seek(0)
    return file


def _rows(session: Session) -> Iterator[Sequence[Any]]:
    last = 0
    query = queries.items().where(Item.owner_id == HOUSE_OWNER).order_by(Item.id).limit(BATCH)
    while items := session.scalars(query.where(Item.id > last)).all():
        last = items[-1].id
        barcodes = queries.barcodes(session, [item.id for item in items])
        for item in items:
            yield _row(item, barcodes[item.id])
        session.expunge_all()


def _row(item: Item, barcodes: Sequence[Barcode]) -> Sequence[Any]:
    oldest: dict[BarcodeKind, Barcode] = {}
    for barcode in barcodes:
        oldest.setdefault(barcode.kind, barcode)
    said = {**vars(queries.facts_of(item)), **dict(_printed(oldest))}
    return [_cell(said.get(column)) for column in HEADER]


def _printed(oldest: dict[BarcodeKind, Barcode]) -> Iterator[tuple[str, Any]]:
    for kind, barcode in oldest.items():
        if kind is BarcodeKind.UNIT:
            yield "barcode", barcode.code
        else:
            yield f"{kind}_barcode", barcode.code
            yield f"{kind}_quantity", barcode.quantity_per_scan


def _cell(value: Any) -> Any:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else value
