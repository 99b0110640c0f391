"""The purchase of a label as the house remembers it: the intent before the wire, and what came of it after."""

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.decisions import decide
from wms.kernel.outbox import announce
from wms.orders.tables import FulfillmentOrder, Order
from wms.packing import actions as packing
from wms.packing import queries as packages
from wms.packing.tables import Package
from wms.shipping.actions.failing import fail
from wms.shipping.actions.labelling import bought, is_taken, keep_document, tell_package
from wms.shipping.actions.rows import NEVER, TROUBLE_LIMIT, WEIGHED, Held, move, settle, why
from wms.shipping.actions.voiding import give_back, supersede
from wms.shipping.actions.wishing import wish
from wms.shipping.events import LabelBuying, LabelInDoubt, LabelRated
from wms.shipping.gateway import Bought, Document, Quote, Rate
from wms.shipping.lifecycle import State, Verb
from wms.shipping.queries.ways import way_of
from wms.shipping.rules.rates import CHOOSE, Offer, Wanted, inputs, name_of
from wms.shipping.tables import Shipment

URL_LIMIT, NUMBER_LIMIT = 400, 80

EARLY_LOOK = timedelta(seconds=5)
"""After a purchase without an answer: a label that is found is believed at once, one that is not, only later."""

QUEUE_LOOK = timedelta(seconds=2)
"""Between two looks at a purchase that the carrier is still at."""


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


def intend(session: Session, one: Held, *, lease: timedelta, by: int, at: datetime) -> bool:
    """Write down that the rate is bought now, before anybody is asked. False where the order stops it."""
    row = one.shipment
    if not is_wanted(session, one) or one.gate.stop is not None:
        _drop(session, one, by=by, at=at)
        return False
    move(row, Verb.BUY, at=at)
    row.asked_at, row.lease_until, row.due_at = at, at + lease, at
    row.absent_reads, row.tries = 0, row.tries + 1
    announce(session, LabelBuying(row.id, row.package_id, row.uid), by=by, at=at)
    return True


def is_bought(
    session: Session,
    one: Held,
    told: Bought,
    document: Document | None,
    *,
    verb: Verb,
    by: int,
    at: datetime,
) -> None:
    """Note that the carrier sold the label. Where nobody wants it any more, its money is asked back at once."""
    row = one.shipment
    row.transaction_id, row.tracking_url = told.transaction_id, told.tracking_url[:URL_LIMIT]
    is_double = is_taken(session, row.carrier, told.tracking_number)
    number = f"{told.tracking_number} {row.uid}" if is_double else told.tracking_number
    bought(session, row, number=number[:NUMBER_LIMIT], verb=verb, by=by, at=at)
    if is_double:
        _double(session, one, told.tracking_number, by=by, at=at)
    elif told.refund is not None or not is_wanted(session, one):
        _unwanted(session, one, by=by, at=at)
    elif document is None:
        row.due_at, row.trouble = at, "shipping.no_document_yet"
        words = why("shipping.no_document_yet")
        packing.label_asked(session, package_id=one.package.id, words=words, by=by, at=at)
    else:
        has_document(session, one, document, by=by, at=at)


def has_document(session: Session, one: Held, document: Document, *, by: int, at: datetime) -> None:
    """Keep the carrier's label, tell the package and print it."""
    row = one.shipment
    row.due_at, row.lease_until = NEVER, at
    if not is_wanted(session, one):
        _unwanted(session, one, by=by, at=at)
        return
    keep_document(session, row, media_type=document.media_type, data=document.data, at=at)
    row.trouble = ""
    tell_package(session, row, one.package, by=by, at=at)


def has_no_sheet(session: Session, one: Held, reason: str, *, by: int, at: datetime) -> None:
    """Note that what the carrier drew must not be printed: a person voids the label or prints it elsewhere."""
    row = one.shipment
    if row.state != State.BOUGHT:
        return
    row.due_at, row.lease_until, row.trouble = NEVER, at, reason[:TROUBLE_LIMIT]
    told = why("shipping.unfit_document")
    packing.label_refused(session, package_id=one.package.id, words=told, by=by, at=at)


def is_refused(
    session: Session, one: Held, messages: Sequence[str], *, by: int, at: datetime
) -> None:
    """Note that the carrier did not sell it; once, the next best rate is tried by itself."""
    row = one.shipment
    row.rates = {**row.rates, "refused": name_of(row.carrier, row.service)}
    fail(session, one, Verb.CARRIER_REFUSED, "; ".join(messages), by=by, at=at)
    _once_more(session, one, by=by, at=at)


def is_absent(session: Session, one: Held, *, by: int, at: datetime) -> None:
    """Note that it was never bought, as the carrier's own list says; once, it is bought anew by itself."""
    fail(session, one, Verb.NOT_FOUND, "shipping.never_bought", by=by, at=at)
    _once_more(session, one, by=by, at=at)


def is_not_sent(
    session: Session, one: Held, reason: str, *, again_at: datetime, by: int, at: datetime
) -> None:
    """Note that the request did not get through: the same rate is bought later."""
    row = one.shipment
    move(row, Verb.NOT_SENT, at=at)
    row.due_at, row.trouble = again_at, reason[:TROUBLE_LIMIT]
    is_away(session, one, by=by, at=at)


def is_away(session: Session, one: Held, *, by: int, at: datetime) -> None:
    """Tell the package that its carrier cannot be reached for the moment."""
    if one.package.state == WEIGHED:
        told = why("shipping.carrier_away")
        packing.label_asked(session, package_id=one.package.id, words=told, by=by, at=at)


def is_in_doubt(
    session: Session, one: Held, reason: str, *, grace: timedelta, by: int, at: datetime
) -> None:
    """Note that nobody knows whether it was bought: nobody buys for this package until that is settled."""
    row = one.shipment
    move(row, Verb.NO_ANSWER, at=at)
    assert row.asked_at is not None, "it was asked for"
    row.due_at, row.trouble = min(at + EARLY_LOOK, row.asked_at + grace), reason[:TROUBLE_LIMIT]
    announce(session, LabelInDoubt(row.id, row.package_id, row.trouble), by=by, at=at)
    if one.package.state == WEIGHED:
        told = {**why("shipping.in_doubt", {"carrier": row.carrier}), "carrier": row.carrier}
        packing.label_in_doubt(session, package_id=one.package.id, words=told, by=by, at=at)


def is_queued(one: Held, transaction_id: str, *, at: datetime) -> None:
    """Note that the carrier took the purchase and is still at it."""
    row = one.shipment
    move(row, Verb.NO_ANSWER if row.state == State.BUYING else Verb.STILL_QUEUED, at=at)
    row.transaction_id, row.due_at = transaction_id, at + QUEUE_LOOK


def is_wanted(session: Session, one: Held) -> bool:
    """Tell whether the package still waits for this very label."""
    if one.package.state != WEIGHED or one.is_cancelled:
        return False
    size = packages.parcel(session, one.package.id)
    told = one.shipment.parcel
    return (size.weight_g, size.length_mm, size.width_mm, size.height_mm) == (
        one.shipment.weight_g,
        told["length_mm"],
        told["width_mm"],
        told["height_mm"],
    )


def _drop(session: Session, one: Held, *, by: int, at: datetime) -> None:
    """Let go of what must not be bought now; a held order's label is wished for again when the hold ends."""
    supersede(session, one, by=by, at=at)
    _wish_or_settle(session, one.package, by=by, at=at)


def _unwanted(session: Session, one: Held, *, by: int, at: datetime) -> None:
    give_back(session, one, reason="package", by=by, at=at)
    _wish_or_settle(session, one.package, by=by, at=at)


def _double(session: Session, one: Held, number: str, *, by: int, at: datetime) -> None:
    """Give back a label whose number another parcel has: scanning it would not tell which is which."""
    give_back(session, one, reason="number_taken", by=by, at=at)
    told = why("shipping.number_taken", {"number": number})
    packing.label_refused(session, package_id=one.package.id, words=told, by=by, at=at)
    settle(session, one.package.fo_id, by=by, at=at)


def _wish_or_settle(session: Session, package: Package, *, by: int, at: datetime) -> None:
    session.flush()
    if wish(session, package_id=package.id, by=by, at=at) is None:
        settle(session, package.fo_id, by=by, at=at)


def _once_more(session: Session, one: Held, *, by: int, at: datetime) -> None:
    row = one.shipment
    if row.replaces_id is None:
        wish(session, package_id=one.package.id, replaces_id=row.id, by=by, at=at)


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
