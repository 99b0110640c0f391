"""What a request gets from what is free, and the promises that follow. Writes nothing."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from wms.stock.actions.shelf import Shelf
from wms.stock.promises import Hardness, Request, Shortage
from wms.stock.rules import bins


class Part(NamedTuple):
    """One promise to be made; without a balance it is a soft one."""

    item_id: int
    balance_id: int | None
    units: int
    line: int = 0
    """Which line of the request it is for."""


@dataclass(frozen=True, slots=True)
class Decided:
    """What a request gets: what was weighed, what was chosen, and the promises that follow."""

    request: Request
    inputs: dict[str, Any]
    choice: dict[str, Any]
    parts: tuple[Part, ...]

    @property
    def shortages(self) -> tuple[Shortage, ...]:
        """What there was too little of."""
        return tuple(
            Shortage(line["item"], line["quantity"], line["quantity"] - line["short"])
            for line in self.choice["lines"]
            if line["short"]
        )


def sums(request: Request) -> dict[int, int]:
    """Return by item how many units a request wants: two lines of one item are one."""
    wanted: dict[int, int] = {}
    for line in request.lines:
        wanted[line.item_id] = wanted.get(line.item_id, 0) + line.quantity
    return wanted


def decide(shelf: Shelf, request: Request) -> Decided:
    """Choose for one request and take what it gets from the shelf."""
    stocks = [shelf.get((request.warehouse_id, line.item_id)) for line in request.lines]
    inputs: dict[str, Any] = {
        "reference": request.reference,
        "hardness": request.hardness.value,
        "if_short": request.if_short.value,
        "today": next((stock.today for stock in stocks if stock), ""),
        "lines": [_weigh(shelf, request, item, units) for item, units in sums(request).items()],
    }
    if request.avoid:
        inputs["avoid"] = list(request.avoid)
    choice = bins.choose(inputs)
    parts = tuple(_by_line(request, list(_parts(request.hardness, choice))))
    for item_id, balance_id, units, _ in parts:
        stock = shelf[request.warehouse_id, item_id]
        if balance_id is None:
            stock.keep_soft(units)
        else:
            stock.keep_hard(balance_id, units)
    return Decided(request, inputs, choice, parts)


def _weigh(shelf: Shelf, request: Request, item_id: int, quantity: int) -> dict[str, Any]:
    stock = shelf.get((request.warehouse_id, item_id))
    if stock is None:
        return {"item": item_id, "quantity": quantity, "free": 0, "bins": []}
    candidates = []
    if request.hardness is Hardness.HARD:
        # Copies: what this request takes must not change what an earlier one is said to have seen.
        free = [bin_.copy() for bin_ in stock.bins.values() if bin_[bins.FREE] > 0]
        candidates = bins.weighed(free, quantity, stock.today, request.avoid)
    return {"item": item_id, "quantity": quantity, "free": stock.free, "bins": candidates}


def _parts(hardness: Hardness, choice: dict[str, Any]) -> Iterator[Part]:
    for line in choice["lines"]:
        if hardness is Hardness.HARD:
            for balance_id, units in line["took"]:
                yield Part(line["item"], balance_id, units)
        elif line["promised"]:
            yield Part(line["item"], None, line["promised"])


def _by_line(request: Request, parts: list[Part]) -> Iterator[Part]:
    """Yield the parts cut so that each is for one line; of two lines with one item, the first is served first."""
    if len({line.item_id for line in request.lines}) == len(request.lines):
        place = {line.item_id: number for number, line in enumerate(request.lines)}
        yield from (
            Part(item_id, balance_id, units, place[item_id])
            for item_id, balance_id, units, _ in parts
        )
        return
    for number, line in enumerate(request.lines):
        wanted = line.quantity
        for at, part in enumerate(parts):
            if part.item_id == line.item_id and wanted and part.units:
                units = min(part.units, wanted)
                wanted -= units
                parts[at] = part._replace(units=part.units - units)
                yield part._replace(units=units, line=number)
