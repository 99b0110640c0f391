"""Taking in products.csv: each row makes an item or changes the one that has its SKU; what fits already stays as it is.

Columns that the file does not have leave what is written; an empty cell empties it. Barcodes are added, never removed.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from itertools import islice
from typing import TypeVar

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.orm import Session

from wms.catalog.events import BarcodeAdded, ItemChanged, ItemCreated
from wms.catalog.plans import NewItem, OtherItem, Plan, plan
from wms.catalog.products import SHEET, Printed, Product, look_through
from wms.catalog.rules import ITEM_FIELDS
from wms.catalog.tables import Item, ItemBarcode
from wms.codes.actions import NewCode, register_all
from wms.codes.queries import Kind
from wms.codes.tables import HOUSE_OWNER
from wms.kernel.importing import Counts, Importer
from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.sheets import Reading

T = TypeVar("T")

CHUNK = 500
"""Rows at a time: few statements, and never more values than a statement may have."""

_ITEMS = Prepared(
    insert(Item), [column.key for column in Item.__table__.columns if column.key != "id"]
)
_BARCODES = Prepared(
    insert(ItemBarcode), ["item_id", "code", "quantity_per_scan", "kind", "created_at"]
)
_REWRITE = (
    update(Item)
    .where(Item.id == bindparam("_id"))
    .values({name: bindparam(name) for name in ITEM_FIELDS} | {"version": Item.version + 1})
)
_COUNT_ANEW = (
    update(ItemBarcode)
    .where(ItemBarcode.id == bindparam("_id"))
    .values(quantity_per_scan=bindparam("quantity"), kind=bindparam("printed_on"))
)


def take(
    session: Session, reading: Reading[Product], *, is_trial: bool, by: int, at: datetime
) -> Counts:
    """Take the rows of a file, or find out what that would do; blames the cells that clash with what is here."""
    counts = {"created": 0, "changed": 0, "unchanged": 0}
    for lines in _chunks(reading.lines()):
        planned = plan(session, reading, lines, to_write=not is_trial)
        counts["created"] += len(planned.new)
        counts["changed"] += len(planned.other)
        counts["unchanged"] += planned.unchanged
        if not is_trial and not reading.faults_in_all:
            _carry_out(session, planned, by=by, at=at)
    return counts


PRODUCTS: Importer[Product] = Importer("products", SHEET, look_through, take)


def _carry_out(session: Session, planned: Plan, *, by: int, at: datetime) -> None:
    numbers = _write_new(session, planned.new, at=at)
    new = list(zip(numbers, planned.new, strict=True))
    first = [(item_id, its) for item_id, item in new for its in item.barcodes]
    more = [(item.item_id, its) for item in planned.other for its in item.added]
    skus = [NewCode(item.facts.sku, item_id) for item_id, item in new]
    printed = [NewCode(its.text, item_id) for item_id, its in (*first, *more)]
    register_all(session, [*skus, *printed], kind=Kind.ITEM, at=at)
    _write_barcodes(session, [*first, *more], at=at)
    for item_id in numbers:
        announce(session, ItemCreated(item_id), by=by, at=at)
    _rewrite(session, planned.other, by=by, at=at)
    _announce_barcodes(session, more, by=by, at=at)


def _write_new(session: Session, new: Sequence[NewItem], *, at: datetime) -> list[int]:
    """Write down new items; returns their numbers in the order of the rows."""
    if not new:
        return []
    whole = {
        "owner_id": HOUSE_OWNER,
        "picture": None,
        "version": 1,
        "created_at": at,
        "archived_at": None,
    }
    _ITEMS.run_many(session, [whole | vars(its.facts) for its in new])
    skus = [its.facts.sku for its in new]
    query = select(Item.sku, Item.id).where(Item.owner_id == HOUSE_OWNER, Item.sku.in_(skus))
    numbers = dict(session.execute(query).all())
    return [numbers[sku] for sku in skus]


def _rewrite(session: Session, other: Sequence[OtherItem], *, by: int, at: datetime) -> None:
    rows = [{"_id": its.item_id, **vars(its.facts)} for its in other if its.fields]
    if rows:
        session.connection().execute(_REWRITE, rows)
    for its in other:
        if its.fields:
            announce(session, ItemChanged(its.item_id, its.fields), by=by, at=at)
        for barcode_id, told in its.counted_anew.items():
            values = {"_id": barcode_id, "quantity": told.quantity, "printed_on": told.kind}
            session.connection().execute(_COUNT_ANEW, values)
            announce(session, BarcodeAdded(its.item_id, barcode_id, told.quantity), by=by, at=at)


def _write_barcodes(
    session: Session, barcodes: Sequence[tuple[int, Printed]], *, at: datetime
) -> None:
    rows = [
        {
            "item_id": item_id,
            "code": its.code,
            "quantity_per_scan": its.quantity,
            "kind": its.kind,
            "created_at": at,
        }
        for item_id, its in barcodes
    ]
    if rows:
        _BARCODES.run_many(session, rows)


def _announce_barcodes(
    session: Session, barcodes: Sequence[tuple[int, Printed]], *, by: int, at: datetime
) -> None:
    """Tell of barcodes that came to items we knew; those of a new item came with it."""
    item_ids = {item_id for item_id, _ in barcodes}
    query = select(ItemBarcode.item_id, ItemBarcode.code, ItemBarcode.id)
    found = session.execute(query.where(ItemBarcode.item_id.in_(item_ids))) if item_ids else ()
    numbers = {(item_id, code): number for item_id, code, number in found}
    for item_id, its in barcodes:
        told = BarcodeAdded(item_id, numbers[item_id, its.code], its.quantity)
        announce(session, told, by=by, at=at)


def _chunks(lines: Iterable[T]) -> Iterator[list[T]]:
    rest = iter(lines)
    while chunk := list(islice(rest, CHUNK)):
        yield chunk
