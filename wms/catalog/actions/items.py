"""Items: written down, changed, taken out of lists and put back."""

from dataclasses import asdict
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog import queries
from wms.catalog.actions.guards import held_item, raise_if_any, see_that_free
from wms.catalog.events import ItemArchived, ItemChanged, ItemCreated, ItemUnarchived
from wms.catalog.rules import ItemFacts, changed, item_faults, tidy
from wms.catalog.tables import Item, ItemBarcode
from wms.codes.actions import register, withdraw
from wms.codes.queries import Kind, normal
from wms.codes.tables import HOUSE_OWNER
from wms.kernel.outbox import announce


def create_item(
    session: Session,
    *,
    owner_id: int = HOUSE_OWNER,
    sku: str,
    name: str,
    tracks_lots: bool = False,
    tracks_serials: bool = False,
    weight_g: int | None = None,
    length_mm: int | None = None,
    width_mm: int | None = None,
    height_mm: int | None = None,
    hs_code: str | None = None,
    origin_country: str | None = None,
    note: str = "",
    by: int,
    at: datetime,
) -> Item:
    """Write down a new item; its SKU can be scanned from now on. Raises WrongFacts, UnfitCode or CodeTaken."""
    facts = _checked(
        ItemFacts(
            sku=sku,
            name=name,
            tracks_lots=tracks_lots,
            tracks_serials=tracks_serials,
            weight_g=weight_g,
            length_mm=length_mm,
            width_mm=width_mm,
            height_mm=height_mm,
            hs_code=hs_code,
            origin_country=origin_country,
            note=note,
        )
    )
    see_that_free(session, facts.sku, owner_id=owner_id, field="sku")
    item = Item(owner_id=owner_id, **asdict(facts), created_at=at)
    session.add(item)
    session.flush()
    register(session, code=item.sku, kind=Kind.ITEM, owner_id=owner_id, target_id=item.id, at=at)
    announce(session, ItemCreated(item.id), by=by, at=at)
    return item


def edit_item(
    session: Session,
    *,
    item_id: int,
    facts: ItemFacts,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Item:
    """Write about an item anew; a new SKU takes the old one's place as a code. Raises as `create_item`, and Stale."""
    item = held_item(session, item_id, expected)
    facts = _checked(facts)
    before = queries.facts_of(item)
    different = changed(before, facts)
    if not different:
        return item
    if normal(facts.sku) != normal(before.sku):
        _rename(session, item, facts.sku, at=at)
    for field in different:
        setattr(item, field, getattr(facts, field))
    session.flush()
    announce(session, ItemChanged(item.id, different), by=by, at=at)
    return item


def archive_item(
    session: Session, *, item_id: int, expected: int | None = None, by: int, at: datetime
) -> Item:
    """Take an item out of lists. Its codes still say what it is: some of it may stand on a shelf."""
    item = held_item(session, item_id, expected)
    if item.archived_at is None:
        item.archived_at = at
        session.flush()
        announce(session, ItemArchived(item.id), by=by, at=at)
    return item


def unarchive_item(
    session: Session, *, item_id: int, expected: int | None = None, by: int, at: datetime
) -> Item:
    """Put an item back into lists."""
    item = held_item(session, item_id, expected)
    if item.archived_at is not None:
        item.archived_at = None
        session.flush()
        announce(session, ItemUnarchived(item.id), by=by, at=at)
    return item


def set_picture(
    session: Session,
    *,
    item_id: int,
    picture: str | None,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Item:
    """Give an item a picture that `catalog.pictures` has put into its folder, or None to take it away."""
    item = held_item(session, item_id, expected)
    if item.picture != picture:
        item.picture = picture
        session.flush()
        announce(session, ItemChanged(item.id, ("picture",)), by=by, at=at)
    return item


def _checked(facts: ItemFacts) -> ItemFacts:
    facts = tidy(facts)
    raise_if_any(item_faults(facts))
    return facts


def _rename(session: Session, item: Item, sku: str, *, at: datetime) -> None:
    see_that_free(session, sku, owner_id=item.owner_id, item_id=item.id, field="sku")
    old = normal(item.sku)
    still_printed = select(ItemBarcode.id).where(
        ItemBarcode.item_id == item.id, ItemBarcode.code == old
    )
    if session.scalar(still_printed) is None:
        withdraw(session, code=old, owner_id=item.owner_id)
    register(session, code=sku, kind=Kind.ITEM, owner_id=item.owner_id, target_id=item.id, at=at)
