"""Fulfillment orders in hand: as they are planned, before they are rows, and as they are read under their lock."""

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from sqlalchemy import insert, select, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from wms.kernel.prepared import Prepared
from wms.kernel.statements import Lookup, Numbered
from wms.orders.lifecycle import FO, FoState, FoVerb
from wms.orders.tables import Channel, FoLine, FulfillmentOrder, LineAllocation, Order
from wms.stock.promises import Promise

FIRST_VERSION = 1

_FOS = Numbered(FulfillmentOrder)
_FO_LINES = Numbered(FoLine)
_ALLOCATIONS = Prepared(insert(LineAllocation), ["allocation_id", "fo_line_id"])
_TAKEN = Lookup(
    FulfillmentOrder.number, lambda wanted: select(FulfillmentOrder.number).where(wanted)
)
_STATE = Prepared(
    text("""
    UPDATE fulfillment_order SET state = :state, version = version + 1 WHERE id = :id AND state = :was
    """)
)
_LAST_PART = Prepared(
    text("SELECT coalesce(max(part), 0) FROM fulfillment_order WHERE order_id = :order_id")
)


@dataclass(slots=True)
class WorkLine:
    """What one line of an order wants of one warehouse."""

    order_line_id: int
    item_id: int
    ordered: int
    id: int = 0
    promises: list[Promise] = field(default_factory=list)

    @property
    def promised(self) -> int:
        """Units that were promised just now."""
        return sum(promise.quantity for promise in self.promises)


@dataclass(slots=True)
class Work:
    """One fulfillment order."""

    order_id: int
    order_number: str
    warehouse_id: int
    part: int
    number: str
    priority: int
    ship_by: datetime | None
    ships_partly: bool
    lines: list[WorkLine]
    id: int = 0
    reached: FoState = FO.start
    split_from: "Work | None" = None

    def goes(self, verb: FoVerb) -> None:
        """Go where a verb leads; raises NotNow."""
        self.reached = FO.after(self.reached, verb)

    @property
    def state(self) -> FoState:
        """How far it is."""
        return self.reached

    def rest(self, lines: list[WorkLine]) -> "Work":
        """Return a part that wants these lines instead of this one; it has no number yet."""
        return replace(
            self, id=0, part=0, number="", lines=lines, reached=FO.start, split_from=self
        )

    @property
    def rank(self) -> tuple[int, bool, float, int]:
        """Whose turn it is when goods are scarce: the higher priority, then the earlier promise, then the older."""
        late = self.ship_by.timestamp() if self.ship_by else 0.0
        return -self.priority, self.ship_by is None, late, self.id


def held_works(session: Session, fo_ids: Collection[int]) -> list[Work]:
    """Lock fulfillment orders, in the order of their numbers, and return them with their lines."""
    session.flush()
    rows = session.execute(
        select(
            FulfillmentOrder.id,
            FulfillmentOrder.order_id,
            Order.number,
            FulfillmentOrder.warehouse_id,
            FulfillmentOrder.part,
            FulfillmentOrder.number,
            FulfillmentOrder.priority,
            FulfillmentOrder.ship_by,
            Channel.ships_partly,
            FulfillmentOrder.state,
        )
        .join(Order, Order.id == FulfillmentOrder.order_id)
        .join(Channel, Channel.id == Order.channel_id)
        .where(FulfillmentOrder.id.in_(fo_ids))
        .order_by(FulfillmentOrder.id)
        .with_for_update(key_share=True, of=FulfillmentOrder)
    ).all()
    works = {row[0]: Work(*row[1:9], lines=[], id=row[0], reached=FoState(row[9])) for row in rows}
    lines: Any = session.execute(
        select(FoLine.fo_id, FoLine.order_line_id, FoLine.item_id, FoLine.ordered, FoLine.id)
        .where(FoLine.fo_id.in_(works))
        .order_by(FoLine.id)
    )
    for fo_id, *line in lines:
        works[fo_id].lines.append(WorkLine(*line))
    return list(works.values())


def write_new(session: Session, works: Sequence[Work], *, at: datetime) -> None:
    """Write fulfillment orders and their lines down; each gets its number. Those they were split from come first."""
    numbers = _FOS.add(session, [_row(work, at) for work in works])
    for work, number in zip(works, numbers, strict=True):
        work.id = number
    write_lines(session, [(work, line) for work in works for line in work.lines])


def write_lines(session: Session, lines: Sequence[tuple[Work, WorkLine]]) -> None:
    """Write lines of written fulfillment orders down; each gets its number."""
    rows = [
        {
            "fo_id": work.id,
            "order_line_id": line.order_line_id,
            "item_id": line.item_id,
            "ordered": line.ordered,
            "allocated": line.promised,
            "picked": 0,
            "short": 0,
            "packed": 0,
            "shipped": 0,
            "missing": 0,
        }
        for work, line in lines
    ]
    for (_, line), number in zip(lines, _FO_LINES.add(session, rows), strict=True):
        line.id = number


def keep_promises(session: Session, kept: Iterable[tuple[int, Promise]]) -> None:
    """Write down which promise is for which line."""
    rows = [
        {"allocation_id": promise.allocation_id, "fo_line_id": line_id} for line_id, promise in kept
    ]
    if rows:
        _ALLOCATIONS.run_many(session, rows)


def move_state(session: Session, fo_id: int, was: FoState, verb: FoVerb) -> FoState:
    """Take a fulfillment order, whose row is locked, where a verb leads; raises NotNow."""
    after = FO.after(was, verb)
    write_state(session, fo_id, was, after)
    return after


def write_state(session: Session, fo_id: int, was: FoState, after: FoState) -> None:
    """Write down the state that the lifecycle led to."""
    row = {"id": fo_id, "was": was.value, "state": after.value}
    if _STATE.run(session, row) != 1:
        raise StaleDataError("a fulfillment order was changed without its lock")


def next_part(session: Session, order_id: int) -> int:
    """Return the number of the order's next part."""
    row = _LAST_PART.first(session, {"order_id": order_id})
    assert row is not None
    return int(row[0]) + 1


def name(session: Session, works: Sequence[Work]) -> None:
    """Give each the number by which people call it: the order's, and the part. Two channels may count alike."""
    plain = [f"{work.order_number}-{work.part}" for work in works]
    taken = {row[0] for row in _TAKEN.all(session, set(plain))} if plain else set()
    for work, number in zip(works, plain, strict=True):
        work.number = f"{number}~{work.order_id}" if number in taken else number
        taken.add(number)


def _row(work: Work, at: datetime) -> dict[str, Any]:
    return {
        "version": FIRST_VERSION,
        "order_id": work.order_id,
        "warehouse_id": work.warehouse_id,
        "part": work.part,
        "number": work.number,
        "state": work.state.value,
        "priority": work.priority,
        "ship_by": work.ship_by,
        "split_from_id": work.split_from.id if work.split_from else None,
        "created_at": at,
    }
