"""Who was promised what."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.stock.lifecycle import AllocationState
from wms.stock.tables import Allocation, StockBalance


class UnknownPromise(NotFound):
    """There is no promise of that number."""

    sentence = "stock.unknown_promise"


@dataclass(frozen=True)
class Promised:
    """A promise as people read it: what, how many, for what, and from which place where it is hard."""

    id: int
    state: AllocationState
    hardness: str
    owner_id: int
    warehouse_id: int
    item_id: int
    sku: str
    balance_id: int | None
    location_id: int | None
    location: str | None
    quantity: int
    consumed: int
    reference: str
    allocated_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None


@dataclass(frozen=True)
class PromisedAsked:
    """Which promises to show; None does not ask."""

    id: int | None = None
    warehouse_id: int | None = None
    item_id: int | None = None
    balance_id: int | None = None
    state: AllocationState | None = None
    reference: str | None = None


def promise(session: Session, allocation_id: int) -> Promised:
    """Return one promise; raises UnknownPromise."""
    found = promised(session, PromisedAsked(id=allocation_id), limit=1).rows
    if not found:
        raise UnknownPromise(id=allocation_id)
    one: Promised = found[0]
    return one


def names(session: Session, allocation_ids: Collection[int]) -> Mapping[int, str]:
    """Return what these promises were for, as people say it."""
    rows = session.execute(
        select(Allocation.id, Allocation.reference).where(Allocation.id.in_(allocation_ids))
    )
    return dict(rows.all())


def promised(
    session: Session, asked: PromisedAsked, *, limit: int, cursor: str | None = None
) -> Page[Promised]:
    """Return promises, the newest first."""
    query = (
        select(Allocation, Item.sku, Location.id, Location.code)
        .join(Item, Item.id == Allocation.item_id)
        .outerjoin(StockBalance, StockBalance.id == Allocation.balance_id)
        .outerjoin(Location, Location.id == StockBalance.location_id)
    )
    for column, value in (
        (Allocation.id, asked.id),
        (Allocation.warehouse_id, asked.warehouse_id),
        (Allocation.item_id, asked.item_id),
        (Allocation.balance_id, asked.balance_id),
        (Allocation.state, asked.state),
        (Allocation.reference, asked.reference),
    ):
        if value is not None:
            query = query.where(column == value)
    found = page(session, query, by=[Allocation.id], limit=limit, cursor=cursor, newest_first=True)
    return Page([_promised(*row) for row in found.rows], found.next_cursor)


def _promised(
    kept: Allocation, sku: str, location_id: int | None, location: str | None
) -> Promised:
    return Promised(
        id=kept.id,
        state=AllocationState(kept.state),
        hardness=kept.hardness,
        owner_id=kept.owner_id,
        warehouse_id=kept.warehouse_id,
        item_id=kept.item_id,
        sku=sku,
        balance_id=kept.balance_id,
        location_id=location_id,
        location=location,
        quantity=kept.quantity,
        consumed=kept.consumed,
        reference=kept.reference,
        allocated_at=kept.allocated_at,
        expires_at=kept.expires_at,
        ended_at=kept.ended_at,
    )
