"""Which trips, tasks and totes there are."""

from collections.abc import Collection, Mapping, Sequence
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from wms.kernel.refusal import NotFound
from wms.picking.lifecycle import RunState
from wms.picking.tables import PickRun, PickTask, ToteBinding
from wms.stock import queries as stock
from wms.stock.queries import Balance


class NoSuchRun(NotFound):
    """There is no trip of that number."""

    sentence = "picking.no_such_run"


def run_of(session: Session, run_id: int) -> PickRun:
    """Return one trip; raises NoSuchRun."""
    found = session.get(PickRun, run_id)
    if found is None:
        raise NoSuchRun(run=run_id)
    return found


def names(session: Session, run_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers of these trips, as people say them."""
    rows = session.execute(select(PickRun.id, PickRun.number).where(PickRun.id.in_(run_ids)))
    return {row.id: row.number for row in rows}


def runs_asked(
    *,
    wave_id: int | None = None,
    worker_id: int | None = None,
    states: Collection[RunState] = (),
) -> Select[PickRun]:
    """Return the question for trips."""
    query = select(PickRun)
    if wave_id is not None:
        query = query.where(PickRun.wave_id == wave_id)
    if worker_id is not None:
        query = query.where(PickRun.worker_id == worker_id)
    return query.where(PickRun.state.in_([one.value for one in states])) if states else query


def tasks_asked(
    *, run_id: int | None = None, fo_id: int | None = None, location_id: int | None = None
) -> Select[PickTask]:
    """Return the question for tasks."""
    wanted = {PickTask.run_id: run_id, PickTask.fo_id: fo_id, PickTask.location_id: location_id}
    query = select(PickTask)
    return query.where(*(column == value for column, value in wanted.items() if value is not None))


def bindings_of(session: Session, run_id: int) -> Sequence[ToteBinding]:
    """Return the totes that are bound to a trip, by slot; those that were let go are left out."""
    query = select(ToteBinding).where(ToteBinding.run_id == run_id, ToteBinding.ended_at.is_(None))
    return session.scalars(query.order_by(ToteBinding.slot, ToteBinding.id)).all()


def totes_of_fo(session: Session, fo_id: int) -> Sequence[ToteBinding]:
    """Return the totes that are bound to a fulfillment order, on whatever trip."""
    query = select(ToteBinding).where(ToteBinding.fo_id == fo_id, ToteBinding.ended_at.is_(None))
    return session.scalars(query.order_by(ToteBinding.id)).all()


def in_tote(session: Session, tote_id: int) -> Sequence[Balance]:
    """Return what lies in a tote."""
    return stock.balances_of_place(session, tote_id)


def is_waiting(at: datetime) -> ColumnElement[bool]:
    """Return the condition on trips that somebody may take: nobody has them, or the lease ran out."""
    overdue = and_(PickRun.state == RunState.ASSIGNED.value, PickRun.lease_until < at)
    return or_(PickRun.state == RunState.QUEUED.value, overdue)


def waiting_runs(session: Session, at: datetime) -> int:
    """Return how many trips wait for somebody."""
    return session.scalar(select(func.count(PickRun.id)).where(is_waiting(at))) or 0
