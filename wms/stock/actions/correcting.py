"""Making the book agree with the floor: counts, finds, losses, scrap, and units that change their condition."""

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.stock.actions.breaking import NOBODY, held, make_way, open_units
from wms.stock.actions.posting import move, post
from wms.stock.actions.returned import see_no_grade
from wms.stock.events import StockFound
from wms.stock.moves import Move, Pile, Promises, Reason, StockStatus
from wms.stock.rules.corrections import adjust_faults

BEYOND: Mapping[Reason, Outside] = {Reason.LOST: Outside.LOST, Reason.SCRAP: Outside.SCRAP}
"""Where units go that are gone; all other differences are adjustments."""


def adjust(
    session: Session,
    *,
    pile: Pile,
    difference: int,
    reason: Reason,
    note: str = "",
    reference: str = "",
    promises: Promises = Promises.KEEP,
    by: int,
    at: datetime,
) -> int:
    """Add units to a pile or, below zero, take some away, and say why; returns the move's number.

    Units that are promised stay unless `promises` are broken for it. Raises Wrong where the reason does not fit,
    NotEnoughStock where the pile holds less, or less that is not promised.
    """
    if found := adjust_faults(difference, reason, note):
        raise Wrong(*found)
    warehouse_id = _warehouse_of(session, pile)
    if difference < 0 and promises is Promises.BREAK:
        where = (warehouse_id, pile.item_id)
        make_way(session, pile, where, -difference, sparing=NOBODY, by=by, at=at)
    beyond = outside(session, warehouse_id, BEYOND.get(reason, Outside.ADJUSTMENT))
    units = _leaving(pile, abs(difference), reason, note=note, reference=reference)
    units = replace(units, source_id=beyond) if difference > 0 else replace(units, target_id=beyond)
    return move(session, units, by=by, at=at)


def count(
    session: Session,
    *,
    pile: Pile,
    counted: int,
    note: str = "",
    reference: str = "",
    promises: Promises = Promises.KEEP,
    by: int,
    at: datetime,
) -> int | None:
    """Say how many units a pile holds; returns the number of the move that made the book agree, None if it did."""
    if counted < 0:
        raise Wrong(Fault("counted", "stock.less_than_nothing", {"quantity": counted}))
    booked = held(session, pile, (_warehouse_of(session, pile), pile.item_id), at).quantity
    if counted == booked:
        return None
    return adjust(
        session,
        pile=pile,
        difference=counted - booked,
        reason=Reason.COUNT,
        note=note,
        reference=reference,
        promises=promises,
        by=by,
        at=at,
    )


def change_status(
    session: Session,
    *,
    pile: Pile,
    quantity: int,
    status: StockStatus,
    reason: Reason = Reason.STATUS,
    note: str = "",
    reference: str = "",
    promises: Promises = Promises.KEEP,
    by: int,
    at: datetime,
) -> int:
    """Change the condition of units where they lie; returns the move's number.

    Raises GradedOnTheReturn, and as `adjust` does.
    """
    see_no_grade(pile.status, status)
    if promises is Promises.BREAK:
        where = (_warehouse_of(session, pile), pile.item_id)
        make_way(session, pile, where, quantity, sparing=NOBODY, by=by, at=at)
    units = _leaving(pile, quantity, reason, note=note, reference=reference)
    return move(session, replace(units, status_to=status), by=by, at=at)


def found(
    session: Session,
    *,
    pile: Pile,
    target_id: int,
    quantity: int,
    reason: Reason,
    allocation_id: int | None = None,
    note: str = "",
    reference: str = "",
    by: int,
    at: datetime,
) -> list[int]:
    """Book a move that already happened, whatever the book says; returns the numbers of its moves.

    What the pile did not have by the book is found there first, and somebody should count it. `allocation_id` is
    fulfilled as far as it is still open. What was promised to others and is gone is broken, and they are told.
    Never refused for lack of stock.
    """
    warehouse_id = _warehouse_of(session, pile)
    where = (warehouse_id, pile.item_id)
    there = held(session, pile, where, at)
    missing = max(0, quantity - there.quantity)
    own = open_units(session, allocation_id, there.balance_id, quantity)
    make_way(session, pile, where, quantity - missing, sparing=own, by=by, at=at)
    units = replace(
        _leaving(pile, quantity, reason, note=note, reference=reference), target_id=target_id
    )
    moves = []
    if missing:
        beyond = outside(session, warehouse_id, Outside.ADJUSTMENT)
        moves.append(_found(units, missing, beyond))
        announce(session, StockFound(pile.location_id, pile.item_id, missing), by=by, at=at)
    if own.units:
        moves.append(replace(units, quantity=own.units, allocation_id=own.allocation_id))
    if quantity > own.units:
        moves.append(replace(units, quantity=quantity - own.units))
    return post(session, moves, by=by, at=at)


def _found(units: Move, missing: int, beyond: int) -> Move:
    return replace(
        units,
        source_id=beyond,
        target_id=units.source_id,
        quantity=missing,
        reason=Reason.FOUND,
    )


def _warehouse_of(session: Session, pile: Pile) -> int:
    location = session.get(Location, pile.location_id)
    if location is None:
        raise Wrong(Fault("location_id", "stock.unknown_place", {"id": pile.location_id}))
    return location.warehouse_id


def _leaving(pile: Pile, quantity: int, reason: Reason, *, note: str, reference: str) -> Move:
    """Return units of a pile on their way; where to is still to be said."""
    return Move(
        pile.item_id,
        pile.location_id,
        pile.location_id,
        quantity,
        reason,
        lot_id=pile.lot_id,
        serial_id=pile.serial_id,
        status_from=pile.status,
        note=note,
        reference=reference,
    )
