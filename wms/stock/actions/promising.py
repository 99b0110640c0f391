"""Promising stock: units of an item for a while, or these units in this bin until they are taken."""

from collections.abc import Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import insert
from sqlalchemy.orm import Session

from wms.kernel.decisions import keep
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.stock.actions.shelf import Shelf, lay_out_bins, lock, today, write_down
from wms.stock.events import StockPromised
from wms.stock.promises import Hardness, Outcome, Promise, Request, Shortage
from wms.stock.rules import bins
from wms.stock.tables import Allocation

_PROMISES = insert(Allocation).returning(Allocation.id, sort_by_parameter_order=True)


def allocate(
    session: Session, requests: Sequence[Request], *, by: int, at: datetime
) -> list[Outcome]:
    """Promise stock to each request in turn; what one gets, the next no longer finds. Says what each got.

    A request for more than is free gets nothing, or what there is, as it says itself; the others do not suffer.
    Whoever else wants the same items waits until this transaction ends, so nothing is refused that is there.
    Raises Wrong where a request does not hold together.
    """
    if found := [fault for n, request in enumerate(requests) for fault in _faults(n, request, at)]:
        raise Wrong(*found)
    shelf = lock(
        session,
        {request.warehouse_id for request in requests},
        {line.item_id for request in requests for line in request.lines},
    )
    if any(request.hardness is Hardness.HARD for request in requests):
        lay_out_bins(session, shelf)
    days = today(session, {request.warehouse_id for request in requests}, at)
    decided = [_decide(shelf, request, days) for request in requests]
    write_down(session, shelf)
    return _record(session, requests, decided, shelf, by, at)


Decided = tuple[dict[str, Any], dict[str, Any]]
"""What was weighed and what was chosen."""


def _decide(shelf: Shelf, request: Request, days: dict[int, str]) -> Decided:
    day = days.get(request.warehouse_id, "")
    inputs = {
        "reference": request.reference,
        "hardness": request.hardness.value,
        "if_short": request.if_short.value,
        "today": day,
        "lines": [
            _weigh(shelf, request, item_id, quantity, day)
            for item_id, quantity in _sums(request).items()
        ],
    }
    choice = bins.choose(inputs)
    for line in choice["lines"]:
        stock = shelf.get((request.warehouse_id, line["item"]))
        if stock is None:
            continue
        if request.hardness is Hardness.SOFT:
            stock.keep_soft(line["promised"])
        for balance_id, units in line["took"]:
            stock.keep_hard(balance_id, units)
    return inputs, choice


def _weigh(shelf: Shelf, request: Request, item_id: int, quantity: int, day: str) -> dict[str, Any]:
    stock = shelf.get((request.warehouse_id, item_id))
    line = {"item": item_id, "quantity": quantity, "free": stock.free if stock else 0, "bins": []}
    if stock and request.hardness is Hardness.HARD:
        # Copies: what this request takes must not change what another was shown.
        free = [list(bin_) for bin_ in stock.bins.values() if bin_[bins.FREE] > 0]
        line["bins"] = bins.weighed(free, quantity, day)
    return line


def _record(
    session: Session,
    requests: Sequence[Request],
    decided: Sequence[Decided],
    shelf: Shelf,
    by: int,
    at: datetime,
) -> list[Outcome]:
    uid = session.info["command"].uid
    rows = [
        _row(shelf, request, item_id, balance_id, units)
        | {"command_uid": uid, "actor_id": by, "allocated_at": at}
        for request, (_, choice) in zip(requests, decided, strict=True)
        for item_id, balance_id, units in _parts(request, choice)
    ]
    numbers = iter(session.connection().scalars(_PROMISES, rows) if rows else ())
    outcomes = []
    for request, (inputs, choice) in zip(requests, decided, strict=True):
        promises = tuple(
            Promise(next(numbers), item_id, units, balance_id)
            for item_id, balance_id, units in _parts(request, choice)
        )
        outcomes.append(Outcome(request, promises, tuple(_shortages(choice))))
        _tell(session, outcomes[-1], by, at)
        subject, subject_id = (
            ("allocation", promises[0].allocation_id)
            if promises
            else (
                "item",
                choice["lines"][0]["item"],
            )
        )
        keep(
            session,
            bins.ALLOCATE,
            inputs,
            choice,
            subject=subject,
            subject_id=subject_id,
            by=by,
            at=at,
        )
    return outcomes


def _parts(request: Request, choice: dict[str, Any]) -> Iterator[tuple[int, int | None, int]]:
    """Yield item, balance and units of each promise that a choice makes."""
    for line in choice["lines"]:
        if request.hardness is Hardness.HARD:
            for balance_id, units in line["took"]:
                yield line["item"], balance_id, units
        elif line["promised"]:
            yield line["item"], None, line["promised"]


def _row(
    shelf: Shelf, request: Request, item_id: int, balance_id: int | None, units: int
) -> dict[str, Any]:
    return {
        "state": request.hardness.value,
        "hardness": request.hardness.value,
        "owner_id": shelf[request.warehouse_id, item_id].key.owner_id,
        "warehouse_id": request.warehouse_id,
        "item_id": item_id,
        "balance_id": balance_id,
        "quantity": units,
        "consumed": 0,
        "reference": request.reference,
        "expires_at": request.expires_at,
        "ended_at": None,
    }


def _shortages(choice: dict[str, Any]) -> Iterator[Shortage]:
    for line in choice["lines"]:
        if line["short"]:
            yield Shortage(line["item"], line["quantity"], line["quantity"] - line["short"])


def _tell(session: Session, outcome: Outcome, by: int, at: datetime) -> None:
    request = outcome.request
    for promise in outcome.promises:
        fact = StockPromised(
            promise.allocation_id,
            promise.item_id,
            request.warehouse_id,
            promise.quantity,
            request.hardness.value,
            request.reference,
        )
        announce(session, fact, by=by, at=at)


def _sums(request: Request) -> dict[int, int]:
    sums: dict[int, int] = {}
    for line in request.lines:
        sums[line.item_id] = sums.get(line.item_id, 0) + line.quantity
    return sums


def _faults(number: int, request: Request, at: datetime) -> Iterator[Fault]:
    where = f"requests.{number}"
    if not request.lines:
        yield Fault(f"{where}.lines", "stock.no_lines")
    for n, line in enumerate(request.lines):
        if line.quantity < 1:
            yield Fault(
                f"{where}.lines.{n}.quantity", "stock.no_units", {"quantity": line.quantity}
            )
    is_soft = request.hardness is Hardness.SOFT
    if is_soft and (request.expires_at is None or request.expires_at <= at):
        yield Fault(f"{where}.expires_at", "stock.soft_must_end")
    if not is_soft and request.expires_at is not None:
        yield Fault(f"{where}.expires_at", "stock.hard_never_ends")
