"""How far a look through the platform's list of purchases is, and what it found."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases.queries import open_case_about
from wms.kernel.call_lifecycle import State
from wms.kernel.tables import OutboxCall
from wms.kernel.words import say
from wms.shipping.strays import CASE, CASE_ABOUT, KINDS, MOST_PAGES, REFUND, amount, page_key

UNJUDGED = "seen"
"""Stands in the answer of a page until its purchases are judged."""


@dataclass(frozen=True)
class Told:
    """One purchase that is no label's, and what becomes of it.

    `becomes` is asked, pending, refunded, rejected or unanswered where its money is asked back, else in_use,
    foreign, or settled where a person closed its case.
    """

    transaction_id: str
    number: str
    carrier: str
    package: str
    amount: str
    becomes: str
    is_answered: bool
    """Whether the platform answered what it was asked about it, or is not asked any more."""


@dataclass(frozen=True)
class Sweep:
    """What a look through the list has come to so far."""

    pages: int = 0
    looked: int = 0
    ours: int = 0
    known: int = 0
    waits: int = 0
    """So many are too young to be judged, or the platform or the house is still at them."""
    over: int = 0
    """So many cost nothing, or were given back before."""
    unread: int = 0
    many: int = 0
    """So many are foreign and told to a person in one case."""
    found: Sequence[Told] = field(default_factory=tuple)
    is_over: bool = False
    """Whether nothing more is looked through."""
    is_cut_off: bool = False
    """Whether there are more purchases than are looked through at once."""
    trouble: str = ""
    """Why the platform did not answer when it was asked last."""


def sweep_so_far(session: Session, sweep: str) -> Sweep:
    """Return what a look has come to, by its name."""
    keys = [page_key(sweep, page) for page in range(1, MOST_PAGES + 1)]
    query = select(OutboxCall).where(OutboxCall.key.in_(keys)).order_by(OutboxCall.id)
    asked = session.scalars(query).all()
    judged = [row.answer for row in asked if row.answer and UNJUDGED not in row.answer]
    last = asked[-1] if asked else None
    is_whole = bool(judged) and len(judged) == len(asked) and judged[-1]["is_last"]
    is_cut_off = len(judged) == MOST_PAGES and not is_whole
    return Sweep(
        pages=len(judged),
        looked=_sum(judged, "looked"),
        ours=_sum(judged, "ours"),
        known=_sum(judged, "known"),
        waits=_sum(judged, "waits") + _sum(judged, "young"),
        over=_sum(judged, "over"),
        unread=_sum(judged, "unread"),
        many=_sum(judged, "many"),
        found=_found(session, [number for answer in judged for number in answer["found"]]),
        is_over=is_whole or is_cut_off or (last is not None and last.state == State.DEAD),
        is_cut_off=is_cut_off,
        trouble=(last.trouble or "") if last is not None else "",
    )


def names(session: Session, call_ids: Collection[int]) -> Mapping[int, str]:
    """Return what people call the purchases that these calls are about: the box and the tracking number."""
    rows = session.scalars(select(OutboxCall).where(OutboxCall.id.in_(call_ids)))
    return {row.id: _name(row.payload) for row in rows if row.kind in KINDS}


def _name(told: Mapping[str, Any]) -> str:
    if "transaction_id" not in told:
        return say("shipping.purchases_listed")
    number = told["number"] or told["transaction_id"]
    return f"{told['package']} ({number})" if told.get("package") else str(number)


def _found(session: Session, call_ids: Iterable[int]) -> Sequence[Told]:
    rows = session.scalars(
        select(OutboxCall).where(OutboxCall.id.in_(set(call_ids))).order_by(OutboxCall.id)
    )
    return [_told(session, row) for row in rows.all()]


def _told(session: Session, row: OutboxCall) -> Told:
    told = row.payload | (row.answer or {})
    return Told(
        transaction_id=told["transaction_id"],
        number=told["number"],
        carrier=told.get("carrier", ""),
        package=told.get("package", ""),
        amount=amount(told),
        becomes=_becomes(session, row),
        is_answered=row.state in (State.DONE, State.DEAD),
    )


def _becomes(session: Session, row: OutboxCall) -> str:
    if row.kind != REFUND:
        if open_case_about(session, kind=CASE, subject=CASE_ABOUT, subject_id=row.id) is None:
            return "settled"
        return "in_use" if "shipment_id" in row.payload else "foreign"
    if row.state == State.DEAD:
        return "unanswered"
    if row.state != State.DONE:
        return "asked"
    return str((row.answer or {}).get("state") or "pending")


def _sum(judged: Iterable[Mapping[str, Any]], name: str) -> int:
    return sum(int(answer[name]) for answer in judged)
