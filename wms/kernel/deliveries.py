"""Facts on their way to reactions: in order for each thing, each once in effect, a dead one parks only its own kind."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import cache
from typing import Any

from sqlalchemy import (
    BindParameter,
    ColumnElement,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    select,
    update,
)
from sqlalchemy.orm import Session, aliased
from sqlalchemy.orm.util import AliasedClass

from wms.kernel.back_off import back_off
from wms.kernel.commands import HOUSE
from wms.kernel.events import DeliveryDied, DeliveryDismissed, DeliveryReplayed
from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared, among
from wms.kernel.refusal import NotFound, Refusal
from wms.kernel.tables import Delivery, StoredEvent

TRIES = 10
"""How often a reaction is tried, about a quarter of an hour in all, before a person must look at it."""

TROUBLE_LIMIT = 500

PARKED = timedelta(days=1)
"""How far ahead what waits behind the dead is put; replaying or dismissing the dead brings it back at once."""


class NotDead(Refusal):
    """Only a dead delivery can be replayed or dismissed; the others are on their way or have arrived."""

    sentence = "kernel.delivery_not_dead"


@dataclass(frozen=True)
class Claimed:
    """A delivery that is ours until `lease_until`: who comes back later writes nothing."""

    id: int
    reaction: str
    tries: int
    lease_until: datetime


@cache
def due(reactions: tuple[str, ...]) -> Prepared:
    """Return the question whether these reactions could be told anything `at` a moment; every lane asks it often."""
    return Prepared(_due(reactions, bindparam("at")))


def _due(reactions: Sequence[str], at: datetime | BindParameter[datetime]) -> Select[int]:
    # Joined to nothing, the name cannot be looked up in an index: SQLite would read and sort all that waits for it
    # instead of taking the next one that is due.
    name = Delivery.reaction.concat("")
    return (
        select(Delivery.id)
        .where(among(name, reactions), _is_open(), ~_earlier_is_undone())
        .where(Delivery.due_at <= at, Delivery.lease_until <= at)
        .order_by(Delivery.due_at, Delivery.id)
        .limit(1)
    )


def claim(
    session: Session, reactions: Sequence[str], *, until: datetime, at: datetime
) -> Claimed | None:
    """Take the next delivery that is due, for as long as its lease lasts; None where there is none."""
    chosen = _due(reactions, at).with_for_update(skip_locked=True, of=Delivery).scalar_subquery()
    take = (
        update(Delivery)
        .where(Delivery.id == chosen)
        .values(lease_until=until, tries=Delivery.tries + 1)
        .returning(Delivery.id, Delivery.reaction, Delivery.tries, Delivery.lease_until)
    )
    row = session.execute(take, execution_options={"synchronize_session": False}).first()
    return Claimed(*row) if row else None


def tell(
    session: Session, claimed: Claimed, known: Mapping[tuple[str, str], Any], *, at: datetime
) -> None:
    """Carry out the reaction and mark it done, both or neither. Whose lease was taken over does nothing."""
    delivery = _ours(session, claimed)
    if delivery is None:
        return
    stored = session.get_one(StoredEvent, delivery.event_id)
    fact, reaction = known[stored.type, delivery.reaction]
    reaction(session, fact.from_data(stored.data), HOUSE, at)
    delivery.done_at, delivery.trouble = at, None


def put_off(session: Session, claimed: Claimed, trouble: str, *, at: datetime) -> None:
    """Come back to it later, each time after a longer wait; after the last try it is dead and shown."""
    delivery = _ours(session, claimed)
    if delivery is None:
        return
    delivery.trouble = trouble[:TROUBLE_LIMIT]
    delivery.lease_until = at
    delivery.due_at = at + back_off(claimed.tries, f"delivery {claimed.id}")
    _put_behind(session, delivery)
    if claimed.tries >= TRIES:
        delivery.dead_at = at
        _tell_that_it_died(session, delivery, at)


def replay(session: Session, *, delivery_id: int, by: int, at: datetime) -> None:
    """Send a dead delivery on its way again, as if it had never been tried."""
    delivery = _dead(session, delivery_id)
    delivery.dead_at, delivery.tries, delivery.due_at = None, 0, at
    _let_go_on(session, delivery, at)
    announce(session, DeliveryReplayed(delivery_id), by=by, at=at)


def dismiss(session: Session, *, delivery_id: int, reason: str, by: int, at: datetime) -> None:
    """Call a dead delivery settled by hand, so that those behind it go on. It keeps `dead_at` and what went wrong."""
    delivery = _dead(session, delivery_id)
    delivery.done_at = at
    _let_go_on(session, delivery, at)
    announce(session, DeliveryDismissed(delivery_id, reason), by=by, at=at)


def park(session: Session, *, at: datetime) -> None:
    """Put aside what waits behind the dead, so that nobody looks through it for what could be told now."""
    earlier = aliased(Delivery)
    behind = _same_row(earlier) & (earlier.id < Delivery.id) & earlier.dead_at.is_not(None)
    waiting = update(Delivery).where(
        _is_open(), Delivery.due_at <= at, exists().where(behind, earlier.done_at.is_(None))
    )
    later = waiting.values(due_at=at + PARKED)
    session.execute(later, execution_options={"synchronize_session": False})


def dead(session: Session) -> Sequence[Delivery]:
    """Return the deliveries that wait for a person, oldest first."""
    waiting = select(Delivery).where(Delivery.dead_at.is_not(None), Delivery.done_at.is_(None))
    return session.scalars(waiting.order_by(Delivery.id)).all()


def oldest_due(session: Session) -> datetime | None:
    """Return since when the next delivery could have been told; those behind a dead one do not count."""
    first = select(Delivery.due_at).where(_is_open(), ~_earlier_is_undone())
    return session.scalar(first.order_by(Delivery.due_at, Delivery.id).limit(1))


def end_leases(session: Session, *, at: datetime) -> None:
    """Take back what a courier that died had in hand. Only where it is certain that there is no other courier."""
    held = update(Delivery).where(Delivery.done_at.is_(None), Delivery.lease_until > at)
    session.execute(held.values(lease_until=at), execution_options={"synchronize_session": False})


def _is_open() -> ColumnElement[bool]:
    return Delivery.done_at.is_(None) & Delivery.dead_at.is_(None)


def _earlier_is_undone() -> ColumnElement[bool]:
    earlier = aliased(Delivery)
    return exists().where(_same_row(earlier), earlier.id < Delivery.id, earlier.done_at.is_(None))


def _same_row(other: type[Delivery] | AliasedClass[Delivery]) -> ColumnElement[bool]:
    return and_(
        other.reaction == Delivery.reaction,
        other.subject == Delivery.subject,
        other.subject_id == Delivery.subject_id,
    )


def _put_behind(session: Session, head: Delivery) -> None:
    """What waits behind a delivery is not looked at before it."""
    behind = _behind(head).where(Delivery.due_at < head.due_at).values(due_at=head.due_at)
    session.execute(behind, execution_options={"synchronize_session": False})


def _let_go_on(session: Session, head: Delivery, at: datetime) -> None:
    """Bring back what was put aside behind a delivery that is settled."""
    behind = _behind(head).where(Delivery.due_at > at).values(due_at=at)
    session.execute(behind, execution_options={"synchronize_session": False})
    session.info["wake"] = True


def _behind(head: Delivery) -> Update:
    return update(Delivery).where(
        Delivery.reaction == head.reaction,
        Delivery.subject == head.subject,
        Delivery.subject_id == head.subject_id,
        Delivery.id > head.id,
        Delivery.done_at.is_(None),
    )


def _ours(session: Session, claimed: Claimed) -> Delivery | None:
    held = select(Delivery).where(
        Delivery.id == claimed.id,
        Delivery.lease_until == claimed.lease_until,
        Delivery.tries == claimed.tries,
        Delivery.done_at.is_(None),
    )
    return session.scalar(held.with_for_update())


def _dead(session: Session, delivery_id: int) -> Delivery:
    delivery = session.get(Delivery, delivery_id, with_for_update=True)
    if delivery is None:
        raise NotFound
    if delivery.dead_at is None or delivery.done_at is not None:
        raise NotDead
    return delivery


def _tell_that_it_died(session: Session, delivery: Delivery, at: datetime) -> None:
    cause = session.get_one(StoredEvent, delivery.event_id)
    if (
        cause.type != DeliveryDied.type_name()
    ):  # whoever is told of deaths may die too: that is told to nobody
        announce(
            session, DeliveryDied(delivery.id, delivery.reaction, delivery.tries), by=HOUSE, at=at
        )
