"""Units that the tote should hold and does not."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.kernel.outbox import announce
from wms.orders import actions as orders
from wms.orders import queries as order_queries
from wms.orders.gate import FoState
from wms.orders.queries import NoSuchFo
from wms.orders.tables import FoLine
from wms.packing.actions.filling import NotInTote, see_that_in_tote
from wms.packing.actions.noting import ActVerb, note
from wms.packing.actions.opening import end
from wms.packing.actions.rows import held_packages, pass_gate
from wms.packing.actions.units import Units
from wms.packing.actions.weighing import end_if_all_packed
from wms.packing.events import UnitsMissingAtPacking
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason

__all__ = ["NotInTote", "missing"]


def missing(
    session: Session,
    *,
    fo_line_id: int,
    tote_id: int,
    item_id: int,
    lot_id: int,
    serial_id: int,
    quantity: int,
    by: int,
    at: datetime,
) -> FoState:
    """Say that units which the tote should hold are not in it: they are lost, and the order gets others later.

    Returns where that leads: packing goes on, all waits for them (awaiting_stock), or nothing is left to pack
    (backordered). Cannot be undone. Raises OrderStopped, NotInTote, NotNow.
    """
    line = session.get(FoLine, fo_line_id)
    if line is None:
        raise NoSuchFo(fo=fo_line_id)
    fo_id = line.fo_id
    gate = pass_gate(session, fo_id)
    units = Units(tote_id, fo_line_id, item_id, lot_id, serial_id, quantity)
    see_that_in_tote(session, units)
    if gate.state not in {FoState.PACKING, FoState.AWAITING_STOCK}:
        orders.start_pack(session, fo_id, by=by, at=at)
    after = orders.missing_at_packing(
        session, fo_line_id=fo_line_id, quantity=quantity, by=by, at=at
    )
    warehouse_id = order_queries.fo(session, fo_id).warehouse_id
    one = Move(
        item_id,
        tote_id,
        outside(session, warehouse_id, Outside.LOST),
        quantity,
        Reason.LOST,
        lot_id=lot_id,
        serial_id=serial_id,
        reference=gate.number,
    )
    moves = stock.post(session, [one], by=by, at=at)
    told = {"units": vars(units), "moves": moves}
    note(session, ActVerb.MISSING, fo_id=fo_id, tote_id=tote_id, before=told, by=by, at=at)
    fact = UnitsMissingAtPacking(fo_id, item_id, tote_id, quantity)
    announce(session, fact, by=by, at=at)
    if after is FoState.BACKORDERED:
        for package in held_packages(session, fo_id):
            end(session, package, by=by, at=at)
    elif after is FoState.PACKING and held_packages(session, fo_id):
        end_if_all_packed(session, fo_id, by=by, at=at)
    return after
