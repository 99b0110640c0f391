"""Picks that a device told too late: the units are in a tote, and nobody wants them any more."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.counting import actions as counting
from wms.moving import actions as moving
from wms.orders.gate import Gate
from wms.picking.tables import PickTask
from wms.stock import actions as stock
from wms.stock.moves import Pile, Reason


def orphan(
    session: Session,
    task: PickTask,
    gate: Gate,
    pile: Pile,
    *,
    tote_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> None:
    """Book what lies in the tote, let it be put back, and let the bin be counted."""
    stock.found(
        session,
        pile=pile,
        target_id=tote_id,
        quantity=quantity,
        reason=Reason.PICK,
        reference=gate.number,
        by=by,
        at=at,
    )
    moving.ask(
        session,
        kind=moving.Kind.PUT_BACK,
        source_id=tote_id,
        item_id=pile.item_id,
        lot_id=pile.lot_id,
        serial_id=pile.serial_id,
        quantity=quantity,
        target_id=task.location_id,
        why=moving.Why.PROBLEM,
        reference=gate.number,
        fo_id=task.fo_id,
        by=by,
        at=at,
    )
    counting.ask(
        session,
        location_id=task.location_id,
        cause=counting.Cause.FOUND,
        reference=gate.number,
        by=by,
        at=at,
    )
