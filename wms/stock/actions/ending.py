"""The end of promises that are not fulfilled: released, expired, or broken because the goods are not there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.statements import Lookup
from wms.stock.actions.shelf import Shelf, Where, lock, write_down
from wms.stock.events import PromiseEnded, StockFreed
from wms.stock.lifecycle import ALLOCATION, AllocationState, AllocationVerb
from wms.stock.queries import UnknownPromise
from wms.stock.tables import Allocation

EXPIRED_AT_ONCE = 1000
"""Most promises that one run of the schedule ends; the rest wait for the next run, or for whoever needs the units."""

_COLUMNS = (
    Allocation.id,
    Allocation.state,
    Allocation.warehouse_id,
    Allocation.item_id,
    Allocation.balance_id,
    Allocation.quantity - Allocation.consumed,
    Allocation.reference,
)

_BY_NUMBER = Lookup(Allocation.id, lambda wanted: select(*_COLUMNS).where(wanted))

_DUE = Prepared(
    select(*_COLUMNS)
    .where(
        Allocation.state == AllocationState.SOFT.value,
        Allocation.expires_at <= bindparam("at", type_=Allocation.expires_at.type),
    )
    .order_by(Allocation.expires_at, Allocation.id)
    .limit(EXPIRED_AT_ONCE)
)

_DUE_OF_ITEMS = Lookup(
    Allocation.item_id,
    lambda wanted: select(*_COLUMNS).where(
        wanted,
        Allocation.state == AllocationState.SOFT.value,
        Allocation.expires_at <= bindparam("at", type_=Allocation.expires_at.type),
    ),
)

_END = Prepared(
    text("""
    UPDATE allocation SET state = :state, ended_at = :at
    WHERE id = :id AND state = :was AND quantity - consumed = :left
    """).bindparams(bindparam("at", type_=Allocation.ended_at.type))
)


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise as it was read: `left` are its units that were not taken yet."""

    id: int
    state: str
    warehouse_id: int
    item_id: int
    balance_id: int | None
    left: int
    reference: str


def release(session: Session, allocation_ids: Collection[int], *, by: int, at: datetime) -> None:
    """Give promised units back, all of these promises or none.

    Raises UnknownPromise for a number nobody knows, NotNow for a promise that is over.
    """
    kept = promises(session, allocation_ids)
    shelf = lock(session, _wheres(kept), at)
    end(session, shelf, kept, AllocationVerb.RELEASE, by=by, at=at)
    write_down(session, shelf)
    _tell_freed(session, kept, by=by, at=at)


def expire(session: Session, *, by: int, at: datetime) -> int:
    """End soft promises whose time is over; returns how many."""
    due = [Kept(*row) for row in _DUE.all(session, {"at": at})]
    shelf = lock(session, _wheres(due), at)
    end(session, shelf, due, AllocationVerb.EXPIRE, by=by, at=at)
    write_down(session, shelf)
    _tell_freed(session, due, by=by, at=at)
    return len(due)


def reclaim(
    session: Session, shelf: Shelf, scarce: Collection[Where], *, by: int, at: datetime
) -> None:
    """End soft promises of these locked items whose time is over, so that nobody waits for the schedule to do it."""
    if not scarce:
        return
    rows = _DUE_OF_ITEMS.all(session, {item_id for _, item_id in scarce}, at=at)
    due = [promise for promise in (Kept(*row) for row in rows) if _where(promise) in scarce]
    end(session, shelf, due, AllocationVerb.EXPIRE, by=by, at=at)


def promises(session: Session, allocation_ids: Collection[int]) -> list[Kept]:
    """Return promises as they are at this moment; raises UnknownPromise for a number nobody knows."""
    kept = [Kept(*row) for row in _BY_NUMBER.all(session, allocation_ids)] if allocation_ids else []
    for unknown in sorted(set(allocation_ids) - {promise.id for promise in kept}):
        raise UnknownPromise(id=unknown)
    return kept


def end(
    session: Session,
    shelf: Shelf,
    kept: Sequence[Kept],
    verb: AllocationVerb,
    *,
    by: int,
    at: datetime,
) -> None:
    """End promises of locked items and give their units back to the shelf, which is still to be written down.

    Raises NotNow for a promise that is over.
    """
    ends = {one.id: ALLOCATION.after(AllocationState(one.state), verb).value for one in kept}
    rows = [
        {"id": one.id, "was": one.state, "left": one.left, "state": ends[one.id], "at": at}
        for one in sorted(kept, key=lambda one: one.id)
    ]
    if rows and _END.run_many(session, rows) != len(rows):
        # They were read before their items were locked: whoever was faster is seen by the next run of this act.
        raise StaleDataError("a promise ended meanwhile")
    for promise in kept:
        stock = shelf[_where(promise)]
        if promise.balance_id is None:
            stock.keep_soft(-promise.left)
        else:
            stock.keep_hard(promise.balance_id, -promise.left)
        fact = PromiseEnded(
            promise.id,
            promise.warehouse_id,
            promise.item_id,
            promise.left,
            ends[promise.id],
            promise.reference,
        )
        announce(session, fact, by=by, at=at)


def _tell_freed(session: Session, kept: Sequence[Kept], *, by: int, at: datetime) -> None:
    freed: dict[Where, int] = {}
    for promise in kept:
        freed[_where(promise)] = freed.get(_where(promise), 0) + promise.left
    for (warehouse_id, item_id), units in sorted(freed.items()):
        if units:
            announce(session, StockFreed(item_id, warehouse_id, units), by=by, at=at)


def _wheres(kept: Sequence[Kept]) -> set[Where]:
    return {_where(promise) for promise in kept}


def _where(promise: Kept) -> Where:
    return promise.warehouse_id, promise.item_id
