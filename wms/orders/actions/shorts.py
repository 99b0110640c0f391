"""Units that are not where they were promised: other bins are tried at once, and what nobody has is counted short."""

from datetime import datetime

from sqlalchemy import select, text
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.gating import hold_fo_of_line
from wms.orders.actions.picks import NotSoMany
from wms.orders.actions.works import keep_promises
from wms.orders.gate import Gate, Shorted
from wms.orders.lifecycle import FoState
from wms.orders.tables import LineAllocation
from wms.stock import actions as stock
from wms.stock.promises import IfShort, Line, Request
from wms.stock.queries import AllocationState
from wms.stock.tables import Allocation

ON_A_WALK = frozenset({FoState.RELEASED, FoState.PICKING})

_COUNT = Prepared(
    text("""
    UPDATE fo_line SET allocated = allocated - :units, short = short + :units
    WHERE id = :id AND allocated - :units >= 0 AND short + :units >= 0
    """)
)


class NotOnAWalk(Refusal):
    """Nobody picks the fulfillment order at this moment."""

    sentence = "orders.not_on_a_walk"


def short(
    session: Session, *, fo_line_id: int, allocation_id: int, quantity: int, by: int, at: datetime
) -> Shorted:
    """End a promise whose units are not there, and promise units of other bins in their place.

    `quantity` is all that the promise had left; its bin is not asked again. A promise that somebody broke meanwhile is
    over already, and its units are looked for all the same. The caller moves what is missing out of `available` after
    this. Raises NotOnAWalk, NotSoMany.
    """
    _see_that_on_a_walk(hold_fo_of_line(session, fo_line_id))
    promise = _promise(session, fo_line_id, allocation_id)
    if promise.state == AllocationState.HARD:
        if promise.quantity - promise.consumed != quantity:
            raise NotSoMany(quantity=quantity)
        stock.release(session, [allocation_id], by=by, at=at)
    request = Request(
        reference=promise.reference,
        warehouse_id=promise.warehouse_id,
        lines=(Line(promise.item_id, quantity),),
        if_short=IfShort.TAKE_WHAT_IS_THERE,
        avoid=(promise.balance_id,) if promise.balance_id else (),
    )
    [outcome] = stock.allocate(session, [request], by=by, at=at)
    keep_promises(session, ((fo_line_id, one) for one in outcome.promises))
    missing = quantity - sum(one.quantity for one in outcome.promises)
    if missing:
        _count(session, fo_line_id, missing)
    return Shorted(outcome.promises, missing)


def unshort(
    session: Session,
    *,
    fo_line_id: int,
    allocation_id: int,
    came: Shorted,
    by: int,
    at: datetime,
) -> int:
    """Take a short back before anybody acts on what came of it: the promise stands again. Returns its units.

    The caller has made the units of its bin `available` again before this. Raises NotOnAWalk, NotNow where a promise
    in its place was fulfilled already, stock's PromisedAway.
    """
    _see_that_on_a_walk(hold_fo_of_line(session, fo_line_id))
    _promise(session, fo_line_id, allocation_id)
    given_back = [one.allocation_id for one in came.promises]
    if given_back:
        stock.release(session, given_back, by=by, at=at)
    if came.short:
        _count(session, fo_line_id, -came.short)
    return stock.reopen(session, allocation_id=allocation_id, by=by, at=at)


def _see_that_on_a_walk(held: Gate) -> None:
    if held.state not in ON_A_WALK:
        raise NotOnAWalk(fo=held.number, state=held.state.value)


def _promise(session: Session, fo_line_id: int, allocation_id: int) -> Allocation:
    query = (
        select(Allocation)
        .join(LineAllocation, LineAllocation.allocation_id == Allocation.id)
        .where(Allocation.id == allocation_id, LineAllocation.fo_line_id == fo_line_id)
        .execution_options(populate_existing=True)
    )
    found = session.scalar(query)
    if found is None:
        raise NotSoMany(quantity=0)
    return found


def _count(session: Session, fo_line_id: int, units: int) -> None:
    if _COUNT.run(session, {"id": fo_line_id, "units": units}) != 1:
        raise NotSoMany(quantity=abs(units))
