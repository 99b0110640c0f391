"""Promising stock: units of an item for a while, or these units in this bin until they are taken."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.kernel.decisions import keep
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.statements import Numbered
from wms.stock.actions.deciding import Decided, Part, decide, sums
from wms.stock.actions.ending import reclaim
from wms.stock.actions.shelf import Shelf, Where, lay_out_bins, lock, write_down
from wms.stock.events import StockPromised
from wms.stock.promises import Hardness, Outcome, Promise, Request
from wms.stock.rules import bins
from wms.stock.tables import Allocation

PROMISES = Numbered(Allocation)


def allocate(
    session: Session, requests: Sequence[Request], *, by: int, at: datetime
) -> list[Outcome]:
    """Promise stock to each request in turn; what one gets, the next no longer finds. Says what each got.

    A request for more than is free gets nothing, or what there is, as it says itself; the others do not suffer.
    Whoever else wants the same items waits until this transaction ends, and soft promises whose time is over
    make way, so nothing is refused that is there. Raises Wrong where a request does not hold together.
    """
    if found := [fault for n, request in enumerate(requests) for fault in _faults(n, request, at)]:
        raise Wrong(*found)
    wanted = _wanted(requests)
    shelf = lock(session, wanted, at)
    scarce = {where for where, stock in shelf.items() if stock.free < wanted[where]}
    reclaim(session, shelf, scarce, by=by, at=at)
    if any(request.hardness is Hardness.HARD for request in requests):
        lay_out_bins(session, shelf)
    decided = [decide(shelf, request) for request in requests]
    write_down(session, shelf)
    rows = [
        row_of(session, shelf, one.request, part, by=by, at=at)
        for one in decided
        for part in one.parts
    ]
    numbers = iter(PROMISES.add(session, rows))
    return [settle(session, one, numbers, by=by, at=at) for one in decided]


def row_of(
    session: Session, shelf: Shelf, request: Request, part: Part, *, by: int, at: datetime
) -> dict[str, Any]:
    """Return a promise as it is kept."""
    return {
        "command_uid": session.info["command"].uid,
        "state": request.hardness.value,
        "hardness": request.hardness.value,
        "owner_id": shelf[request.warehouse_id, part.item_id].key.owner_id,
        "warehouse_id": request.warehouse_id,
        "item_id": part.item_id,
        "balance_id": part.balance_id,
        "quantity": part.units,
        "consumed": 0,
        "reference": request.reference,
        "actor_id": by,
        "allocated_at": at,
        "expires_at": request.expires_at,
        "ended_at": None,
    }


def settle(
    session: Session, one: Decided, numbers: Iterator[int], *, by: int, at: datetime
) -> Outcome:
    """Keep why a request got what it got, say so, and return what it got; `numbers` are those of its promises."""
    request = one.request
    promises = tuple(
        Promise(next(numbers), part.item_id, part.units, part.balance_id, part.line)
        for part in one.parts
    )
    about = ("item", one.choice["lines"][0]["item"])
    if promises:
        about = ("allocation", promises[0].allocation_id)
        lines = [[promise.item_id, promise.quantity] for promise in promises]
        fact = StockPromised(
            about[1], request.warehouse_id, request.hardness.value, request.reference, lines
        )
        announce(session, fact, by=by, at=at)
    keep(
        session,
        bins.ALLOCATE,
        one.inputs,
        one.choice,
        subject=about[0],
        subject_id=about[1],
        by=by,
        at=at,
    )
    return Outcome(request, promises, one.shortages)


def _wanted(requests: Sequence[Request]) -> dict[Where, int]:
    wanted: dict[Where, int] = {}
    for request in requests:
        for item_id, quantity in sums(request).items():
            where = (request.warehouse_id, item_id)
            wanted[where] = wanted.get(where, 0) + quantity
    return wanted


def _faults(number: int, request: Request, at: datetime) -> Iterator[Fault]:
    where = f"requests.{number}"
    if not request.lines:
        yield Fault(f"{where}.lines", "stock.no_lines")
    for n, line in enumerate(request.lines):
        if line.quantity < 1:
            values = {"quantity": line.quantity}
            yield Fault(f"{where}.lines.{n}.quantity", "stock.no_units", values)
    is_soft = request.hardness is Hardness.SOFT
    if is_soft and (request.expires_at is None or request.expires_at <= at):
        yield Fault(f"{where}.expires_at", "stock.soft_must_end")
    if not is_soft and request.expires_at is not None:
        yield Fault(f"{where}.expires_at", "stock.hard_never_ends")
