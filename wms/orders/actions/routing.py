"""Which warehouse works on each order."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.decisions import decide
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.wants import Wanted
from wms.orders.rules.routing import ROUTE
from wms.stock.queries import availability

_HOUSES = Prepared(
    select(Warehouse.id, Warehouse.code)
    .where(Warehouse.archived_at.is_(None))
    .order_by(Warehouse.code)
)


class House(NamedTuple):
    """A warehouse in use."""

    id: int
    code: str


class NoWarehouse(Refusal):
    """The house has no warehouse that could work on an order."""

    sentence = "orders.no_warehouse"


class Router:
    """Routes a batch of orders; what one is sent for, the next no longer counts on. Nothing is locked for it."""

    def __init__(self, session: Session, wanted: Sequence[Wanted]) -> None:
        """Look up what there is of everything that is wanted, where there is a choice at all. Raises NoWarehouse."""
        self._session = session
        self._houses = [House(*row) for row in _HOUSES.all(session, {})]
        self._free: dict[int, dict[int, int]] = {}
        if not self._houses:
            raise NoWarehouse
        if len(self._houses) == 1:
            return
        items = {line.item_id for one in wanted for line in one.lines}
        for house in self._houses:
            there = availability(session, items, house.id)
            self._free[house.id] = {item: one.available_to_promise for item, one in there.items()}

    def route(self, wanted: Wanted, *, by: int, at: datetime) -> int:
        """Return the warehouse for an order. Where there is only one, nothing is decided."""
        if not self._free:
            return self._houses[0].id
        units: dict[int, int] = {}
        for line in wanted.lines:
            units[line.item_id] = units.get(line.item_id, 0) + line.ordered
        inputs = {
            "wanted": [list(pair) for pair in units.items()],
            "warehouses": [
                {
                    "id": house.id,
                    "code": house.code,
                    "free": [self._free[house.id][item_id] for item_id in units],
                }
                for house in self._houses
            ],
        }
        choice = decide(
            self._session,
            ROUTE,
            inputs,
            subject="order",
            subject_id=wanted.order_id,
            by=by,
            at=at,
        )
        warehouse_id: int = choice["warehouse"]
        for item_id, n in units.items():
            self._free[warehouse_id][item_id] -= n
        return warehouse_id
