"""The picture of a trip for the dialogue, read from the rows as they are."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, bindparam, case, func, literal_column, or_, select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.catalog.queries import scan_codes
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.prepared import Prepared
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

_PARKED = ("problem", "staged")
_HOLDING = ("filling", "problem")


_TASK = (
    PickTask.id,
    PickTask.fo_id,
    FulfillmentOrder.number,
    PickTask.location_id,
    Location.code,
    PickTask.item_id,
    Item.sku,
    Item.name,
    Item.picture,
    Item.tracks_serials,
    PickTask.lot_id,
    Lot.code.label("lot"),
    Serial.code.label("serial"),
    PickTask.state,
    PickTask.asked,
    PickTask.picked,
    PickTask.short,
    PickTask.skips,
)


class _Task(NamedTuple):
    """One task with all that a screen may show of it, in the order of `_TASK`."""

    id: int
    fo_id: int
    order: str
    bin_id: int
    bin: str
    item_id: int
    sku: str
    name: str
    picture: str | None
    tracks_serials: bool
    lot_id: int
    lot: str
    serial: str
    state: str
    asked: int
    picked: int
    short: int
    skips: int


def _live() -> ColumnElement[bool]:
    return or_(*(PickTask.state == state.value for state in LIVE))


def _whole_tasks() -> Any:
    return (
        select(*_TASK)
        .join(FulfillmentOrder, FulfillmentOrder.id == PickTask.fo_id)
        .join(Location, Location.id == PickTask.location_id)
        .join(Item, Item.id == PickTask.item_id)
        .join(Lot, Lot.id == PickTask.lot_id)
        .join(Allocation, Allocation.id == PickTask.allocation_id)
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .join(Serial, Serial.id == StockBalance.serial_id)
    )


_TASKS_AHEAD = Prepared(
    _whole_tasks()
    .where(PickTask.run_id == bindparam("run_id"), _live())
    .order_by(PickTask.stop, Location.code, PickTask.id)
    .limit(literal_column(str(AHEAD)))
)
_ONE_TASK = Prepared(_whole_tasks().where(PickTask.id == bindparam("task_id")))
_TOTES = Prepared(
    select(
        ToteBinding.tote_id,
        Location.code,
        ToteBinding.slot,
        ToteBinding.fo_id,
        ToteBinding.is_full,
        Lpn.state,
    )
    .join(Location, Location.id == ToteBinding.tote_id)
    .join(Lpn, Lpn.location_id == ToteBinding.tote_id)
    .where(ToteBinding.run_id == bindparam("run_id"), ToteBinding.ended_at.is_(None))
    .order_by(ToteBinding.slot, ToteBinding.id)
)
_WANTED = Prepared(
    select(FulfillmentOrder.id, FulfillmentOrder.number)
    .join(PickTask, PickTask.fo_id == FulfillmentOrder.id)
    .where(PickTask.run_id == bindparam("run_id"), _live())
    .distinct()
    .order_by(FulfillmentOrder.id)
)
_LAST_SLOT = Prepared(
    select(func.max(ToteBinding.slot)).where(ToteBinding.run_id == bindparam("run_id"))
)
_SUMS = Prepared(
    select(
        func.sum(case((_live(), 0), else_=1)),
        func.count(),
        func.sum(PickTask.picked),
        func.sum(case((PickTask.short > 0, 1), else_=0)),
    ).where(PickTask.run_id == bindparam("run_id"), PickTask.state != TaskState.CANCELLED.value)
)


@dataclass(frozen=True)
class _Totes:
    on_trip: tuple[Tote, ...]
    holds_units: bool


def trip_of(session: Session, run: PickRun, *, also: int | None = None, at: datetime) -> Trip:
    """Return the picture of a trip; `also` names a task that is in it even where it is far ahead, or over."""
    session.flush()  # the statements here run straight on the driver
    totes = _totes(session, run)
    tasks = _tasks(session, run.id, also)
    slots = {tote.fo_id: tote.slot for tote in totes.on_trip}
    picks = _picks(session, tasks, slots)
    wants = _wants(session, run, totes.on_trip)
    done, of, units, shorts = _SUMS.first(session, {"run_id": run.id}) or (0, 0, 0, 0)
    offers = _offers(session, run.warehouse_id, at_start=bool(wants)) if wants or not picks else ()
    return Trip(
        run_id=run.id,
        number=run.number,
        picks=picks,
        totes=totes.on_trip,
        wants=wants,
        done=int(done or 0),
        of=of,
        units=int(units or 0),
        shorts=int(shorts or 0),
        minutes=_minutes(run, at),
        holds_units=totes.holds_units,
        offers=offers,
    )


def _tasks(session: Session, run_id: int, also: int | None) -> list[_Task]:
    ahead = [_Task(*row) for row in _TASKS_AHEAD.all(session, {"run_id": run_id})]
    if also is None or any(task.id == also for task in ahead):
        return ahead
    return [*ahead, *(_Task(*row) for row in _ONE_TASK.all(session, {"task_id": also}))]


def _picks(
    session: Session, tasks: Sequence[_Task], slots: dict[int | None, str]
) -> tuple[Pick, ...]:
    if not tasks:
        return ()
    codes = scan_codes(session, {task.item_id for task in tasks})
    mixed = _bins_of_several_lots(session, tasks)
    return tuple(
        Pick(
            task_id=task.id,
            fo_id=task.fo_id,
            order=task.order,
            bin_id=task.bin_id,
            bin=task.bin,
            item_id=task.item_id,
            sku=task.sku,
            name=task.name,
            done=task.picked + task.short,
            of=task.asked,
            slot=slots.get(task.fo_id, slots.get(None, "")),
            picture=task.picture,
            codes=tuple(code for code, _ in codes[task.item_id]),
            lot=task.lot if task.lot_id else "",
            asks_lot=bool(task.lot_id) and (task.bin_id, task.item_id) in mixed,
            serial=task.serial if task.tracks_serials else "",
            skips=task.skips,
            is_at_bin=task.state == TaskState.AT_BIN,
        )
        for task in tasks
    )


def _bins_of_several_lots(session: Session, tasks: Sequence[_Task]) -> set[tuple[int, int]]:
    tracked = [task for task in tasks if task.lot_id]
    if not tracked:
        return set()
    rows = session.execute(
        select(StockBalance.location_id, StockBalance.item_id)
        .where(
            StockBalance.location_id.in_({task.bin_id for task in tracked}),
            StockBalance.item_id.in_({task.item_id for task in tracked}),
            StockBalance.quantity > 0,
        )
        .group_by(StockBalance.location_id, StockBalance.item_id)
        .having(func.count(StockBalance.lot_id.distinct()) > 1)
    )
    return {(row[0], row[1]) for row in rows}


def _totes(session: Session, run: PickRun) -> _Totes:
    rows = _TOTES.all(session, {"run_id": run.id})
    totes = tuple(
        Tote(
            id=tote_id,
            code=code,
            slot=slot_name(slot),
            fo_id=fo_id,
            is_full=bool(is_full),
            is_parked=state in _PARKED,
        )
        for tote_id, code, slot, fo_id, is_full, state in rows
    )
    return _Totes(totes, any(row[-1] in _HOLDING for row in rows))


def _wants(session: Session, run: PickRun, totes: Collection[Tote]) -> tuple[Want, ...]:
    open_for = {tote.fo_id for tote in totes if tote.is_open}
    if run.kind == SINGLES and None in open_for:
        return ()
    rows = _WANTED.all(session, {"run_id": run.id})
    wanted = [(fo_id, number) for fo_id, number in rows if fo_id not in open_for]
    if not wanted:
        return ()
    [used] = _LAST_SLOT.first(session, {"run_id": run.id}) or (None,)
    slot = 0 if used is None else used + 1
    if run.kind == SINGLES:
        return (Want(None, run.number, slot_name(slot)),)
    return tuple(
        Want(fo_id, number, slot_name(slot + place)) for place, (fo_id, number) in enumerate(wanted)
    )


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
