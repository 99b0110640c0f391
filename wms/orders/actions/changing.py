"""Orders that change before the floor works on them: other lines, or fewer units of one."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.versions import touch
from wms.orders.actions.ending import end
from wms.orders.actions.going_on import go_on
from wms.orders.actions.locking import (
    OrderUnderWay,
    hold_order,
    see_that_not_begun,
    see_that_open,
)
from wms.orders.actions.planning import begun_units, plan_anew
from wms.orders.actions.stopping import look_again
from wms.orders.drafts import DraftLine
from wms.orders.events import OrderChanged, OrderLineCancelled
from wms.orders.holds import HoldKind
from wms.orders.queries.orders import NoSuchLine
from wms.orders.rules.drafts import lines_faults
from wms.orders.tables import Order, OrderLine


class WrongLines(Wrong):
    """The lines cannot be kept like this; each fault names its field, as in `lines.2.quantity`."""

    sentence = "orders.wrong_lines"


@dataclass(frozen=True, slots=True)
class LineEdit:
    """How a line shall be: `line` is the number of one that is there, None for a new one.

    Where price and wish are None, they stay as they are; a new line has none.
    """

    line: int | None
    item_id: int
    quantity: int
    price_minor: int | None = None
    personalisation: str | None = None


def cancel_line(
    session: Session,
    *,
    line_id: int,
    quantity: int,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Order:
    """Take units of a line that the floor has not begun with out of the order; without any left, it is cancelled.

    Raises NoSuchLine, Stale, WrongLines where the line has fewer, OrderOver and OrderUnderWay.
    """
    order_id = session.scalar(select(OrderLine.order_id).where(OrderLine.id == line_id))
    if order_id is None:
        raise NoSuchLine(line=line_id)
    order = hold_order(session, order_id, expected)
    see_that_open(order)
    line = session.get_one(OrderLine, line_id, populate_existing=True)
    left = line.quantity - line.cancelled
    if not 1 <= quantity <= left:
        raise WrongLines(Fault("quantity", "orders.line_has_fewer", {"left": left}), n=1)
    if quantity > left - begun_units(session, line):
        raise OrderUnderWay(number=order.number, fo=order.number)
    line.cancelled += quantity
    touch(order)
    session.flush()
    fact = OrderLineCancelled(order.id, line.line, quantity)
    announce(session, fact, by=by, at=at)
    _go_on_or_end(session, order, by=by, at=at)
    return order


def edit_lines(
    session: Session,
    *,
    order_id: int,
    lines: Sequence[LineEdit],
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Order:
    """Make the order's lines like these: what is not among them is cancelled, what has no number is added.

    Raises NoSuchOrder, Stale, NoSuchLine, WrongLines, OrderOver and OrderUnderWay.
    """
    drafts = [
        DraftLine(edit.item_id, edit.quantity, edit.price_minor or 0, edit.personalisation or "")
        for edit in lines
    ]
    order = hold_order(session, order_id, expected)
    see_that_not_begun(session, order)
    there = _lines(session, order_id)
    faults = [*lines_faults(drafts), *_edit_faults(session, lines, there)]
    if faults:
        raise WrongLines(*faults, n=len(faults))
    wishes = _wishes(there)
    _keep_lines(session, order_id, lines, there)
    touch(order)
    session.flush()
    announce(session, OrderChanged(order.id, "lines"), by=by, at=at)
    if _wishes(_lines(session, order_id)) != wishes:
        look_again(session, order, {HoldKind.PERSONALISATION}, by=by, at=at)
    _go_on_or_end(session, order, by=by, at=at)
    return order


def _go_on_or_end(session: Session, order: Order, *, by: int, at: datetime) -> None:
    if all(line.cancelled == line.quantity for line in _lines(session, order.id).values()):
        end(session, order, reason="", by=by, at=at)
        return
    plan_anew(session, order, by=by, at=at)
    go_on(session, order, by=by, at=at)
    session.refresh(order)


def _lines(session: Session, order_id: int) -> dict[int, OrderLine]:
    rows = session.scalars(
        select(OrderLine)
        .where(OrderLine.order_id == order_id)
        .order_by(OrderLine.line)
        .execution_options(populate_existing=True)
    )
    return {row.line: row for row in rows}


def _wishes(lines: dict[int, OrderLine]) -> list[tuple[int, int, str]]:
    """Return what is wanted with a personal wish: whoever lets it go on looked at exactly this."""
    return [
        (number, row.quantity - row.cancelled, row.personalisation)
        for number, row in lines.items()
        if row.personalisation and row.quantity > row.cancelled
    ]


def _edit_faults(
    session: Session, lines: Sequence[LineEdit], there: dict[int, OrderLine]
) -> list[Fault]:
    known = set(
        session.scalars(select(Item.id).where(Item.id.in_({edit.item_id for edit in lines})))
    )
    faults = []
    seen: set[int] = set()
    for number, edit in enumerate(lines):
        if edit.item_id not in known:
            values = {"id": edit.item_id}
            faults.append(Fault(f"lines.{number}.item_id", "orders.unknown_item", values))
        if edit.line is None:
            continue
        row = there.get(edit.line)
        if row is None or edit.line in seen:
            values = {"line": edit.line}
            faults.append(Fault(f"lines.{number}.line", "orders.no_line_of_that_number", values))
        elif row.item_id != edit.item_id:
            values = {"line": edit.line}
            faults.append(Fault(f"lines.{number}.item_id", "orders.line_has_its_item", values))
        seen.add(edit.line)
    return faults


def _keep_lines(
    session: Session, order_id: int, lines: Sequence[LineEdit], there: dict[int, OrderLine]
) -> None:
    wanted = {edit.line: edit for edit in lines if edit.line is not None}
    for number, row in there.items():
        if edit := wanted.get(number):
            row.quantity, row.cancelled = edit.quantity, 0
            if edit.price_minor is not None:
                row.price_minor = edit.price_minor
            if edit.personalisation is not None:
                row.personalisation = edit.personalisation
        else:
            row.cancelled = row.quantity
    last = max(there, default=0)
    session.add_all(
        OrderLine(
            order_id=order_id,
            line=last + number,
            item_id=edit.item_id,
            quantity=edit.quantity,
            price_minor=edit.price_minor or 0,
            personalisation=edit.personalisation or "",
        )
        for number, edit in enumerate((edit for edit in lines if edit.line is None), start=1)
    )
