"""A label is bought in one go: rates, the intent, the purchase, the sheet; a commit wherever money could be lost."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.shipping.actions import buying as actions
from wms.shipping.actions.failing import fail
from wms.shipping.actions.rows import Held
from wms.shipping.gateway import (
    Bought,
    Document,
    Gateway,
    NoAnswer,
    NotAsked,
    Outcome,
    Queued,
    Quote,
    Refused,
    UnfitDocument,
    Unknown,
)
from wms.shipping.lifecycle import State, Verb
from wms.shipping.worker.claiming import Claimed
from wms.shipping.worker.desk import Desk, buying

TRIES = 10
"""How often a carrier platform that cannot be reached is tried before a person must look at it."""

FRESH = timedelta(minutes=60)
"""Rates older than this are asked for again: prices change."""

SPREAD_S = 5.0


def purchase(gateway: Gateway, claimed: Claimed, desk: Desk) -> None:
    """Buy the label of one parcel."""
    now = desk.clock.now()
    is_fresh = claimed.rated_at is not None and now - claimed.rated_at < FRESH
    quote = None if is_fresh else _ask_rates(gateway, claimed, desk)
    if quote is None and not is_fresh:
        return

    def intend(session: Session, one: Held, at: datetime) -> Claimed | None:
        if quote is not None and not actions.rated(session, one, quote, by=HOUSE, at=at):
            return None
        is_meant = actions.intend(session, one, lease=desk.terms.lease, by=HOUSE, at=at)
        return buying(claimed, one) if is_meant else None

    meant = desk.record(claimed, intend)
    if meant is None:
        return

    def is_late() -> bool:
        """Tell whether somebody else may hold the label in doubt by now, and buy another."""
        return desk.clock.now() >= meant.lease_until

    outcome = gateway.buy(meant.rate_id, uid=meant.uid, is_late=is_late)
    conclude(gateway, meant, outcome, desk)


def conclude(gateway: Gateway, claimed: Claimed, outcome: Outcome, desk: Desk) -> None:
    """Record what became of a purchase, asked for just now or found later."""
    match outcome:
        case Bought(tracking_number=""):
            _still_at_it(claimed, outcome.transaction_id, desk)
        case Bought():
            _is_ours(gateway, claimed, outcome, desk)
        case Queued(transaction_id):
            _still_at_it(claimed, transaction_id, desk)
        case Refused(messages):
            desk.record(
                claimed, lambda s, one, at: actions.is_refused(s, one, messages, by=HOUSE, at=at)
            )
        case NotAsked(reason, after_s) if claimed.state is State.BUYING:
            _later(claimed, reason, after_s, desk)
        case Unknown(reason) if claimed.state is State.BUYING:
            grace = desk.terms.grace
            desk.record(
                claimed,
                lambda s, one, at: actions.is_in_doubt(
                    s, one, reason, grace=grace, by=HOUSE, at=at
                ),
            )
        case NotAsked(reason) | Unknown(reason):
            desk.put_off(claimed, reason)


def document(gateway: Gateway, told: Bought) -> Document | str | None:
    """Fetch the sheet of a bought label; None where it cannot be had now, words where it must not be printed."""
    if not told.label_url:
        return None
    try:
        return gateway.document(told.label_url)
    except NoAnswer:
        return None
    except UnfitDocument as trouble:
        return str(trouble)


def _ask_rates(gateway: Gateway, claimed: Claimed, desk: Desk) -> Quote | None:
    assert claimed.route is not None, "a label that is to be bought knows its way"
    way = claimed.route
    try:
        return gateway.rates(way.parcel, way.sender, way.recipient, uid=claimed.uid)
    except NoAnswer as trouble:
        if claimed.tries < TRIES:
            _no_rates_yet(claimed, trouble, desk)
        else:
            _give_up(claimed, trouble.reason, desk)
        return None


def _is_ours(gateway: Gateway, claimed: Claimed, told: Bought, desk: Desk) -> None:
    sheet = document(gateway, told)
    verb = Verb.CARRIER_OK if claimed.state is State.BUYING else Verb.FOUND

    def record(session: Session, one: Held, at: datetime) -> None:
        fit = sheet if isinstance(sheet, Document) else None
        actions.is_bought(session, one, told, fit, verb=verb, by=HOUSE, at=at)
        if isinstance(sheet, str):
            actions.has_no_sheet(session, one, sheet, by=HOUSE, at=at)

    desk.record(claimed, record)


def _still_at_it(claimed: Claimed, transaction_id: str, desk: Desk) -> None:
    desk.record(claimed, lambda _s, one, at: actions.is_queued(one, transaction_id, at=at))


def _later(claimed: Claimed, reason: str, after_s: float | None, desk: Desk) -> None:
    """Note that the purchase did not get through; after many tries a person must look at it."""
    is_last = claimed.tries >= TRIES

    def record(session: Session, one: Held, at: datetime) -> None:
        again = at + timedelta(seconds=max(after_s or 0.0, SPREAD_S))
        actions.is_not_sent(session, one, reason, again_at=again, by=HOUSE, at=at)
        if is_last:
            fail(session, one, Verb.REFUSE_RATES, reason, by=HOUSE, at=at)

    desk.record(claimed, record)


def _no_rates_yet(claimed: Claimed, trouble: NoAnswer, desk: Desk) -> None:
    desk.record(claimed, lambda s, one, at: actions.is_away(s, one, by=HOUSE, at=at))
    desk.put_off(claimed, trouble.reason, trouble.after_s)


def _give_up(claimed: Claimed, reason: str, desk: Desk) -> None:
    desk.record(
        claimed, lambda s, one, at: fail(s, one, Verb.REFUSE_RATES, reason, by=HOUSE, at=at)
    )
