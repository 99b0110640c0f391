"""Breaking promises that the floor proved impossible: the newest first, so that who asked first keeps the goods."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Select, select, text
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.kernel.prepared import Prepared
from wms.stock.actions.ending import Kept, end, promises
from wms.stock.actions.shelf import Shelf, Where, lock, write_down
from wms.stock.lifecycle import AllocationState, AllocationVerb
from wms.stock.moves import Pile, StockStatus
from wms.stock.tables import Allocation, StockBalance


@dataclass(frozen=True, slots=True)
class Held:
    """What a pile holds and how much of it is promised, while its item is locked."""

    balance_id: int = 0
    quantity: int = 0
    reserved: int = 0


@dataclass(frozen=True, slots=True)
class Own:
    """The promise that a move fulfills itself, and with how many units: it does not stand in its own way."""

    allocation_id: int | None = None
    units: int = 0


NOBODY = Own()

_KNOW_ITEM = Prepared(
    text("""
    INSERT INTO item_availability (owner_id, warehouse_id, item_id, sellable, soft, hard)
    SELECT owner_id, CAST(:warehouse_id AS BIGINT), id, 0, 0, 0 FROM item WHERE id = :item_id
    ON CONFLICT (owner_id, warehouse_id, item_id) DO NOTHING
    """)
)


def hold_item(session: Session, where: Where, at: datetime) -> Shelf:
    """Lock an item in a warehouse until this transaction ends, also one that was never stocked there."""
    session.flush()
    _KNOW_ITEM.run(session, {"warehouse_id": where[0], "item_id": where[1]})
    return lock(session, [where], at)


def held(session: Session, pile: Pile, where: Where, at: datetime) -> Held:
    """Lock the item of a pile and return what the pile holds: it stays true until this transaction ends."""
    hold_item(session, where, at)
    row = session.execute(
        select(StockBalance.id, StockBalance.quantity, StockBalance.reserved).where(
            StockBalance.location_id == pile.location_id,
            StockBalance.item_id == pile.item_id,
            StockBalance.lot_id == pile.lot_id,
            StockBalance.serial_id == pile.serial_id,
            StockBalance.status == pile.status.value,
        )
    ).first()
    return Held(*row) if row else Held()


def open_units(session: Session, allocation_id: int | None, balance_id: int, quantity: int) -> Own:
    """Return how far a promise is still open for units of this balance."""
    if allocation_id is None:
        return NOBODY
    [promise] = promises(session, [allocation_id])
    if promise.state != AllocationState.HARD or promise.balance_id != balance_id:
        return NOBODY
    return Own(allocation_id, min(promise.left, quantity))


def make_way(
    session: Session,
    pile: Pile,
    where: Where,
    quantity: int,
    *,
    sparing: Own,
    by: int,
    at: datetime,
) -> None:
    """Break as many promises as stand in the way of so many units leaving a pile: hard ones of it, then soft ones."""
    there = held(session, pile, where, at)
    shelf = lock(session, [where], at)
    if where not in shelf or not there.balance_id:
        return
    hard = there.reserved - sparing.units - (there.quantity - quantity)
    others = _hard(there.balance_id, sparing)
    _break(session, shelf, others, hard, by=by, at=at)
    location = session.get_one(Location, pile.location_id)
    if location.holds_sellable and pile.status is StockStatus.AVAILABLE:
        soft = quantity - sparing.units - shelf[where].free
        _break(session, shelf, _soft(where), soft, by=by, at=at)
    write_down(session, shelf)


def _break(
    session: Session, shelf: Shelf, standing: Select[int], units: int, *, by: int, at: datetime
) -> None:
    if units <= 0:
        return
    kept = promises(session, session.scalars(standing).all())
    newest_first = sorted(kept, key=lambda promise: promise.id, reverse=True)
    end(session, shelf, list(_until(newest_first, units)), AllocationVerb.RELEASE, by=by, at=at)


def _until(kept: Iterable[Kept], units: int) -> Iterator[Kept]:
    for promise in kept:
        if units <= 0:
            return
        units -= promise.left
        yield promise


def _hard(balance_id: int, sparing: Own) -> Select[int]:
    return select(Allocation.id).where(
        Allocation.balance_id == balance_id,
        Allocation.state == AllocationState.HARD.value,
        Allocation.id != (sparing.allocation_id or 0),
    )


def _soft(where: Where) -> Select[int]:
    return select(Allocation.id).where(
        Allocation.warehouse_id == where[0],
        Allocation.item_id == where[1],
        Allocation.state == AllocationState.SOFT.value,
    )
