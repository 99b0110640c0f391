"""What carriers offer for a package, and which of it the house takes."""

from collections.abc import Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.decisions import decide
from wms.kernel.outbox import announce
from wms.orders.tables import FulfillmentOrder, Order
from wms.shipping.actions.failing import fail
from wms.shipping.actions.rows import Held, move
from wms.shipping.events import LabelRated
from wms.shipping.gateway import Quote, Rate
from wms.shipping.lifecycle import State, Verb
from wms.shipping.queries.ways import way_of
from wms.shipping.rules.rates import CHOOSE, Offer, Wanted, inputs
from wms.shipping.tables import Shipment


def rated(session: Session, one: Held, quote: Quote, *, by: int, at: datetime) -> bool:
    """Keep what carriers offer and choose. False where nothing fits, which fails the label."""
    row = one.shipment
    row.request_id, row.rates = quote.request_id, _kept(quote, at)
    choice = decide(
        session,
        CHOOSE,
        inputs(map(_offer, quote.rates), _wanted(session, one, at)),
        subject="shipment",
        subject_id=row.id,
        by=by,
        at=at,
    )
    chosen = next((rate for rate in quote.rates if rate.id == choice["rate_id"]), None)
    if chosen is None:
        told = "; ".join(quote.messages) or "shipping.no_rate"
        fail(session, one, Verb.REFUSE_RATES, told, by=by, at=at)
        return False
    move(row, Verb.RERATE if row.state == State.RATED else Verb.RATE, at=at)
    row.rate_id, row.carrier, row.service = chosen.id, chosen.carrier, chosen.service
    row.cost_minor, row.currency = chosen.amount_minor, chosen.currency
    fact = LabelRated(
        row.id, row.package_id, chosen.carrier, chosen.service, chosen.amount_minor, chosen.currency
    )
    announce(session, fact, by=by, at=at)
    return True


def _wanted(session: Session, one: Held, at: datetime) -> Wanted:
    order, zone = session.execute(
        select(Order, Warehouse.time_zone)
        .join(FulfillmentOrder, FulfillmentOrder.order_id == Order.id)
        .join(Warehouse, Warehouse.id == FulfillmentOrder.warehouse_id)
        .where(FulfillmentOrder.id == one.package.fo_id)
    ).one()
    today = at.astimezone(ZoneInfo(zone)).date()
    days_left = None if order.promised_on is None else (order.promised_on - today).days
    carriers = way_of(session, one.package.fo_id).carriers
    refused = tuple(_refused_before(session, one.shipment))
    return Wanted(carriers, order.service, days_left, refused)


def _refused_before(session: Session, row: Shipment) -> Iterable[str]:
    before = select(Shipment.rates).where(
        Shipment.package_id == row.package_id,
        Shipment.state == State.FAILED,
        Shipment.weight_g == row.weight_g,
    )
    for rates in session.scalars(before.order_by(Shipment.id)):
        if name := rates.get("refused"):
            yield name


def _kept(quote: Quote, at: datetime) -> dict[str, Any]:
    return {
        "rates": [asdict(rate) for rate in quote.rates],
        "messages": list(quote.messages),
        "rated_at": at.isoformat(),
    }


def _offer(rate: Rate) -> Offer:
    return Offer(**asdict(rate))
