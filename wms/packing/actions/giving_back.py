"""Cancelled orders of which something is in boxes: it goes back into a tote, or into bins straight from the box."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.moving import actions as moving
from wms.moving.events import MoveTaskEnded
from wms.moving.tables import MoveTask
from wms.orders import actions as orders
from wms.orders.events import FulfillmentRevoked
from wms.orders.gate import FoState, Gate, StopKind
from wms.packing.actions.labelling import take_label_off
from wms.packing.actions.noting import forget
from wms.packing.actions.opening import end, units_in
from wms.packing.actions.rows import go, held_packages
from wms.packing.actions.units import Units, count, items_of
from wms.packing.events import PackingGivenBack
from wms.packing.lifecycle import PackageState, PackageVerb
from wms.packing.tables import Package, PackageItem
from wms.picking import actions as picking
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason
from wms.stock.tables import StockBalance

PARTY = "packing"
"""As which `orders` knows us: what is revoked waits until each party has let go."""

GONE = (PackageState.STAGED, PackageState.HANDED_OVER)
"""No packer has these boxes."""


class NotCancelled(Refusal):
    """The order goes on: nothing of it goes back."""

    sentence = "packing.not_cancelled"


def give_back(session: Session, *, fo_id: int, tote_id: int, by: int, at: datetime) -> int:
    """Put everything a cancelled order has in boxes at the bench into a tote; returns how many units.

    Its boxes are void then, and the units are put back into bins from the tote. Raises NotCancelled, picking's
    ToteNotReady.
    """
    picking.hold_trips(session, fo_id)
    gate = orders.gate(session, fo_id)
    if gate.stop is None or gate.stop.kind is not StopKind.CANCELLED:
        raise NotCancelled(order=gate.number)
    boxes = [box for box in held_packages(session, fo_id) if box.state not in GONE]
    units = sum(units_in(session, box) for box in boxes)
    if units:
        picking.take_back_into(session, fo_id=fo_id, tote_id=tote_id, by=by, at=at)
    for box in boxes:
        _pour(session, gate, box, tote_id, by=by, at=at)
        give_up(session, box, by=by, at=at)
    if units:
        announce(session, PackingGivenBack(fo_id, tote_id, units), by=by, at=at)
        picking.stop(session, fo_id, by=by, at=at)
    settle(session, fo_id, by=by, at=at)
    return units


def stop_cancelled(session: Session, fact: FulfillmentRevoked, by: int, at: datetime) -> None:
    """React to a cancelled order: empty boxes are void, staged ones are emptied by whoever puts things back.

    What stands at a bench is given back by its packer, whose next scan is red.
    """
    gate = orders.gate(session, fact.fo_id)
    if gate.stop is None:
        return
    for box in held_packages(session, fact.fo_id):
        if not units_in(session, box):
            give_up(session, box, by=by, at=at)
        elif box.state == PackageState.STAGED:
            _ask_back(session, gate, box, by=by, at=at)
    settle(session, fact.fo_id, by=by, at=at)


def settle_when_back(session: Session, fact: MoveTaskEnded, by: int, at: datetime) -> None:
    """React to units that were put back: let go of a cancelled order when its last box is empty."""
    if fact.kind != moving.Kind.PUT_BACK or fact.fo_id is None:
        return
    gate = orders.gate(session, fact.fo_id)
    if gate.state is not FoState.REVOKING:
        return
    for box in held_packages(session, fact.fo_id):
        if _asked(session, box):
            _follow(session, box, by=by, at=at)
            if not units_in(session, box):
                give_up(session, box, by=by, at=at)
    settle(session, fact.fo_id, by=by, at=at)


def settle(session: Session, fo_id: int, *, by: int, at: datetime) -> None:
    """Let go of a cancelled order of which no box is left."""
    if not held_packages(session, fo_id):
        orders.settle(session, fo_id, party=PARTY, by=by, at=at)


def give_up(session: Session, box: Package, *, by: int, at: datetime) -> None:
    """Make an empty box that is held none, however far it was; a label on it does not count any more."""
    if box.state in {PackageState.LABELLED, PackageState.STAGED}:
        take_label_off(session, box, by=by, at=at)
    if box.state in {PackageState.CLOSED, PackageState.WEIGHED}:
        go(session, box, PackageVerb.REOPEN)
    end(session, box, by=by, at=at)
    forget(session, box, at)


def _pour(
    session: Session, gate: Gate, box: Package, tote_id: int, *, by: int, at: datetime
) -> None:
    moves = []
    for item in items_of(session, box):
        moves.append(
            Move(
                item.item_id,
                box.location_id,
                tote_id,
                item.quantity,
                Reason.PACK,
                lot_id=item.lot_id,
                serial_id=item.serial_id,
                reference=gate.number,
            )
        )
        _uncount(session, box, item, item.quantity, by=by, at=at)
    stock.post(session, moves, by=by, at=at)


def _uncount(
    session: Session, box: Package, item: PackageItem, units: int, *, by: int, at: datetime
) -> None:
    """Count units of a box as not packed any more."""
    taken = Units(item.tote_id, item.fo_line_id, item.item_id, item.lot_id, item.serial_id, units)
    count(session, box, taken, -units)
    orders.unpacked(session, fo_line_id=item.fo_line_id, quantity=units, by=by, at=at)


def _ask_back(session: Session, gate: Gate, box: Package, *, by: int, at: datetime) -> None:
    """Ask once for what is in a box to be put back where it came from."""
    if _asked(session, box):
        return
    origins = picking.origins_of(session, box.fo_id)
    for item in items_of(session, box):
        thing = (item.item_id, item.lot_id, item.serial_id)
        for bin_id, units in origins.share(thing, item.quantity):
            moving.ask(
                session,
                kind=moving.Kind.PUT_BACK,
                source_id=box.location_id,
                item_id=item.item_id,
                lot_id=item.lot_id,
                serial_id=item.serial_id,
                quantity=units,
                target_id=bin_id,
                why=moving.Why.CANCELLED,
                reference=gate.number,
                fo_id=box.fo_id,
                by=by,
                at=at,
            )


def _asked(session: Session, box: Package) -> bool:
    """Tell whether somebody was asked to empty a box."""
    query = select(MoveTask.id).where(
        MoveTask.source_id == box.location_id, MoveTask.kind == moving.Kind.PUT_BACK.value
    )
    return session.scalar(query.limit(1)) is not None


def _follow(session: Session, box: Package, *, by: int, at: datetime) -> None:
    """Count what somebody took out of a box as not packed any more."""
    lies = {
        (row.item_id, row.lot_id, row.serial_id): row.quantity
        for row in session.scalars(
            select(StockBalance).where(StockBalance.location_id == box.location_id)
        )
    }
    for item in items_of(session, box):
        thing = (item.item_id, item.lot_id, item.serial_id)
        stays = min(item.quantity, lies.get(thing, 0))
        lies[thing] = lies.get(thing, 0) - stays
        if item.quantity > stays:
            _uncount(session, box, item, item.quantity - stays, by=by, at=at)
