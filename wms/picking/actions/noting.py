"""What a worker did on a trip, with what it takes to undo it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy.orm import Session

from wms.picking.tables import PickAct, PickRun, PickTask


class ActVerb(StrEnum):
    """What was done."""

    LOAD = "load"
    FULL = "full"
    TAKE = "take"
    SHORT = "short"
    SKIP = "skip"


@dataclass(frozen=True)
class Snapshot:
    """A task as it was before an act."""

    state: str
    stop: int
    skips: int

    @classmethod
    def of(cls, task: PickTask) -> "Snapshot":
        """Return how a task is now."""
        return cls(task.state, task.stop, task.skips)


def note(
    session: Session,
    run: PickRun,
    verb: ActVerb,
    before: Mapping[str, Any],
    *,
    task_id: int | None = None,
    by: int,
    at: datetime,
) -> None:
    """Keep an act, newest last."""
    session.add(
        PickAct(
            run_id=run.id,
            task_id=task_id,
            worker_id=by,
            verb=verb.value,
            before=dict(before),
            acted_at=at,
        )
    )
    session.flush()
