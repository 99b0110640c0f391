"""What kits are made of: sold as one, picked as their parts."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item, KitPart

AT_ONCE = 500
"""Most items in one question."""


@dataclass(frozen=True)
class Part:
    """So many units of an item in one unit of a kit."""

    item_id: int
    sku: str
    name: str
    quantity: int


def parts_of_kits(
    session: Session, item_ids: Collection[int]
) -> Mapping[int, tuple[tuple[int, int], ...]]:
    """Return of those items that are kits, by item, each part with how many of it one kit takes."""
    found: dict[int, tuple[tuple[int, int], ...]] = {}
    wanted = sorted(item_ids)
    for start in range(0, len(wanted), AT_ONCE):
        query = (
            select(KitPart.kit_id, KitPart.part_id, KitPart.quantity)
            .where(KitPart.kit_id.in_(wanted[start : start + AT_ONCE]))
            .order_by(KitPart.kit_id, KitPart.part_id)
        )
        for kit_id, part_id, units in session.execute(query):
            found[kit_id] = (*found.get(kit_id, ()), (part_id, units))
    return found


def parts(session: Session, kit_id: int) -> Sequence[Part]:
    """Return what a kit is made of, by SKU; nothing where the item is no kit."""
    query = (
        select(Item.id, Item.sku, Item.name, KitPart.quantity)
        .join(KitPart, KitPart.part_id == Item.id)
        .where(KitPart.kit_id == kit_id)
        .order_by(Item.sku, Item.id)
    )
    return [Part(*row) for row in session.execute(query)]


def kits_with(session: Session, part_id: int) -> Sequence[Item]:
    """Return the kits that an item is a part of, by SKU."""
    query = (
        select(Item)
        .join(KitPart, KitPart.kit_id == Item.id)
        .where(KitPart.part_id == part_id)
        .order_by(Item.sku, Item.id)
    )
    return session.scalars(query).all()
