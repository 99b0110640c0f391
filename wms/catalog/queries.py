"""What others may ask of the catalog: items, what is on them, and what one scan of them stands for."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, exists, or_, select
from sqlalchemy.orm import Session

from wms.catalog.rules import BOX_FIELDS, ITEM_FIELDS, BarcodeKind, BoxFacts, ItemFacts
from wms.catalog.tables import BoxType, Item, ItemBarcode, Lot, Serial
from wms.codes.queries import Kind, Meaning, normal, resolve
from wms.codes.tables import CodeTarget
from wms.kernel.refusal import NotFound
from wms.kernel.statements import Lookup

__all__ = ["BarcodeKind", "BoxFacts", "ItemFacts"]


class NoSuchItem(NotFound):
    """There is no item of that number or SKU."""

    sentence = "catalog.no_such_item"


class NoSuchBarcode(NotFound):
    """The item has no such barcode."""

    sentence = "catalog.no_such_barcode"


class NoSuchBoxType(NotFound):
    """There is no type of box of that number."""

    sentence = "catalog.no_such_box_type"


class NoSuchLot(NotFound):
    """The item has no such lot."""

    sentence = "catalog.no_such_lot"


@dataclass(frozen=True)
class Barcode:
    """A barcode of an item as people read it, with how many units one scan stands for."""

    id: int
    item_id: int
    code: str
    quantity_per_scan: int
    kind: BarcodeKind
    created_at: datetime


def item(session: Session, item_id: int) -> Item:
    """Return an item; raises NoSuchItem."""
    found = session.get(Item, item_id)
    if found is None:
        raise NoSuchItem(item=item_id)
    return found


def item_by_sku(session: Session, sku: str, *, owner_id: int) -> Item | None:
    """Return the owner's item of that SKU, in whatever case it is written."""
    found = resolve(session, sku)
    numbers = [
        known.target_id for known in found if known.kind is Kind.ITEM and known.owner_id == owner_id
    ]
    return next(
        (row for number in numbers if (row := session.get(Item, number)) and _is_sku(row, sku)),
        None,
    )


def names(session: Session, item_ids: Collection[int]) -> Mapping[int, str]:
    """Return the SKUs of these items."""
    rows = session.execute(select(Item.id, Item.sku).where(Item.id.in_(item_ids)))
    return {row.id: row.sku for row in rows}


def facts_of(row: Item) -> ItemFacts:
    """Return what is written about an item."""
    return ItemFacts(**{name: getattr(row, name) for name in ITEM_FIELDS})


def barcodes(session: Session, item_ids: Sequence[int]) -> dict[int, list[Barcode]]:
    """Return, by item, its barcodes, oldest first."""
    found: dict[int, list[Barcode]] = {item_id: [] for item_id in item_ids}
    for row in session.execute(_barcodes().where(ItemBarcode.item_id.in_(item_ids))):
        found[row.item_id].append(
            Barcode(
                id=row.id,
                item_id=row.item_id,
                code=row.written_as,
                quantity_per_scan=row.quantity_per_scan,
                kind=BarcodeKind(row.kind),
                created_at=row.created_at,
            )
        )
    return found


def barcode(session: Session, item_id: int, barcode_id: int) -> Barcode:
    """Return one barcode of an item; raises NoSuchBarcode."""
    found = next(
        (its for its in barcodes(session, [item_id])[item_id] if its.id == barcode_id), None
    )
    if found is None:
        raise NoSuchBarcode(barcode=barcode_id)
    return found


def units_per_scan(session: Session, meaning: Meaning) -> int:
    """Return how many units a scan of an item stands for: what the code itself says, else what its barcode says."""
    if meaning.quantity:
        return meaning.quantity
    query = select(ItemBarcode.quantity_per_scan).where(
        ItemBarcode.item_id == meaning.target_id, ItemBarcode.code == meaning.code
    )
    return session.scalar(query) or 1


def items(*, q: str = "", sku: str = "", archived: bool | None = False) -> Select[Item]:
    """Return the question for items: `q` finds in name, SKU and barcode; `archived` None asks for both kinds."""
    query = select(Item)
    if archived is not None:
        query = query.where(
            Item.archived_at.is_not(None) if archived else Item.archived_at.is_(None)
        )
    if sku:
        query = query.where(Item.sku == sku)
    if q:
        query = query.where(
            or_(
                Item.name.icontains(q, autoescape=True),
                Item.sku.icontains(q, autoescape=True),
                _has_code(q),
            )
        )
    return query


def with_barcode(query: Select[Item], code: str) -> Select[Item]:
    """Return the question for those of these items that carry this code."""
    return query.where(_has_code(code))


def without_barcode(query: Select[Item]) -> Select[Item]:
    """Return the question for those of these items that have only their SKU to be scanned by."""
    return query.where(~exists().where(ItemBarcode.item_id == Item.id))


def lots(item_id: int) -> Select[Lot]:
    """Return the question for an item's lots."""
    return select(Lot).where(Lot.item_id == item_id)


def lot(session: Session, lot_id: int) -> Lot:
    """Return a lot; raises NoSuchLot."""
    found = session.get(Lot, lot_id)
    if found is None:
        raise NoSuchLot(lot=lot_id)
    return found


def serials(item_id: int) -> Select[Serial]:
    """Return the question for an item's serial numbers."""
    return select(Serial).where(Serial.item_id == item_id)


def box_type(session: Session, box_type_id: int) -> BoxType:
    """Return a type of box; raises NoSuchBoxType."""
    found = session.get(BoxType, box_type_id)
    if found is None:
        raise NoSuchBoxType(box_type=box_type_id)
    return found


def box_types(*, archived: bool | None = False) -> Select[BoxType]:
    """Return the question for types of boxes."""
    query = select(BoxType)
    if archived is None:
        return query
    return query.where(
        BoxType.archived_at.is_not(None) if archived else BoxType.archived_at.is_(None)
    )


def box_names(session: Session, box_type_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these types of boxes."""
    rows = session.execute(select(BoxType.id, BoxType.name).where(BoxType.id.in_(box_type_ids)))
    return {row.id: row.name for row in rows}


def box_facts_of(row: BoxType) -> BoxFacts:
    """Return what is written about a type of box."""
    return BoxFacts(**{name: getattr(row, name) for name in BOX_FIELDS})


def _is_sku(row: Item, sku: str) -> bool:
    return normal(row.sku) == normal(sku)


def _has_code(code: str) -> ColumnElement[bool]:
    return exists().where(
        CodeTarget.kind == Kind.ITEM,
        CodeTarget.target_id == Item.id,
        CodeTarget.code == normal(code),
    )


def _barcodes() -> Select[int, int, str, int, str, datetime]:
    return (
        select(
            ItemBarcode.id,
            ItemBarcode.item_id,
            CodeTarget.written_as,
            ItemBarcode.quantity_per_scan,
            ItemBarcode.kind,
            ItemBarcode.created_at,
        )
        .join(
            CodeTarget,
            and_(
                CodeTarget.code == ItemBarcode.code,
                CodeTarget.kind == Kind.ITEM,
                CodeTarget.target_id == ItemBarcode.item_id,
            ),
        )
        .order_by(ItemBarcode.id)
    )


_CODES = Lookup(ItemBarcode.item_id, lambda wanted: _barcodes().where(wanted))


def scan_codes(session: Session, item_ids: Collection[int]) -> dict[int, list[tuple[str, int]]]:
    """Return by item what stands on it and the units of one scan, oldest first: for screens drawn with every scan."""
    found: dict[int, list[tuple[str, int]]] = {item_id: [] for item_id in item_ids}
    for _, item_id, code, units, *_ in _CODES.all(session, item_ids):
        found[item_id].append((code, units))
    return found
