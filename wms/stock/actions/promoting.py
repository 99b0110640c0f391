"""Turning a soft promise into hard ones: the units get their bins."""

from collections.abc import Collection
from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.stock.actions.deciding import Decided, decide
from wms.stock.actions.ending import Kept, promises
from wms.stock.actions.promising import PROMISES, row_of, settle
from wms.stock.actions.shelf import Shelf, lay_out_bins, lock, write_down
from wms.stock.lifecycle import ALLOCATION, AllocationState, AllocationVerb
from wms.stock.promises import Line, Outcome, Request

_PROMOTE = Prepared(
    text("""
    UPDATE allocation SET state = 'hard', hardness = 'hard', balance_id = :balance_id, quantity = :quantity,
        expires_at = NULL
    WHERE id = :id AND state = 'soft'
    """)
)


class NoBinForPromise(Refusal):
    """The units were promised, but what lies in bins cannot be picked: it went out of date."""

    sentence = "stock.no_bin_for_promise"


def promote(
    session: Session, allocation_ids: Collection[int], *, by: int, at: datetime
) -> list[Outcome]:
    """Give the units of soft promises their bins, all of these promises or none; returns what each became.

    A promise that needs two bins becomes two. Raises UnknownPromise, NotNow for a promise that is not soft any more,
    NoBinForPromise where its units are out of date.
    """
    kept = promises(session, allocation_ids)
    for promise in kept:
        ALLOCATION.after(AllocationState(promise.state), AllocationVerb.PROMOTE)
    shelf = lock(session, {(promise.warehouse_id, promise.item_id) for promise in kept}, at)
    lay_out_bins(session, shelf)
    decided = [_place(shelf, promise) for promise in kept]
    write_down(session, shelf)
    return [
        _record(session, shelf, promise, one, by=by, at=at)
        for promise, one in zip(kept, decided, strict=True)
    ]


def _place(shelf: Shelf, promise: Kept) -> Decided:
    shelf[promise.warehouse_id, promise.item_id].keep_soft(-promise.left)
    lines = (Line(promise.item_id, promise.left),)
    one = decide(shelf, Request(promise.reference, promise.warehouse_id, lines))
    for short in one.shortages:
        raise NoBinForPromise(id=promise.id, quantity=short.quantity, free=short.free)
    return one


def _record(
    session: Session, shelf: Shelf, promise: Kept, one: Decided, *, by: int, at: datetime
) -> Outcome:
    first, *others = one.parts
    values = {"id": promise.id, "balance_id": first.balance_id, "quantity": first.units}
    if _PROMOTE.run(session, values) != 1:
        raise StaleDataError("a promise ended before its item was locked")
    rows = [row_of(session, shelf, one.request, part, by=by, at=at) for part in others]
    numbers = [promise.id, *PROMISES.add(session, rows)]
    return settle(session, one, iter(numbers), by=by, at=at)
