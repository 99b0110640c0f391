"""Promising stock: units of an item for a while, or these units in this bin until they are taken."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy.orm import Session

from wms.kernel.decisions import keep
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.stock.actions.shelf import Shelf, lay_out_bins, lock, write_down
from wms.stock.actions.statements import Numbered
from wms.stock.events import StockPromised
from wms.stock.promises import Hardness, Outcome, Promise, Request, Shortage
from wms.stock.rules import bins
from wms.stock.tables import Allocation

_PROMISES = Numbered(Allocation)


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
    wanted = {
        (request.warehouse_id, line.item_id) for request in requests for line in request.lines
    }
    shelf = lock(session, wanted, at)
    if any(request.hardness is Hardness.HARD for request in requests):
        lay_out_bins(session, shelf)
    decided = [_decide(shelf, request) for request in requests]
    write_down(session, shelf)
    numbers = _record(session, decided, shelf, by=by, at=at)
    return [_settle(session, one, numbers, by=by, at=at) for one in decided]


class _Part(NamedTuple):
    """One promise to be made."""

    item_id: int
    balance_id: int | None
    units: int


@dataclass(frozen=True, slots=True)
class _Decided:
    """What a request gets: what was weighed, what was chosen, and the promises that follow."""

    request: Request
    inputs: dict[str, Any]
    choice: dict[str, Any]
    parts: tuple[_Part, ...]


def _decide(shelf: Shelf, request: Request) -> _Decided:
    stocks = [shelf.get((request.warehouse_id, line.item_id)) for line in request.lines]
    inputs = {
        "reference": request.reference,
        "hardness": request.hardness.value,
        "if_short": request.if_short.value,
        "today": next((stock.today for stock in stocks if stock), ""),
        "lines": [
            _weigh(shelf, request, item_id, quantity)
            for item_id, quantity in _sums(request).items()
        ],
    }
    choice = bins.choose(inputs)
    parts = tuple(_parts(request.hardness, choice))
    for item_id, balance_id, units in parts:
        stock = shelf[request.warehouse_id, item_id]
        if balance_id is None:
            stock.keep_soft(units)
        else:
            stock.keep_hard(balance_id, units)
    return _Decided(request, inputs, choice, parts)


def _weigh(shelf: Shelf, request: Request, item_id: int, quantity: int) -> dict[str, Any]:
    stock = shelf.get((request.warehouse_id, item_id))
    if stock is None:
        return {"item": item_id, "quantity": quantity, "free": 0, "bins": []}
    candidates = []
    if request.hardness is Hardness.HARD:
        # Copies: what this request takes must not change what an earlier one is said to have seen.
        free = [bin_.copy() for bin_ in stock.bins.values() if bin_[bins.FREE] > 0]
        candidates = bins.weighed(free, quantity, stock.today)
    return {"item": item_id, "quantity": quantity, "free": stock.free, "bins": candidates}


def _parts(hardness: Hardness, choice: dict[str, Any]) -> Iterator[_Part]:
    for line in choice["lines"]:
        if hardness is Hardness.HARD:
            for balance_id, units in line["took"]:
                yield _Part(line["item"], balance_id, units)
        elif line["promised"]:
            yield _Part(line["item"], None, line["promised"])


def _record(
    session: Session, decided: Sequence[_Decided], shelf: Shelf, *, by: int, at: datetime
) -> Iterator[int]:
    common = {
        "consumed": 0,
        "command_uid": session.info["command"].uid,
        "actor_id": by,
        "allocated_at": at,
        "ended_at": None,
    }
    rows = [
        {
            "state": one.request.hardness.value,
            "hardness": one.request.hardness.value,
            "owner_id": shelf[one.request.warehouse_id, part.item_id].key.owner_id,
            "warehouse_id": one.request.warehouse_id,
            "item_id": part.item_id,
            "balance_id": part.balance_id,
            "quantity": part.units,
            "reference": one.request.reference,
            "expires_at": one.request.expires_at,
            **common,
        }
        for one in decided
        for part in one.parts
    ]
    return iter(_PROMISES.add(session, rows))


def _settle(
    session: Session, one: _Decided, numbers: Iterator[int], *, by: int, at: datetime
) -> Outcome:
    request = one.request
    promises = tuple(
        Promise(next(numbers), part.item_id, part.units, part.balance_id) for part in one.parts
    )
    shortages = tuple(
        Shortage(line["item"], line["quantity"], line["quantity"] - line["short"])
        for line in one.choice["lines"]
        if line["short"]
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
    return Outcome(request, promises, shortages)


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
            values = {"quantity": line.quantity}
            yield Fault(f"{where}.lines.{n}.quantity", "stock.no_units", values)
    is_soft = request.hardness is Hardness.SOFT
    if is_soft and (request.expires_at is None or request.expires_at <= at):
        yield Fault(f"{where}.expires_at", "stock.soft_must_end")
    if not is_soft and request.expires_at is not None:
        yield Fault(f"{where}.expires_at", "stock.hard_never_ends")
