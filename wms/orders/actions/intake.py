"""Orders come in: each is kept once, looked at once, and goes to the floor where nothing stops it."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.codes.actions import NewCode, register_all
from wms.codes.queries import Kind
from wms.kernel.decisions import keep
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.statements import Lookup
from wms.orders.actions import rows
from wms.orders.actions.fulfilling import fulfil
from wms.orders.drafts import Draft
from wms.orders.events import HoldOpened, OrderAccepted, OrderReceived
from wms.orders.rules import checks
from wms.orders.rules.drafts import draft_faults
from wms.orders.tables import Channel, Order

FAULTS_LIMIT = 100
"""So many faults are told at once; who has more has one cause for all of them."""

_CHANNELS = Lookup(
    Channel.id,
    lambda wanted: select(Channel.id).where(wanted, Channel.archived_at.is_(None)),
)
_ITEMS = Lookup(Item.id, lambda wanted: select(Item.id).where(wanted))
_KNOWN = Lookup(
    Order.source_id,
    lambda wanted: select(Order.source_id).where(
        wanted, Order.channel_id == bindparam("channel_id")
    ),
)

Source = tuple[int, str]
"""A channel, and what it calls the order."""


class WrongDrafts(Wrong):
    """Some orders cannot be kept as they were told; each fault names its field, as in `orders.0.lines.2.quantity`."""

    sentence = "orders.wrong_drafts"


@dataclass(frozen=True, slots=True)
class Looked:
    """A new order with what the rule made of it."""

    draft: Draft
    inputs: Mapping[str, Any]
    choice: Mapping[str, Any]


def bring_in(
    session: Session, drafts: Sequence[Draft], *, by: int, at: datetime
) -> list[int | None]:
    """Take orders in, all or none; returns the number of each, None for one that is known already.

    Each is checked, accepted where nothing stops it, and handed on to be fulfilled. Raises WrongDrafts.
    """
    _see_that_they_fit(session, drafts)
    fresh = _fresh(session, drafts)
    looked = [_look(draft) for draft in fresh.values()]
    numbers = rows.keep_orders(
        session,
        [(one.draft, "accepted" if one.choice["accepted"] else "received") for one in looked],
        at=at,
    )
    register_all(
        session, [NewCode(f"WXO{number}", number) for number in numbers], kind=Kind.ORDER, at=at
    )
    _tell(session, numbers, looked, by=by, at=at)
    accepted = [
        number for number, one in zip(numbers, looked, strict=True) if one.choice["accepted"]
    ]
    if accepted:
        fulfil(session, accepted, by=by, at=at)
    by_place = dict(zip(fresh, numbers, strict=True))
    return [by_place.get(place) for place in range(len(drafts))]


def _see_that_they_fit(session: Session, drafts: Sequence[Draft]) -> None:
    found: list[Fault] = []
    for number, draft in enumerate(drafts):
        found += [
            Fault(f"orders.{number}.{fault.where}", fault.sentence, fault.values)
            for fault in draft_faults(draft)
        ]
    found += _unknown_names(session, drafts) if not found else []
    if found:
        raise WrongDrafts(*found[:FAULTS_LIMIT], n=len(found))


def _unknown_names(session: Session, drafts: Sequence[Draft]) -> list[Fault]:
    channels = _known(session, _CHANNELS, {draft.channel_id for draft in drafts})
    items = _known(session, _ITEMS, {line.item_id for draft in drafts for line in draft.lines})
    found = []
    for number, draft in enumerate(drafts):
        if draft.channel_id not in channels:
            values = {"id": draft.channel_id}
            found.append(Fault(f"orders.{number}.channel_id", "orders.unknown_channel", values))
        found += [
            Fault(f"orders.{number}.lines.{n}.item_id", "orders.unknown_item", {"id": line.item_id})
            for n, line in enumerate(draft.lines)
            if line.item_id not in items
        ]
    return found


def _known(session: Session, lookup: Lookup, wanted: Collection[int]) -> set[int]:
    return {row[0] for row in lookup.all(session, wanted)} if wanted else set()


def _fresh(session: Session, drafts: Iterable[Draft]) -> dict[int, Draft]:
    """Return, by place in the row, the orders that nobody told us before; told twice here, the first counts."""
    first: dict[Source, int] = {}
    by_channel: dict[int, set[str]] = {}
    kept: dict[int, Draft] = {}
    for place, draft in enumerate(drafts):
        if first.setdefault((draft.channel_id, draft.source_id), place) == place:
            by_channel.setdefault(draft.channel_id, set()).add(draft.source_id)
            kept[place] = draft
    known = {
        (channel_id, row[0])
        for channel_id, sources in sorted(by_channel.items())
        for row in _KNOWN.all(session, sources, channel_id=channel_id)
    }
    return {
        place: draft
        for place, draft in kept.items()
        if (draft.channel_id, draft.source_id) not in known
    }


def _look(draft: Draft) -> Looked:
    inputs = checks.inputs_of(
        draft.contact,
        payment=draft.payment,
        risk=draft.risk,
        personalised=sum(1 for line in draft.lines if line.personalisation),
    )
    return Looked(draft, inputs, checks.choose(inputs))


def _tell(
    session: Session, numbers: Sequence[int], looked: Sequence[Looked], *, by: int, at: datetime
) -> None:
    """Keep why each order may go on or not, open what stops it, and say all of it."""
    for number, one in zip(numbers, looked, strict=True):
        announce(session, OrderReceived(number, one.draft.channel_id), by=by, at=at)
        keep(
            session,
            checks.CHECK,
            one.inputs,
            one.choice,
            subject="order",
            subject_id=number,
            by=by,
            at=at,
        )
    wanted = [
        rows.NewHold(number, kind, blocks)
        for number, one in zip(numbers, looked, strict=True)
        for kind, blocks in one.choice["holds"]
    ]
    holds = rows.keep_holds(session, wanted, by=by, at=at)
    for hold_id, new in zip(holds, wanted, strict=True):
        fact = HoldOpened(new.order_id, hold_id, new.kind, new.blocks)
        announce(session, fact, by=by, at=at)
    for number, one in zip(numbers, looked, strict=True):
        if one.choice["accepted"]:
            announce(session, OrderAccepted(number), by=by, at=at)
