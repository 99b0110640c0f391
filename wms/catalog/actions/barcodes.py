"""Barcodes: what is printed on an item, on a pack or on a case of it, and how many units one scan stands for."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog import queries
from wms.catalog.actions.guards import held_item, raise_if_any, see_that_free
from wms.catalog.events import BarcodeAdded, BarcodeRemoved
from wms.catalog.rules import BARCODE_LIMIT, BarcodeKind, barcode_faults
from wms.catalog.tables import ItemBarcode
from wms.codes.actions import register, withdraw
from wms.codes.queries import Kind, normal, shown
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Refusal


class BarcodeKnown(Refusal):
    """The item has this barcode already."""

    sentence = "catalog.barcode_known"


class TooManyBarcodes(Refusal):
    """The item has as many barcodes as one may have."""

    sentence = "catalog.too_many_barcodes"


def add_barcode(
    session: Session,
    *,
    item_id: int,
    code: str,
    quantity_per_scan: int = 1,
    kind: BarcodeKind = BarcodeKind.UNIT,
    by: int,
    at: datetime,
) -> queries.Barcode:
    """Let a code stand for so many units of an item.

    Raises WrongFacts, UnfitCode, CodeTaken, BarcodeKnown or TooManyBarcodes.
    """
    item = held_item(session, item_id)
    raise_if_any(barcode_faults(quantity_per_scan=quantity_per_scan, kind=kind))
    see_that_free(session, code, owner_id=item.owner_id, item_id=item_id)
    _see_that_new(session, item_id, code)
    row = ItemBarcode(
        item_id=item_id,
        code=normal(code),
        quantity_per_scan=quantity_per_scan,
        kind=kind,
        created_at=at,
    )
    session.add(row)
    session.flush()
    register(session, code=code, kind=Kind.ITEM, owner_id=item.owner_id, target_id=item_id, at=at)
    announce(session, BarcodeAdded(item_id, row.id, quantity_per_scan), by=by, at=at)
    return queries.barcode(session, item_id, row.id)


def remove_barcode(
    session: Session, *, item_id: int, barcode_id: int, by: int, at: datetime
) -> None:
    """Let a barcode stand for nothing any more. Raises NoSuchBarcode."""
    item = held_item(session, item_id)
    row = session.get(ItemBarcode, barcode_id)
    if row is None or row.item_id != item_id:
        raise queries.NoSuchBarcode(barcode=barcode_id)
    session.delete(row)
    session.flush()
    if row.code != normal(item.sku):
        withdraw(session, code=row.code, owner_id=item.owner_id)
    announce(session, BarcodeRemoved(item_id, barcode_id), by=by, at=at)


def _see_that_new(session: Session, item_id: int, code: str) -> None:
    known = session.scalars(select(ItemBarcode.code).where(ItemBarcode.item_id == item_id)).all()
    if normal(code) in known:
        raise BarcodeKnown(
            Fault("code", "catalog.barcode_known", {"code": shown(code)}), code=shown(code)
        )
    if len(known) >= BARCODE_LIMIT:
        raise TooManyBarcodes(limit=BARCODE_LIMIT)
