"""The gate: what every act above asks first, so that the next scan is red even if no reaction ran yet."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import bindparam, or_, select
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.orders.gate import Gate, Stop, StopKind
from wms.orders.holds import Step, stoppers
from wms.orders.lifecycle import FoState
from wms.orders.queries.fos import NoSuchFo
from wms.orders.queries.orders import OPEN_HOLDS
from wms.orders.tables import FoLine, FulfillmentOrder, OrderHold

_FO = (
    FulfillmentOrder.id,
    FulfillmentOrder.number,
    FulfillmentOrder.order_id,
    FulfillmentOrder.state,
)

# Not the strongest lock: rows that point here may be written meanwhile, but nobody changes this one.
_HOLD_FO = Prepared(
    select(*_FO).where(FulfillmentOrder.id == bindparam("id")).with_for_update(key_share=True)
)
_HOLD_FO_OF_LINE = Prepared(
    select(*_FO)
    .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
    .where(FoLine.id == bindparam("id"))
    .with_for_update(key_share=True, of=FulfillmentOrder)
)
_HOLDS = Prepared(
    select(OrderHold.id, OrderHold.kind, OrderHold.blocks)
    .where(
        OrderHold.order_id == bindparam("order_id"),
        or_(*(OrderHold.state == state for state in OPEN_HOLDS)),
    )
    .order_by(OrderHold.id)
)

GONE = frozenset({FoState.REVOKING, FoState.CANCELLED})


def gate(session: Session, fo_id: int, *, step: Step = Step.PICK) -> Gate:
    """Lock a fulfillment order and say whether the floor may take this step with it. Raises NoSuchFo."""
    held = hold_fo(session, fo_id)
    if held.state in GONE:
        stop = Stop(StopKind.CANCELLED)
    elif hold := held_back(session, held.order_id, step):
        stop = Stop(StopKind.HELD, hold[1], hold[0])
    else:
        return held
    return Gate(held.fo_id, held.number, held.order_id, held.state, stop)


def hold_fo(session: Session, fo_id: int) -> Gate:
    """Lock a fulfillment order and return it as it is; raises NoSuchFo."""
    session.flush()
    row = _HOLD_FO.first(session, {"id": fo_id})
    if row is None:
        raise NoSuchFo(fo=fo_id)
    return _held(row)


def hold_fos(session: Session, fo_ids: Collection[int]) -> list[Gate]:
    """Lock fulfillment orders in the order of their numbers; raises NoSuchFo."""
    session.flush()
    rows = session.execute(
        select(*_FO)
        .where(FulfillmentOrder.id.in_(fo_ids))
        .order_by(FulfillmentOrder.id)
        .with_for_update(key_share=True)
    ).all()
    for unknown in sorted(set(fo_ids) - {row[0] for row in rows}):
        raise NoSuchFo(fo=unknown)
    return [_held(row) for row in rows]


def hold_fo_of_line(session: Session, fo_line_id: int) -> Gate:
    """Lock the fulfillment order of a line; raises NoSuchFo."""
    session.flush()
    row = _HOLD_FO_OF_LINE.first(session, {"id": fo_line_id})
    if row is None:
        raise NoSuchFo(fo=fo_line_id)
    return _held(row)


def _held(row: Sequence[Any]) -> Gate:
    fo_id, number, order_id, state = row
    return Gate(fo_id, number, order_id, FoState(state))


def held_back(session: Session, order_id: int, step: Step) -> tuple[int, str] | None:
    """Return the number and kind of the first hold that forbids an order this step."""
    rows: Iterable[tuple[int, str, str]] = _HOLDS.all(session, {"order_id": order_id})
    forbidding = stoppers(step)
    return next(((row[0], row[1]) for row in rows if row[2] in forbidding), None)
