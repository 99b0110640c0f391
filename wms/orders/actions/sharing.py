"""Who gets what when stock is shared out: the higher priority first, then the earlier promise."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.orders.actions.works import Work, WorkLine
from wms.orders.events import FulfillmentAllocated, FulfillmentBackordered
from wms.orders.lifecycle import FoState, FoVerb
from wms.stock import actions as stock
from wms.stock.promises import IfShort, Line, Outcome, Request


def share_out(session: Session, works: Sequence[Work], *, by: int, at: datetime) -> list[Work]:
    """Promise stock to open fulfillment orders; returns what was split off them, which nobody wrote down yet.

    One that gets all of it is allocated. Where too little is there, one that ships partly keeps what it got and the
    rest waits as a part of its own; any other waits whole, and keeps nothing from others.
    """
    first = sorted(works, key=lambda work: work.rank)
    outcomes = stock.allocate(session, [_request(work) for work in first], by=by, at=at)
    rests = (_settle(work, outcome) for work, outcome in zip(first, outcomes, strict=True))
    return [rest for rest in rests if rest]


def tell(session: Session, works: Sequence[Work], *, by: int, at: datetime) -> None:
    """Say what came of it."""
    for work in works:
        is_whole = work.state is FoState.ALLOCATED
        fact = FulfillmentAllocated if is_whole else FulfillmentBackordered
        announce(session, fact(work.id, work.order_id), by=by, at=at)


def _request(work: Work) -> Request:
    return Request(
        reference=work.number,
        warehouse_id=work.warehouse_id,
        lines=tuple(Line(line.item_id, line.ordered) for line in work.lines),
        if_short=IfShort.TAKE_WHAT_IS_THERE if work.ships_partly else IfShort.REFUSE,
    )


def _settle(work: Work, outcome: Outcome) -> Work | None:
    for promise in outcome.promises:
        work.lines[promise.line].promises.append(promise)
    work.goes(FoVerb.ALLOCATE_ALL if outcome.promises else FoVerb.NO_STOCK)
    if not outcome.promises or not outcome.shortages:
        return None
    return _split(work)


def _split(work: Work) -> Work:
    """Cut off what nobody has: whole lines go over, of the others the rest."""
    rest = [_cut(line) for line in work.lines if line.promised < line.ordered]
    work.lines = [line for line in work.lines if line.promises]
    later = work.rest(rest)
    later.goes(FoVerb.NO_STOCK)
    return later


def _cut(line: WorkLine) -> WorkLine:
    if not line.promises:
        return line
    rest = WorkLine(line.order_line_id, line.item_id, line.ordered - line.promised)
    line.ordered = line.promised
    return rest
