"""How far trips and waves are: counted from their tasks, never kept."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import ColumnElement, case, func, select
from sqlalchemy.orm import Session

from wms.picking.lifecycle import LIVE, TaskState
from wms.picking.tables import PickRun, PickTask

_LIVE = tuple(state.value for state in LIVE)


@dataclass(frozen=True)
class Progress:
    """Tasks that are still wanted or were done, and their units."""

    tasks: int = 0
    done: int = 0
    shorts: int = 0
    units: int = 0
    picked: int = 0


def progress_of_runs(session: Session, run_ids: Collection[int]) -> Mapping[int, Progress]:
    """Return, by run, how far it is; one without tasks is missing."""
    return _progress(session, PickTask.run_id, PickTask.run_id.in_(run_ids))


def progress_of_waves(session: Session, wave_ids: Collection[int]) -> Mapping[int, Progress]:
    """Return, by wave, how far it is picked; one without tasks is missing."""
    return _progress(session, PickRun.wave_id, PickRun.wave_id.in_(wave_ids))


def _progress(session: Session, key: Any, which: ColumnElement[bool]) -> Mapping[int, Progress]:
    ended = case((PickTask.state.not_in(_LIVE), 1), else_=0)
    rows = session.execute(
        select(
            key,
            func.count(),
            func.sum(ended),
            func.sum(case((PickTask.short > 0, 1), else_=0)),
            func.sum(PickTask.asked),
            func.sum(PickTask.picked),
        )
        .join(PickRun, PickRun.id == PickTask.run_id)
        .where(which, PickTask.state != TaskState.CANCELLED.value)
        .group_by(key)
    )
    return {row[0]: Progress(*(int(figure) for figure in row[1:])) for row in rows}
