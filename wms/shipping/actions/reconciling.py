"""What was bought with our key, held against our own labels: no money lies at the carrier platform unknown.

The platform is asked by outside calls, a page each; what a page tells is judged in a commit of its own, and the money
of a stray is wished back in the same commit that tells of it.
"""

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes.queries import normal
from wms.kernel import calls
from wms.kernel.events import OutboxCallDied, OutboxCallDone
from wms.kernel.tables import OutboxCall
from wms.shipping.actions.asking_back import ask_how_refunds_stand, conclude, is_unanswered
from wms.shipping.actions.straying import take_note, tell_of_many, too_many
from wms.shipping.lifecycle import LIVE, State
from wms.shipping.means import Means
from wms.shipping.rules.strays import Verdict, judge
from wms.shipping.strays import MOST_PAGES, PURCHASES, Seen, page_key
from wms.shipping.tables import Shipment

PACE = timedelta(seconds=2)
"""Between two pages: labels in doubt are looked up from the same budget, and a packer waits for those."""


def look_daily(session: Session, *, at: datetime) -> None:
    """Let the platform's list be looked through, in a house that buys there."""
    buys = select(Shipment.id).where(Shipment.means == Means.SHIPPO, Shipment.asked_at.is_not(None))
    if session.scalar(buys.limit(1)) is not None:
        look_through(session, sweep=f"{at:%Y-%m-%d}", at=at)


def look_through(session: Session, *, sweep: str, at: datetime) -> None:
    """Begin to look through what was bought, under a name of its own: begun twice, it is done once."""
    _ask_for_page(session, sweep, 1, asked_at=at.isoformat(), at=at)
    ask_how_refunds_stand(session, at=at)


def hear_platform(session: Session, fact: OutboxCallDone, by: int, at: datetime) -> None:
    """React to an answer of the platform: judge a page of purchases, or note how the money of a stray stands."""
    row = session.get_one(OutboxCall, fact.outbox_call_id)
    if fact.kind == PURCHASES:
        _judge_page(session, row, by=by, at=at)
    else:
        conclude(session, row, by=by, at=at)


def miss_platform(session: Session, fact: OutboxCallDied, by: int, at: datetime) -> None:
    """React to a question that was asked again and again without an answer."""
    is_unanswered(session, session.get_one(OutboxCall, fact.outbox_call_id), by=by, at=at)


LEFT_ALONE = frozenset({Verdict.KNOWN, Verdict.WAITS})


@dataclass(frozen=True)
class Standing:
    """Our own labels that a page of purchases may be about."""

    by_uid: Mapping[str, Shipment]
    by_purchase: Mapping[str, Shipment]
    worn: Collection[str]
    """Tracking numbers of labels that count, wherever they came from."""

    def verdict(self, seen: Seen) -> Verdict:
        """Tell what a purchase is to the house."""
        holds, meant = self.by_purchase.get(seen.transaction_id), self.by_uid.get(seen.uid)
        return judge(
            held_by=State(holds.state) if holds else None,
            is_worn=normal(seen.number) in self.worn,
            meant_for=State(meant.state) if meant else None,
            has_moved=seen.has_moved,
        )


def _judge_page(session: Session, row: OutboxCall, *, by: int, at: datetime) -> None:
    answer: Mapping[str, Any] = row.answer or {}
    page: list[Seen] = [Seen(**one) for one in answer["seen"]]
    standing = _standing(session, page)
    judged = [(seen, standing.verdict(seen)) for seen in page]
    many = too_many(session, [seen for seen, verdict in judged if verdict is Verdict.FOREIGN])
    if many:
        tell_of_many(session, row.id, many, by=by, at=at)
    told = [
        take_note(session, seen, verdict, standing.by_uid.get(seen.uid), by=by, at=at)
        for seen, verdict in judged
        if verdict not in LEFT_ALONE and seen not in many
    ]
    count = Counter(verdict for _, verdict in judged)
    found = {
        "known": count[Verdict.KNOWN],
        "waits": count[Verdict.WAITS],
        "many": len(many),
        "found": told,
    }
    kept = {name: value for name, value in answer.items() if name != "seen"}
    calls.keep_only(session, call_id=row.id, answer={**kept, **found})
    if not answer["is_last"] and row.payload["page"] < MOST_PAGES:
        _ask_for_next_page(session, row.payload, at=at + PACE)


def _standing(session: Session, page: list[Seen]) -> Standing:
    uids, purchases = {seen.uid for seen in page}, {seen.transaction_id for seen in page}
    numbers = {normal(seen.number) for seen in page if seen.number}
    meant = session.scalars(select(Shipment).where(Shipment.uid.in_(uids)))
    holding = session.scalars(select(Shipment).where(Shipment.transaction_id.in_(purchases)))
    worn = select(Shipment.tracking_number).where(
        Shipment.tracking_number.in_(numbers), Shipment.state.in_(LIVE)
    )
    return Standing(
        {row.uid: row for row in meant},
        {row.transaction_id or "": row for row in holding},
        {number for number in session.scalars(worn) if number},
    )


def _ask_for_next_page(session: Session, told: Mapping[str, Any], *, at: datetime) -> None:
    _ask_for_page(session, told["sweep"], told["page"] + 1, asked_at=told["at"], at=at)


def _ask_for_page(session: Session, sweep: str, page: int, *, asked_at: str, at: datetime) -> None:
    told = {"sweep": sweep, "page": page, "at": asked_at}
    calls.ask(session, PURCHASES, key=page_key(sweep, page), payload=told, at=at)
