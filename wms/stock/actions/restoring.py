"""Promises that go on: what was taken under one lies in its bin again, or one that was given up is wanted after all."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.stock.actions.ending import Kept, promises
from wms.stock.actions.shelf import lay_out_bins, lock, write_down
from wms.stock.events import StockPromised
from wms.stock.lifecycle import ALLOCATION, AllocationState, AllocationVerb
from wms.stock.promises import Hardness
from wms.stock.rules.bins import FREE

_GO_ON = Prepared(
    text("""
    UPDATE allocation SET state = 'hard', ended_at = NULL, consumed = consumed - :units
    WHERE id = :id AND state = :was AND quantity - consumed = :left AND consumed >= :units
    """)
)


class PromisedAway(Refusal):
    """The units of the promise are not free in their bin any more."""

    sentence = "stock.promised_away"


def take_back(
    session: Session, *, allocation_id: int, quantity: int, by: int, at: datetime
) -> None:
    """Promise units again that were taken under this promise and lie in its bin again.

    Call it after the move was reversed. Raises UnknownPromise, NotNow, PromisedAway.
    """
    _go_on(session, allocation_id, AllocationVerb.TAKE_BACK, quantity, by=by, at=at)


def reopen(session: Session, *, allocation_id: int, by: int, at: datetime) -> int:
    """Promise again what a released promise had left; returns how many units. Raises as `take_back`."""
    return _go_on(session, allocation_id, AllocationVerb.REOPEN, 0, by=by, at=at)


def _go_on(
    session: Session,
    allocation_id: int,
    verb: AllocationVerb,
    taken: int,
    *,
    by: int,
    at: datetime,
) -> int:
    [kept] = promises(session, [allocation_id])
    ALLOCATION.after(AllocationState(kept.state), verb)
    units = kept.left if verb is AllocationVerb.REOPEN else taken
    _keep(session, kept, units, at)
    row = {"id": kept.id, "was": kept.state, "left": kept.left, "units": taken}
    if _GO_ON.run(session, row) != 1:
        # It was read before its item was locked, or more is taken back than was taken: the next run sees which.
        raise StaleDataError("a promise changed meanwhile")
    fact = StockPromised(
        kept.id, kept.warehouse_id, Hardness.HARD.value, kept.reference, [[kept.item_id, units]]
    )
    announce(session, fact, by=by, at=at)
    return units


def _keep(session: Session, kept: Kept, units: int, at: datetime) -> None:
    where = (kept.warehouse_id, kept.item_id)
    shelf = lock(session, [where], at)
    lay_out_bins(session, shelf)
    stock, balance_id = shelf[where], kept.balance_id or 0
    bin_ = stock.bins.get(balance_id)
    there = bin_[FREE] if bin_ else 0
    if min(there, stock.free) < units:
        free = max(min(there, stock.free), 0)
        raise PromisedAway(id=kept.id, quantity=units, free=free)
    stock.keep_hard(balance_id, units)
    write_down(session, shelf)
