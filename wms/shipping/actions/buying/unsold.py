"""The carrier did not sell the label, or nobody knows, or it is still at it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.packing import actions as packing
from wms.shipping.actions.failing import fail
from wms.shipping.actions.rows import TROUBLE_LIMIT, WEIGHED, Held, move, why
from wms.shipping.actions.wishing import wish
from wms.shipping.events import LabelInDoubt
from wms.shipping.lifecycle import State, Verb
from wms.shipping.rules.rates import name_of

EARLY_LOOK = timedelta(seconds=5)
"""After a purchase without an answer: a label that is found is believed at once, one that is not, only later."""

QUEUE_LOOK = timedelta(seconds=2)
"""Between two looks at a purchase that the carrier is still at."""


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


def _once_more(session: Session, one: Held, *, by: int, at: datetime) -> None:
    row = one.shipment
    if row.replaces_id is None:
        wish(session, package_id=one.package.id, replaces_id=row.id, by=by, at=at)
