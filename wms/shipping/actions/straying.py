"""A label that was paid for and that no box of ours wears: who must know is told, and its money asked back, once."""

from collections.abc import Mapping, Sequence
from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases.queries import subjects_told_of
from wms.kernel import calls
from wms.kernel.call_lifecycle import State as CallState
from wms.kernel.outbox import announce
from wms.kernel.tables import OutboxCall
from wms.packing.tables import Package
from wms.shipping.actions.stray_cases import ASKED, FOREIGN, FOREIGN_MANY, IN_USE, retell, tell
from wms.shipping.events import ForeignLabelFound, StrayLabelFound
from wms.shipping.rules.strays import Verdict
from wms.shipping.strays import CASE, PRICE, REFUND, Seen, key
from wms.shipping.tables import Shipment

FEW = 5
"""So many foreign purchases of one page are told one by one; more have one cause, and one case."""


def take_note(
    session: Session,
    seen: Seen,
    verdict: Verdict,
    row: Shipment | None,
    *,
    by: int,
    at: datetime,
) -> int:
    """Tell of a stray and wish its money back, unless that was done before. Returns the number of the call about it.

    `row` is the label that it was bought for; None where it is foreign.
    """
    known = _known(session, seen)
    if known is not None:
        _ask_once_more(session, known, verdict, by=by, at=at)
        return known.id
    if row is None:
        return _foreign(session, seen, by=by, at=at)
    return _ours(session, seen, row, is_in_use=verdict is Verdict.IN_USE, by=by, at=at)


def too_many(session: Session, foreign: Sequence[Seen]) -> Sequence[Seen]:
    """Return foreign purchases that nobody was told of, where they are too many to be told one by one."""
    new = [seen for seen in foreign if _known(session, seen) is None]
    return new if len(new) > FEW else ()


def tell_of_many(
    session: Session, page_id: int, foreign: Sequence[Seen], *, by: int, at: datetime
) -> None:
    """Tell a person once of foreign purchases, until that case is closed: a whole house buys with our key, or did."""
    if not subjects_told_of(session, kind=CASE, sentence=FOREIGN_MANY, limit=1):
        told = {**asdict(foreign[0]), "many": len(foreign)}
        tell(session, page_id, FOREIGN_MANY, told, by=by, at=at)


def _known(session: Session, seen: Seen) -> OutboxCall | None:
    """Return the call that was made about a purchase, whatever became of it."""
    made = (key(REFUND, seen.transaction_id), key(PRICE, seen.transaction_id))
    return session.scalars(select(OutboxCall).where(OutboxCall.key.in_(made))).first()


def _ask_once_more(
    session: Session, row: OutboxCall, verdict: Verdict, *, by: int, at: datetime
) -> None:
    """Ask for money again that the platform did not answer about, unless its parcel travels by now."""
    if row.kind == REFUND and row.state == CallState.DEAD and verdict is Verdict.STRAY:
        calls.replay(session, call_id=row.id, reason="reconcile", by=by, at=at)
        retell(session, row.id, ASKED, row.payload, by=by, at=at)


def _foreign(session: Session, seen: Seen, *, by: int, at: datetime) -> int:
    """Tell a person of a purchase that may be another house's, and find out what it cost."""
    told = {
        "transaction_id": seen.transaction_id,
        "rate_id": seen.rate_id,
        "uid": seen.uid,
        "number": seen.number,
    }
    call_id, is_new = _ask(session, PRICE, told, at=at)
    if not is_new:
        return call_id
    announce(session, ForeignLabelFound(call_id, seen.transaction_id, seen.uid), by=by, at=at)
    tell(session, call_id, FOREIGN, told, by=by, at=at)
    return call_id


def _ours(
    session: Session, seen: Seen, row: Shipment, *, is_in_use: bool, by: int, at: datetime
) -> int:
    told = _told(session, seen, row)
    call_id, is_new = _ask(session, PRICE if is_in_use else REFUND, told, at=at)
    if not is_new:
        return call_id
    fact = StrayLabelFound(
        row.id,
        row.package_id,
        told["carrier"],
        told["number"],
        told["amount_minor"],
        told["currency"],
        is_in_use,
    )
    announce(session, fact, by=by, at=at)
    tell(session, call_id, IN_USE if is_in_use else ASKED, told, by=by, at=at)
    return call_id


def _told(session: Session, seen: Seen, row: Shipment) -> dict[str, Any]:
    """Return what is known of a stray: what it cost as the house kept it, else as the platform told."""
    rate: Mapping[str, Any] = next(
        (one for one in row.rates.get("rates", ()) if one["id"] == seen.rate_id), {}
    )
    amount = rate.get("amount_minor", seen.amount_minor)
    return {
        "transaction_id": seen.transaction_id,
        "rate_id": seen.rate_id,
        "shipment_id": row.id,
        "package_id": row.package_id,
        "package": session.get_one(Package, row.package_id).number,
        "carrier": rate.get("carrier") or seen.carrier or row.carrier,
        "number": seen.number,
        "amount_minor": row.cost_minor if amount is None else amount,
        "currency": rate.get("currency") or seen.currency or row.currency,
    }


def _ask(session: Session, kind: str, told: Mapping[str, Any], *, at: datetime) -> tuple[int, bool]:
    """Wish for the one call about a purchase. False where another look was faster: that one told of it."""
    known = key(kind, told["transaction_id"])
    is_new = calls.ask(session, kind, key=known, payload=told, at=at)
    session.flush()
    return session.scalars(select(OutboxCall.id).where(OutboxCall.key == known)).one(), is_new
