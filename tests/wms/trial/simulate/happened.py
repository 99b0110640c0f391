"""What happened in a shift, read from what the house wrote down: nobody who planted anything is asked."""

import json
from collections import Counter
from dataclasses import dataclass
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.tables import InboxMessage, StoredCommand, StoredEvent
from wms.orders.tables import FoLine, Order, OrderLine
from wms.picking.tables import PickTask
from wms.shipping.tables import Shipment
from wms.stock.tables import StockMove


@dataclass(frozen=True)
class Happened:
    """Counted from the commands, the facts and the rows of a house when its shift is over."""

    scans: int
    red_scans: int
    lines: int
    lines_short_in_bin: int
    """Lines of which a picker found fewer units than the book says."""
    lines_short: int
    """Lines that met a shortage: by the book, or in the bin."""
    left: dict[str, int]
    """By item, the units that the ledger says left the house."""
    orders: Counter[str]
    cancelled: frozenset[str]
    """Numbers of the orders that the house calls cancelled."""
    cancelled_in_mid_pick: int
    out_of_paper: int
    doubts_not_charged: int
    doubts_charged: int
    returns: int
    parcels: Counter[str]
    """Of those that a carrier platform's label took out of the house, how many are where."""
    travelled: tuple[tuple[str, ...], ...]
    """Of each parcel, what the house told of its way, in that order."""
    calls: int
    """Messages that carriers called in, each counted once."""


def happened(session: Session) -> Happened:
    """Read what happened."""
    tones = _tones(session)
    facts = _facts(session)
    doubts = {fact["shipment_id"] for fact in facts["shipping.LabelInDoubt"]}
    bought = {fact["shipment_id"] for fact in facts["shipping.LabelBought"]}
    never = {
        fact["shipment_id"]
        for fact in facts["shipping.LabelFailed"]
        if fact["reason"] == "shipping.never_bought"
    }
    in_bin, by_book = _short(session), {fact["fo_id"] for fact in facts[BACKORDERED]}
    left = select(Shipment).where(Shipment.state == "handed_over", Shipment.means == "shippo")
    parcels = session.scalars(left.order_by(Shipment.id)).all()
    ways: dict[int, list[str]] = {row.id: [] for row in parcels}
    for fact in facts["shipping.ParcelTracked"]:
        ways[fact["shipment_id"]].append(fact["tracking"])
    return Happened(
        scans=sum(tones.values()),
        red_scans=tones["wrong"],
        lines=len(session.scalars(select(OrderLine.id)).all()),
        lines_short_in_bin=len(in_bin),
        lines_short=len(in_bin | _lines(session, by_book)),
        left=_left(session),
        orders=Counter(session.scalars(select(Order.state))),
        cancelled=frozenset(
            session.scalars(select(Order.number).where(Order.state == "cancelled"))
        ),
        cancelled_in_mid_pick=sum(
            fact["why"] == "cancelled" for fact in facts["picking.PickingStopped"]
        ),
        out_of_paper=sum(
            fact["condition"] == "paper_out" for fact in facts["printing.PrinterChanged"]
        ),
        doubts_not_charged=len(doubts & never),
        doubts_charged=len(doubts & bought),
        returns=len(facts["returns.ReturnEnded"]),
        parcels=Counter(row.tracking for row in parcels),
        travelled=tuple(tuple(way) for way in ways.values()),
        calls=len(session.scalars(select(InboxMessage.id)).all()),
    )


BACKORDERED = "orders.FulfillmentBackordered"
READ = (
    "shipping.LabelInDoubt",
    "shipping.LabelBought",
    "shipping.LabelFailed",
    "shipping.ParcelTracked",
    "picking.PickingStopped",
    "printing.PrinterChanged",
    "returns.ReturnEnded",
    BACKORDERED,
)


def _tones(session: Session) -> Counter[str]:
    """Return how often the screen answered in which colour."""
    query = select(StoredCommand.answer).where(StoredCommand.name == "floor.scan")
    return Counter(json.loads(said)["turn"]["tone"] for said in session.scalars(query))


def _facts(session: Session) -> dict[str, list[dict[str, Any]]]:
    """Return, by what they tell, the facts that the house announced, in their order."""
    found: dict[str, list[dict[str, Any]]] = {kind: [] for kind in READ}
    query = select(StoredEvent).where(StoredEvent.type.in_(READ)).order_by(StoredEvent.id)
    for row in session.scalars(query):
        found[row.type].append(row.data)
    return found


def _left(session: Session) -> dict[str, int]:
    query = (
        select(Item.sku, func.sum(StockMove.quantity))
        .join(Item, Item.id == StockMove.item_id)
        .where(StockMove.reason == "ship")
        .group_by(Item.sku)
    )
    return {sku: int(units) for sku, units in session.execute(query)}


def _short(session: Session) -> set[int]:
    query = (
        select(FoLine.order_line_id)
        .join(PickTask, PickTask.fo_line_id == FoLine.id)
        .where(PickTask.short > 0)
    )
    return set(session.scalars(query))


def _lines(session: Session, fo_ids: set[int]) -> set[int]:
    return set(session.scalars(select(FoLine.order_line_id).where(FoLine.fo_id.in_(fo_ids))))
