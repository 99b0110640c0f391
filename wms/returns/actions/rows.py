"""Returns and what belongs to them, held while they change."""

from collections.abc import Collection, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes import actions as codes
from wms.codes.queries import Kind
from wms.kernel.refusal import Refusal
from wms.kernel.statements import Numbered
from wms.orders.tables import OrderLine
from wms.returns.lifecycle import State
from wms.returns.queries import NoSuchReturn
from wms.returns.tables import Return, ReturnLine, ReturnUnit

__all__ = ["NoSuchReturn"]

_NUMBERS = Numbered(Return)


class NotYourParcel(Refusal):
    """Another person looks at the return now."""

    sentence = "returns.somebody_elses"


def held(session: Session, return_id: int) -> Return:
    """Return one under lock, as it is now; raises NoSuchReturn."""
    session.flush()
    found = session.get(Return, return_id, with_for_update=True, populate_existing=True)
    if found is None:
        raise NoSuchReturn(id=return_id)
    return found


def yours(session: Session, return_id: int, by: int) -> Return:
    """Return one under lock that this person looks at; raises NoSuchReturn, NotYourParcel."""
    found = held(session, return_id)
    if found.worker_id != by:
        raise NotYourParcel(number=found.number)
    return found


def new_return(
    session: Session,
    *,
    warehouse_id: int,
    order_id: int | None,
    state: State,
    reason: str = "",
    at: datetime,
) -> Return:
    """Write a return down; its label can be scanned from now on."""
    [number] = _NUMBERS.numbers(session, 1)
    row = Return(
        id=number,
        number=f"R-{number:06}",
        warehouse_id=warehouse_id,
        order_id=order_id,
        state=state.value,
        reason=reason,
        created_at=at,
    )
    session.add(row)
    session.flush()
    codes.register(session, code=f"WXR{row.number}", kind=Kind.RETURN, target_id=row.id, at=at)
    return row


def hold_lines(
    session: Session, order_id: int, line_ids: Collection[int] | None = None
) -> list[OrderLine]:
    """Hold lines of an order, so that nobody else brings units of them back at the same moment."""
    query = select(OrderLine).where(OrderLine.order_id == order_id)
    if line_ids is not None:
        query = query.where(OrderLine.id.in_(line_ids))
    query = query.order_by(OrderLine.id).with_for_update(key_share=True)
    return list(session.scalars(query.execution_options(populate_existing=True)))


def line_of(
    session: Session, return_id: int, *, order_line_id: int | None, item_id: int
) -> ReturnLine:
    """Return the line of a return that such units count on; it is made when they first come."""
    is_of = (
        ReturnLine.order_line_id.is_(None)
        if order_line_id is None
        else ReturnLine.order_line_id == order_line_id
    )
    found = session.scalar(
        select(ReturnLine).where(
            ReturnLine.return_id == return_id, ReturnLine.item_id == item_id, is_of
        )
    )
    if found is not None:
        return found
    made = ReturnLine(return_id=return_id, order_line_id=order_line_id, item_id=item_id)
    session.add(made)
    session.flush()
    return made


def live_units(session: Session, return_id: int) -> Sequence[tuple[ReturnUnit, ReturnLine]]:
    """Return what was scanned out of the parcel and not taken back, the newest first, each with its line."""
    rows = session.execute(
        select(ReturnUnit, ReturnLine)
        .join(ReturnLine, ReturnLine.id == ReturnUnit.line_id)
        .where(ReturnLine.return_id == return_id, ReturnUnit.undone_at.is_(None))
        .order_by(ReturnUnit.id.desc())
        .execution_options(populate_existing=True)
    )
    return [(unit, line) for unit, line in rows]


def ungraded(session: Session, return_id: int) -> Sequence[tuple[ReturnUnit, ReturnLine]]:
    """Return what lies before the person and has no grade yet, the newest first."""
    return [(unit, line) for unit, line in live_units(session, return_id) if not unit.disposition]
