"""What a few rows of products.csv would do: compared with what is written, without writing."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.products import Printed, Product, facts, printed
from wms.catalog.rules import BARCODE_LIMIT, ITEM_FIELDS, ItemFacts, changed, tidy
from wms.catalog.tables import Item, ItemBarcode
from wms.codes.queries import Kind, normal, shown
from wms.codes.tables import HOUSE_OWNER, CodeTarget
from wms.kernel.sheets import Line, Reading


@dataclass(frozen=True)
class NewItem:
    """A row whose SKU nobody knows."""

    facts: ItemFacts
    barcodes: Sequence[Printed]


@dataclass(frozen=True)
class OtherItem:
    """A row that says something else than is written; `fields` names the facts that differ."""

    item_id: int
    facts: ItemFacts
    fields: tuple[str, ...]
    added: Sequence[Printed]
    counted_anew: Mapping[int, Printed]
    """By the number of a barcode, what it stands for from now on."""


@dataclass
class Plan:
    """What some rows would do."""

    new: list[NewItem] = field(default_factory=list)
    other: list[OtherItem] = field(default_factory=list)
    unchanged: int = 0


@dataclass(frozen=True)
class HeldBarcode:
    """A barcode that an item has already."""

    id: int
    quantity: int
    kind: str


@dataclass(frozen=True)
class _Known:
    """What is written about everything that these rows speak of."""

    holders: Mapping[str, Sequence[tuple[Kind, int, int]]]
    """By code, the kind, owner and number of everything it stands for."""
    facts: Mapping[int, ItemFacts]
    barcodes: Mapping[int, Mapping[str, HeldBarcode]]


def plan(
    session: Session, reading: Reading[Product], lines: Sequence[Line[Product]], *, to_write: bool
) -> Plan:
    """Compare rows with what is written and blame the cells that clash; `to_write` holds the items until the end."""
    rows = [(line, normal(line.row.sku), list(printed(line.row))) for line in lines]
    codes = {code for _, sku, barcodes in rows for code in (sku, *(its.code for its in barcodes))}
    known = _known(session, codes, to_write=to_write)
    found = Plan()
    for line, sku, barcodes in rows:
        item_id = _item(reading, line, sku, known)
        if item_id is None or _clashes(reading, line, barcodes, item_id, known):
            continue
        if item_id:
            _note(found, _compare(reading, line, item_id, barcodes, known))
        elif line.row.name:
            found.new.append(NewItem(facts(line.row), barcodes))
        else:
            reading.blame(line.number, "name", "catalog.name_empty")
    return found


def _note(found: Plan, compared: OtherItem | None) -> None:
    if compared is None:
        return
    if compared.fields or compared.added or compared.counted_anew:
        found.other.append(compared)
    else:
        found.unchanged += 1


def _item(reading: Reading[Product], line: Line[Product], sku: str, known: _Known) -> int | None:
    """Return the number of the row's item, 0 for a new one; blames a SKU that is something else and returns None."""
    for kind, owner_id, target_id in known.holders.get(sku, ()):
        if kind is not Kind.ITEM:
            reading.blame(line.number, "sku", f"codes.taken_by_{kind}", code=shown(line.row.sku))
            return None
        if owner_id == HOUSE_OWNER:
            if normal(known.facts[target_id].sku) == sku:
                return target_id
            _blame_taken(reading, line.number, "sku", line.row.sku, known.facts[target_id])
            return None
    return 0


def _clashes(
    reading: Reading[Product],
    line: Line[Product],
    barcodes: Sequence[Printed],
    item_id: int,
    known: _Known,
) -> bool:
    before = reading.faults_in_all
    for its in barcodes:
        for kind, owner_id, target_id in known.holders.get(its.code, ()):
            if kind is not Kind.ITEM:
                reading.blame(
                    line.number, its.column, f"codes.taken_by_{kind}", code=shown(its.text)
                )
            elif owner_id == HOUSE_OWNER and target_id != item_id:
                _blame_taken(reading, line.number, its.column, its.text, known.facts[target_id])
    return reading.faults_in_all > before


def _compare(
    reading: Reading[Product],
    line: Line[Product],
    item_id: int,
    barcodes: Sequence[Printed],
    known: _Known,
) -> OtherItem | None:
    """Return how a row differs from its item, if at all; blames what cannot be and returns None."""
    before = known.facts[item_id]
    said = {name: getattr(line.row, name) for name in ITEM_FIELDS if reading.has(name)}
    after = tidy(replace(before, **said))
    held = known.barcodes.get(item_id, {})
    added = [its for its in barcodes if its.code not in held]
    if not after.name:
        reading.blame(line.number, "name", "catalog.name_empty")
        return None
    if added and len(held) + len(added) > BARCODE_LIMIT:
        column = added[0].column
        reading.blame(line.number, column, "catalog.too_many_barcodes", limit=BARCODE_LIMIT)
        return None
    again = [(held[its.code], its) for its in barcodes if its.code in held]
    counted_anew = {row.id: its for row, its in again if _counts_otherwise(row, its)}
    return OtherItem(item_id, after, changed(before, after), added, counted_anew)


def _counts_otherwise(row: HeldBarcode, its: Printed) -> bool:
    return (row.quantity, row.kind) != (its.quantity, its.kind)


def _blame_taken(
    reading: Reading[Product], number: int, column: str, text: str, holder: ItemFacts
) -> None:
    reading.blame(
        number, column, "catalog.code_taken", code=shown(text), sku=holder.sku, name=holder.name
    )


def _known(session: Session, codes: set[str], *, to_write: bool) -> _Known:
    holders = defaultdict(list)
    targets = select(CodeTarget.code, CodeTarget.kind, CodeTarget.owner_id, CodeTarget.target_id)
    for row in session.execute(targets.where(CodeTarget.code.in_(codes))):
        holders[row.code].append((Kind(row.kind), row.owner_id, row.target_id))
    item_ids = {
        target for held in holders.values() for kind, _, target in held if kind is Kind.ITEM
    }
    return _Known(
        holders, _facts(session, item_ids, to_write=to_write), _barcodes(session, item_ids)
    )


def _facts(session: Session, item_ids: set[int], *, to_write: bool) -> dict[int, ItemFacts]:
    columns = [getattr(Item, name) for name in ITEM_FIELDS]
    query = select(Item.id, *columns).where(Item.id.in_(item_ids)).order_by(Item.id)
    if to_write:
        query = query.with_for_update()
    return {
        item_id: ItemFacts(**dict(zip(ITEM_FIELDS, said, strict=True)))
        for item_id, *said in session.execute(query)
    }


def _barcodes(session: Session, item_ids: set[int]) -> dict[int, dict[str, HeldBarcode]]:
    query = select(
        ItemBarcode.item_id,
        ItemBarcode.code,
        ItemBarcode.id,
        ItemBarcode.quantity_per_scan,
        ItemBarcode.kind,
    )
    held: dict[int, dict[str, HeldBarcode]] = defaultdict(dict)
    for row in session.execute(query.where(ItemBarcode.item_id.in_(item_ids))):
        held[row.item_id][row.code] = HeldBarcode(row.id, row.quantity_per_scan, row.kind)
    return held
