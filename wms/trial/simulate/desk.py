"""The desk: takes the file in, puts orders together, releases them, answers the telephone, looks at odd counts."""

from collections.abc import Callable
from datetime import datetime, timedelta
from math import ceil
from pathlib import Path
from typing import Any, TypeVar

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot
from wms.channels.imports import ORDERS
from wms.counting import actions as counting
from wms.counting.tables import CountTask
from wms.kernel import importing
from wms.kernel.commands import Command
from wms.kernel.database import Database
from wms.kernel.importing import Counts
from wms.moving.tables import MoveTask
from wms.orders import actions as orders
from wms.orders.tables import FulfillmentOrder, Order
from wms.picking import actions as picking
from wms.picking.tables import PickRun
from wms.stock.moves import Reason
from wms.stock.tables import StockMove
from wms.trial.simulate.chance import CANCELS, Planted
from wms.trial.simulate.world import Goods, World
from wms.waves import actions as waves
from wms.waves.actions import NothingToPlan, NothingWaits
from wms.waves.plan import Filters

T = TypeVar("T")

LOOKS_EVERY = timedelta(minutes=4)

RINGS_EVERY = timedelta(seconds=15)
"""So often a customer tries who wants to call while their order is picked."""

CALLED_OFF = "The customer called."


def _states(column: Any, *states: str) -> Select[str, int]:
    return select(column, func.count()).where(column.in_(states)).group_by(column).order_by(column)


_RUNS = _states(PickRun.state, "queued", "assigned")
_MOVES = _states(MoveTask.state, "queued", "assigned", "in_hand")
_COUNTS = _states(CountTask.state, "requested", "counting", "submitted", "in_review")
_FOS = _states(
    FulfillmentOrder.state,
    *("allocated", "released", "picking", "picked", "awaiting_stock", "packing", "packed"),
    "revoking",
)


class Desk:
    """What the supervisor does, by the actions behind the pages. It reads lists as the pages show them."""

    def __init__(self, database: Database, lead: int, warehouse_id: int, planted: Planted) -> None:
        """Take who sits there."""
        self._database, self._lead, self._warehouse_id = database, lead, warehouse_id
        self._planted = planted
        self._acts = 0
        self._to_cancel = 0
        self._is_open = True
        self.called_off: set[str] = set()
        """Numbers of the orders that customers called off: nobody else may cancel one."""
        self._cleared = 0

    def take_in(self, file: Path, at: datetime) -> Counts:
        """Import a file of orders as `run.py import orders` does."""
        act = self._command("app.import_orders", at)
        return importing.carry_out(self._database, act, ORDERS, file).value

    def clear_shelves(self, world: World) -> None:
        """Take away what a correction of the shop struck off: somebody walks there with the list."""
        with self._database.read() as session:
            struck = (
                select(
                    StockMove.id,
                    Location.code,
                    Item.sku,
                    Lot.code,
                    StockMove.lot_id,
                    StockMove.quantity,
                )
                .join(Location, Location.id == StockMove.source_id)
                .join(Item, Item.id == StockMove.item_id)
                .join(Lot, Lot.id == StockMove.lot_id)
                .where(StockMove.reason == Reason.ADJUST, StockMove.id > self._cleared)
                .order_by(StockMove.id)
            )
            for number, place, sku, lot, lot_id, units in session.execute(struck).all():
                world.take(place, Goods(sku, lot if lot_id else ""), units)
                self._cleared = number

    def expect_calls(self, orders_in_all: int) -> None:
        """Note how many customers will call while their order is picked; none, where it would be the only order."""
        self._to_cancel = ceil(CANCELS * orders_in_all) if orders_in_all > 1 else 0

    def step(self, at: datetime) -> timedelta:
        """Do everything that waits on the desk now."""
        self._look_at_counts(at)
        if self._is_open:
            self._release(at)
        return LOOKS_EVERY

    def closes(self) -> None:
        """Release nothing more: what is free from now on waits for the next day."""
        self._is_open = False

    def is_all_gone(self) -> bool:
        """Tell whether everything that could leave today has left, and nothing is to be moved or counted."""
        return not self.what_is_left()

    def is_all_stowed(self) -> bool:
        """Tell whether nothing is to be moved or counted."""
        return not any(self._left(one) for one in (_MOVES, _COUNTS))

    def what_is_left(self) -> str:
        """Return in words what somebody still has to do."""
        return ", ".join(
            said for one in (_RUNS, _MOVES, _COUNTS, _FOS) if (said := self._left(one))
        )

    def _left(self, query: Select[str, int]) -> str:
        with self._database.read() as session:
            return ", ".join(f"{row[1]} {row[0]}" for row in session.execute(query))

    def _look_at_counts(self, at: datetime) -> None:
        with self._database.read() as session:
            odd = session.scalars(
                select(CountTask.id).where(CountTask.state == "in_review").order_by(CountTask.id)
            ).all()
        for number in odd:
            self._do(
                "counting.accept",
                at,
                lambda session, who, number=number: (
                    counting.accept(session, count_id=number, reason="Two counts agree.", **who).id
                ),
            )

    def telephone(self, at: datetime) -> timedelta | None:
        """Cancel an order that is being picked at this moment, where another customer calls."""
        if not self._to_cancel:
            return None
        with self._database.read() as session:
            here = session.execute(
                select(Order.id, Order.number)
                .join(FulfillmentOrder, FulfillmentOrder.order_id == Order.id)
                .where(FulfillmentOrder.state == "picking", Order.cancel_requested_at.is_(None))
                .order_by(Order.id)
            ).all()
        if not here:
            return RINGS_EVERY
        order_id, number = self._planted.dice.choice(here)
        self._do(
            "orders.cancel",
            at,
            lambda session, who: (
                orders.cancel(session, order_id=order_id, reason=CALLED_OFF, **who).id
            ),
        )
        self.called_off.add(number)
        self._to_cancel -= 1
        self._planted.happened("cancels")
        return LOOKS_EVERY

    def _release(self, at: datetime) -> None:
        """Release the next wave once the pickers have taken every trip of the last one."""
        with self._database.read() as session:
            if session.scalar(select(func.count()).where(PickRun.state == "queued")):
                return
        try:
            wave_id = self._do("waves.propose", at, self._propose)
            self._do(
                "picking.release",
                at,
                lambda session, who: picking.release(session, wave_id=wave_id, **who),
            )
        except (NothingWaits, NothingToPlan):
            return

    def _propose(self, session: Session, who: dict[str, Any]) -> int:
        filters = Filters()
        wave = waves.propose(session, warehouse_id=self._warehouse_id, filters=filters, **who)
        waves.plan(session, wave_id=wave.id, **who)
        return wave.id

    def _do(self, name: str, at: datetime, act: Callable[..., T]) -> T:
        who = {"by": self._lead, "at": at}
        return self._database.write(
            self._command(name, at), lambda session: act(session, who)
        ).value

    def _command(self, name: str, at: datetime) -> Command:
        self._acts += 1
        return Command(name=name, key=f"desk-{self._acts}", actor_id=self._lead, at=at)
