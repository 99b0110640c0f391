"""What others may ask about stock: what lies where, what can be promised, what moved, and what was where when."""

from wms.stock.lifecycle import AllocationState
from wms.stock.queries.availability import Availability, Stocked, availability, stocked
from wms.stock.queries.balances import (
    Asked,
    Balance,
    balances,
    balances_of_item,
    balances_of_place,
    every_balance,
)
from wms.stock.queries.moves import MoveAsked, Moved, UnknownMove, move, moves
from wms.stock.queries.promises import (
    Promised,
    PromisedAsked,
    UnknownPromise,
    names,
    promise,
    promised,
)
from wms.stock.queries.times import Content, Lay, content_at

__all__ = [
    "AllocationState",
    "Asked",
    "Availability",
    "Balance",
    "Content",
    "Lay",
    "MoveAsked",
    "Moved",
    "Promised",
    "PromisedAsked",
    "Stocked",
    "UnknownMove",
    "UnknownPromise",
    "availability",
    "balances",
    "balances_of_item",
    "balances_of_place",
    "content_at",
    "every_balance",
    "move",
    "moves",
    "names",
    "promise",
    "promised",
    "stocked",
]
