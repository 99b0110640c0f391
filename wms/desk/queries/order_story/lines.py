"""The lines that were bought, and what is picked for each: from which bins, into which totes."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.orders import queries as orders
from wms.orders.tables import FoLine, FulfillmentOrder, LineAllocation, OrderLine
from wms.picking.tables import ToteBinding
from wms.stock.tables import Allocation, StockBalance

LIVE_OR_USED = ("hard", "consumed")
"""Promises that still stand, or that were kept."""


@dataclass(frozen=True)
class Source:
    """Where units of a line are taken from, or were."""

    allocation_id: int
    location_id: int
    location: str
    balance_id: int
    quantity: int
    taken: int


@dataclass(frozen=True)
class Picked:
    """What one line of a part is: an item, or a part of a kit; how far it is, from which bins, into which totes."""

    line: FoLine
    item: Item
    fo: FulfillmentOrder
    sources: Sequence[Source]
    totes: Sequence[tuple[int, str]]


@dataclass(frozen=True)
class Bought:
    """One line that was bought, and what is picked for it: nothing while the order is not accepted."""

    line: OrderLine
    item: Item
    picked: Sequence[Picked]


def lines_of(session: Session, order_id: int, fos: Sequence[FulfillmentOrder]) -> list[Bought]:
    """Return what was bought, line by line, with what the parts of the order pick for it."""
    by_id = {one.id: one for one in fos}
    sources = _sources(session, list(by_id))
    totes = _totes(session, list(by_id))
    rows = session.execute(
        select(FoLine, Item)
        .join(Item, Item.id == FoLine.item_id)
        .where(FoLine.fo_id.in_(by_id))
        .order_by(FoLine.fo_id, FoLine.id)
    ).all()
    picked: dict[int, list[Picked]] = {}
    for line, item in rows:
        one = Picked(
            line, item, by_id[line.fo_id], sources.get(line.id, ()), totes.get(line.fo_id, ())
        )
        picked.setdefault(line.order_line_id, []).append(one)
    bought = orders.lines(session, [order_id])[order_id]
    return [Bought(line, item, picked.get(line.id, ())) for line, item in bought]


def _sources(session: Session, fo_ids: Collection[int]) -> dict[int, list[Source]]:
    query = (
        select(
            FoLine.id,
            Allocation.id,
            Location.id,
            Location.code,
            StockBalance.id,
            Allocation.quantity,
            Allocation.consumed,
            Allocation.state,
        )
        .join(LineAllocation, LineAllocation.fo_line_id == FoLine.id)
        .join(Allocation, Allocation.id == LineAllocation.allocation_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(FoLine.fo_id.in_(fo_ids))
        .order_by(Allocation.id)
    )
    found: dict[int, list[Source]] = {}
    for row in session.execute(query):
        line_id, allocation_id, place_id, code, balance_id, quantity, taken, state = row
        if state in LIVE_OR_USED or taken:
            one = Source(allocation_id, place_id, code, balance_id, quantity, taken)
            found.setdefault(line_id, []).append(one)
    return found


def _totes(session: Session, fo_ids: Collection[int]) -> dict[int, list[tuple[int, str]]]:
    query = (
        select(ToteBinding.fo_id, Location.id, Location.code)
        .join(Location, Location.id == ToteBinding.tote_id)
        .where(ToteBinding.fo_id.in_(fo_ids), ToteBinding.ended_at.is_(None))
        .order_by(ToteBinding.id)
    )
    found: dict[int, list[tuple[int, str]]] = {}
    for fo_id, tote_id, code in session.execute(query):
        found.setdefault(fo_id or 0, []).append((tote_id, code))
    return found
