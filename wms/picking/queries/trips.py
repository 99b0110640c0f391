"""The picture of a trip for the dialogue, read from the rows as they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.catalog import queries as catalog
from wms.catalog.tables import Item, Lot, Serial
from wms.orders.tables import FulfillmentOrder
from wms.picking.dialogue import Pick, Tote, Trip, Want, slot_name
from wms.picking.lifecycle import LIVE, TaskState
from wms.picking.tables import PickRun, PickTask, ToteBinding
from wms.stock.tables import Allocation, StockBalance

SINGLES = "singles"
OFFERS = 4
"""How many codes are offered between two picks."""

AHEAD = 12
"""How many tasks of the walk are looked at: nobody is shown more than the next bin."""

_LIVE = [state.value for state in LIVE]
_PARKED = ("problem", "staged")
_HOLDING = ("filling", "problem")


@dataclass(frozen=True)
class _Totes:
    on_trip: tuple[Tote, ...]
    holds_units: bool


def trip_of(session: Session, run: PickRun, *, also: int | None = None, at: datetime) -> Trip:
    """Return the picture of a trip; `also` names a task that is in it even where it is far ahead, or over."""
    totes = _totes(session, run)
    rows = _tasks(session, run.id, also)
    slots = {tote.fo_id: tote.slot for tote in totes.on_trip}
    picks = _picks(session, rows, slots)
    wants = _wants(session, run, totes.on_trip)
    done, of, units, shorts = _sums(session, run.id)
    offers = _offers(session, run.warehouse_id, at_start=bool(wants)) if wants or not picks else ()
    return Trip(
        run_id=run.id,
        number=run.number,
        picks=picks,
        totes=totes.on_trip,
        wants=wants,
        done=done,
        of=of,
        units=units,
        shorts=shorts,
        minutes=_minutes(run, at),
        holds_units=totes.holds_units,
        offers=offers,
    )


def _tasks(session: Session, run_id: int, also: int | None) -> Sequence[PickTask]:
    query = (
        select(PickTask)
        .join(Location, Location.id == PickTask.location_id)
        .where(PickTask.run_id == run_id, PickTask.state.in_(_LIVE))
        .order_by(PickTask.stop, Location.code, PickTask.id)
        .limit(AHEAD)
        .execution_options(populate_existing=True)
    )
    ahead = session.scalars(query).all()
    if also is None or any(task.id == also for task in ahead):
        return ahead
    return [*ahead, session.get_one(PickTask, also, populate_existing=True)]


def _picks(
    session: Session, tasks: Sequence[PickTask], slots: dict[int | None, str]
) -> tuple[Pick, ...]:
    if not tasks:
        return ()
    items = {task.item_id for task in tasks}
    codes = catalog.barcodes(session, sorted(items))
    rows = session.execute(
        select(PickTask.id, FulfillmentOrder.number, Location.code, Item, Lot.code, Serial.code)
        .join(FulfillmentOrder, FulfillmentOrder.id == PickTask.fo_id)
        .join(Location, Location.id == PickTask.location_id)
        .join(Item, Item.id == PickTask.item_id)
        .join(Lot, Lot.id == PickTask.lot_id)
        .join(Allocation, Allocation.id == PickTask.allocation_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Serial, Serial.id == StockBalance.serial_id)
        .where(PickTask.id.in_([task.id for task in tasks]))
    )
    known = {row[0]: row[1:] for row in rows}
    mixed = _bins_of_several_lots(session, tasks)
    picks = []
    for task in tasks:
        order, bin_code, item, lot, serial = known[task.id]
        picks.append(
            Pick(
                task_id=task.id,
                fo_id=task.fo_id,
                order=order,
                bin_id=task.location_id,
                bin=bin_code,
                item_id=item.id,
                sku=item.sku,
                name=item.name,
                done=task.picked + task.short,
                of=task.asked,
                slot=slots.get(task.fo_id, slots.get(None, "")),
                picture=item.picture,
                codes=tuple(barcode.code for barcode in codes[item.id]),
                lot=lot if task.lot_id else "",
                asks_lot=bool(task.lot_id) and (task.location_id, task.item_id) in mixed,
                serial=serial if item.tracks_serials else "",
                skips=task.skips,
                is_at_bin=task.state == TaskState.AT_BIN,
            )
        )
    return tuple(picks)


def _bins_of_several_lots(session: Session, tasks: Sequence[PickTask]) -> set[tuple[int, int]]:
    tracked = [task for task in tasks if task.lot_id]
    if not tracked:
        return set()
    rows = session.execute(
        select(StockBalance.location_id, StockBalance.item_id)
        .where(
            StockBalance.location_id.in_({task.location_id for task in tracked}),
            StockBalance.item_id.in_({task.item_id for task in tracked}),
            StockBalance.quantity > 0,
        )
        .group_by(StockBalance.location_id, StockBalance.item_id)
        .having(func.count(StockBalance.lot_id.distinct()) > 1)
    )
    return {(row[0], row[1]) for row in rows}


def _totes(session: Session, run: PickRun) -> _Totes:
    rows = session.execute(
        select(ToteBinding, Location.code, Lpn.state)
        .join(Location, Location.id == ToteBinding.tote_id)
        .join(Lpn, Lpn.location_id == ToteBinding.tote_id)
        .where(ToteBinding.run_id == run.id, ToteBinding.ended_at.is_(None))
        .order_by(ToteBinding.slot, ToteBinding.id)
        .execution_options(populate_existing=True)
    ).all()
    totes = tuple(
        Tote(
            id=binding.tote_id,
            code=code,
            slot=slot_name(binding.slot),
            fo_id=binding.fo_id,
            is_full=binding.is_full,
            is_parked=state in _PARKED,
        )
        for binding, code, state in rows
    )
    return _Totes(totes, any(state in _HOLDING for _, _, state in rows))


def _wants(session: Session, run: PickRun, totes: Collection[Tote]) -> tuple[Want, ...]:
    rows = session.execute(
        select(FulfillmentOrder.id, FulfillmentOrder.number)
        .join(PickTask, PickTask.fo_id == FulfillmentOrder.id)
        .where(PickTask.run_id == run.id, PickTask.state.in_(_LIVE))
        .distinct()
        .order_by(FulfillmentOrder.id)
    ).all()
    open_for = {tote.fo_id for tote in totes if tote.is_open}
    wanted = [(row[0], row[1]) for row in rows if row[0] not in open_for]
    if not wanted or (run.kind == SINGLES and None in open_for):
        return ()
    used = session.scalar(select(func.max(ToteBinding.slot)).where(ToteBinding.run_id == run.id))
    slot = 0 if used is None else used + 1
    if run.kind == SINGLES:
        return (Want(None, run.number, slot_name(slot)),)
    return tuple(
        Want(fo_id, number, slot_name(slot + place)) for place, (fo_id, number) in enumerate(wanted)
    )


def _sums(session: Session, run_id: int) -> tuple[int, int, int, int]:
    row = session.execute(
        select(
            func.sum(case((PickTask.state.not_in(_LIVE), 1), else_=0)),
            func.count(),
            func.sum(PickTask.picked),
            func.sum(case((PickTask.short > 0, 1), else_=0)),
        ).where(PickTask.run_id == run_id, PickTask.state != TaskState.CANCELLED.value)
    ).one()
    return int(row[0] or 0), row[1], int(row[2] or 0), int(row[3] or 0)


def _offers(session: Session, warehouse_id: int, *, at_start: bool) -> tuple[str, ...]:
    here = (Location.warehouse_id == warehouse_id, Location.archived_at.is_(None))
    if at_start:
        query = (
            select(Location.code)
            .join(Lpn, Lpn.location_id == Location.id)
            .where(*here, Location.kind == Kind.TOTE.value, Lpn.state == "free")
        )
    else:
        rests = (Kind.LANE.value, Kind.STAGE.value, Kind.BENCH.value)
        query = select(Location.code).where(*here, Location.kind.in_(rests))
    return tuple(session.scalars(query.order_by(Location.code).limit(OFFERS)))


def _minutes(run: PickRun, at: datetime) -> int:
    if run.started_at is None:
        return 0
    return round(((run.ended_at or at) - run.started_at).total_seconds() / 60)
