"""Kits: what is sold as one and picked as its parts."""

from collections.abc import Iterator, Mapping
from datetime import datetime

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from wms.catalog import kits, queries
from wms.catalog.actions.guards import raise_if_any
from wms.catalog.events import ItemChanged
from wms.catalog.tables import Item, KitPart
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault
from wms.kernel.versions import same_version, touch

PARTS_LIMIT = 50
"""Most parts of one kit: more is an assembly, and nobody picks it in one walk."""

UNITS_LIMIT = 1_000
"""Most units of one part in one kit."""


def set_parts(
    session: Session,
    *,
    item_id: int,
    parts: Mapping[int, int],
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Item:
    """Say what one unit of an item is made of, by part; without parts it is no kit any more.

    Orders that are being worked on keep the parts they were planned with. Raises NoSuchItem, Stale and WrongFacts: a
    kit is no part of a kit, and no part is archived.
    """
    items = _held(session, {item_id, *parts})
    if item_id not in items:
        raise queries.NoSuchItem(item=item_id)
    kit = items[item_id]
    same_version(kit, expected)
    raise_if_any(_faults(session, kit, parts, items))
    if dict(kits.parts_of_kits(session, [item_id]).get(item_id, ())) == dict(parts):
        return kit
    session.execute(delete(KitPart).where(KitPart.kit_id == item_id))
    session.add_all(
        KitPart(kit_id=item_id, part_id=part_id, quantity=units)
        for part_id, units in sorted(parts.items())
    )
    touch(kit)
    session.flush()
    announce(session, ItemChanged(item_id, ("parts",)), by=by, at=at)
    return kit


def _held(session: Session, item_ids: set[int]) -> dict[int, Item]:
    """Lock items in the order of their numbers: while one becomes a kit, no other can make it a part."""
    query = select(Item).where(Item.id.in_(item_ids)).order_by(Item.id).with_for_update()
    rows = session.scalars(query.execution_options(populate_existing=True))
    return {item.id: item for item in rows}


def _faults(
    session: Session, kit: Item, parts: Mapping[int, int], items: Mapping[int, Item]
) -> Iterator[Fault]:
    if len(parts) > PARTS_LIMIT:
        yield Fault("parts", "catalog.too_many_parts", {"limit": PARTS_LIMIT})
    if parts and (above := kits.kits_with(session, kit.id)):
        yield Fault("parts", "catalog.part_of_a_kit", {"sku": kit.sku, "kit": above[0].sku})
    nested = kits.parts_of_kits(session, parts)
    for number, (part_id, units) in enumerate(parts.items()):
        where = f"parts.{number}"
        part = items.get(part_id)
        if part is None or part.owner_id != kit.owner_id:
            yield Fault(f"{where}.item_id", "catalog.no_such_item", {"item": part_id})
            continue
        if part_id == kit.id or part_id in nested:
            yield Fault(f"{where}.item_id", "catalog.kit_of_a_kit", {"sku": part.sku})
        if part.archived_at is not None:
            yield Fault(f"{where}.item_id", "catalog.part_archived", {"sku": part.sku})
        if not 1 <= units <= UNITS_LIMIT:
            yield Fault(f"{where}.quantity", "catalog.part_units", {"limit": UNITS_LIMIT})
