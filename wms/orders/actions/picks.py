"""Counting what the floor picked, and what it laid back."""

from datetime import datetime

from sqlalchemy import text
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Refusal
from wms.orders.actions.gating import hold_fo_of_line
from wms.orders.actions.works import move_state
from wms.orders.lifecycle import FoState, FoVerb
from wms.stock import actions as stock

_COUNT = Prepared(
    text("""
    UPDATE fo_line SET allocated = allocated - :units, picked = picked + :units
    WHERE id = :id AND allocated - :units >= 0 AND picked + :units >= packed
    """)
)


class NotSoMany(Refusal):
    """The line has fewer units that this can be said of."""

    sentence = "orders.not_so_many"


def picked(session: Session, *, fo_line_id: int, quantity: int, by: int, at: datetime) -> FoState:
    """Count units as picked; the first begins the fulfillment order. The move that took them is posted by the caller.

    Raises NotNow where the fulfillment order is not with the floor, NotSoMany.
    """
    del by, at  # the ledger's move is the fact
    held = hold_fo_of_line(session, fo_line_id)
    state = held.state
    if state is not FoState.PICKING:
        state = move_state(session, held.fo_id, state, FoVerb.FIRST_PICK)
    _count(session, fo_line_id, quantity)
    return state


def unpicked(
    session: Session, *, fo_line_id: int, allocation_id: int, quantity: int, by: int, at: datetime
) -> FoState:
    """Count units as promised again that the caller has just moved back into their bin.

    The promise that they were picked under stands again. Raises NotNow, NotSoMany, stock's PromisedAway.
    """
    held = hold_fo_of_line(session, fo_line_id)
    state = held.state
    if state is not FoState.PICKING:
        state = move_state(session, held.fo_id, state, FoVerb.UNDO_PICKS)
    _count(session, fo_line_id, -quantity)
    stock.take_back(session, allocation_id=allocation_id, quantity=quantity, by=by, at=at)
    return state


def _count(session: Session, fo_line_id: int, units: int) -> None:
    if _COUNT.run(session, {"id": fo_line_id, "units": units}) != 1:
        raise NotSoMany(quantity=abs(units))
