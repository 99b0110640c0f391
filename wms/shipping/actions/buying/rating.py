"""What carriers offer for a package, and which of it the house takes."""

from collections.abc import Collection, Iterable
from dataclasses import asdict
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.decisions import decide
from wms.kernel.outbox import announce
from wms.orders.tables import FulfillmentOrder, Order, OrderContact
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
    order, contact_version, zone = _asked_by(session, one)
    refused = tuple(_refused_before(session, row, contact_version))
    row.request_id, row.rates = quote.request_id, _kept(quote, contact_version, at)
    carriers = way_of(session, one.package.fo_id).carriers
    wanted = Wanted(carriers, order.service, _days_left(order, zone, at), refused)
    choice = decide(
        session,
        CHOOSE,
        inputs(map(_offer, quote.rates), wanted),
        subject="shipment",
        subject_id=row.id,
        by=by,
        at=at,
    )
    chosen = next((rate for rate in quote.rates if rate.id == choice["rate_id"]), None)
    if chosen is None:
        row.rate_id = ""  # one without a rate ends the round of those that refused
        told = "; ".join(quote.messages) or _said_last(session, row, refused) or "shipping.no_rate"
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


def _asked_by(session: Session, one: Held) -> tuple[Order, int | None, str]:
    """Return the order, the version of its address, and the time zone of the warehouse."""
    found = session.execute(
        select(Order, OrderContact.version, Warehouse.time_zone)
        .join(FulfillmentOrder, FulfillmentOrder.order_id == Order.id)
        .outerjoin(OrderContact, OrderContact.order_id == Order.id)
        .join(Warehouse, Warehouse.id == FulfillmentOrder.warehouse_id)
        .where(FulfillmentOrder.id == one.package.fo_id)
    ).one()
    order, contact_version, zone = found
    return order, contact_version, zone


def _days_left(order: Order, zone: str, at: datetime) -> int | None:
    """Return in how many days it was promised, by the warehouse's own clock; None where nobody promised a day."""
    today = at.astimezone(ZoneInfo(zone)).date()
    return None if order.promised_on is None else (order.promised_on - today).days


def _refused_before(session: Session, row: Shipment, contact_version: int | None) -> Iterable[str]:
    """Return which services refused this very parcel to this very address, since all were last tried in vain."""
    before = select(Shipment.rate_id, Shipment.rates).where(
        Shipment.package_id == row.package_id,
        Shipment.state == State.FAILED,
        Shipment.weight_g == row.weight_g,
    )
    for rate_id, rates in session.execute(before.order_by(Shipment.id.desc())):
        if not rate_id or rates.get("contact_version", contact_version) != contact_version:
            return
        if name := rates.get("refused"):
            yield name


def _said_last(session: Session, row: Shipment, refused: Collection[str]) -> str:
    """Return what the carrier said that refused last; empty where none did."""
    before = select(Shipment.trouble).where(
        Shipment.package_id == row.package_id,
        Shipment.state == State.FAILED,
        Shipment.rate_id != "",
    )
    last = session.scalar(before.order_by(Shipment.id.desc()).limit(1)) if refused else None
    return last or ""


def _kept(quote: Quote, contact_version: int | None, at: datetime) -> dict[str, Any]:
    return {
        "rates": [asdict(rate) for rate in quote.rates],
        "messages": list(quote.messages),
        "contact_version": contact_version,
        "rated_at": at.isoformat(),
    }


def _offer(rate: Rate) -> Offer:
    return Offer(**asdict(rate))
