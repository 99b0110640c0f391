"""What machines ask about picking, and what they are shown."""

from collections.abc import Sequence
from datetime import datetime

from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.fields import Body, Listing, Number
from wms.picking import queries
from wms.picking.api.blueprint import Shown
from wms.picking.lifecycle import RunState, TaskState
from wms.picking.queries import Progress
from wms.picking.tables import PickRun


class WavePath(Body):
    """Which wave."""

    wave_id: Number


class RunPath(Body):
    """Which trip."""

    run_id: Number


class Runs(Listing):
    """Which trips to list."""

    wave_id: Number | None = None
    state: RunState | None = None


class Tasks(Listing):
    """Which tasks to list."""

    run_id: Number | None = None
    fo_id: Number | None = Field(default=None, description="Of this fulfillment order.")
    location_id: Number | None = Field(default=None, description="Out of this bin.")


class TaskShown(Shown):
    """So many units of one promise: out of which bin, for which line."""

    id: int
    run_id: int
    stop: int = Field(description="Where it comes on the walk.")
    fo_id: int
    fo_line_id: int
    allocation_id: int
    location_id: int
    item_id: int
    lot_id: int = Field(description="0 where the item has no lots.")
    state: TaskState
    asked: int
    picked: int
    short: int
    short_reason: str
    skips: int
    ended_at: datetime | None
    version: int


class TaskPage(Shown):
    """Some tasks."""

    data: list[TaskShown]
    next_cursor: str | None


class ToteShown(Shown):
    """A tote that is bound to a trip."""

    tote_id: int
    slot: int
    fo_id: int | None = Field(description="null: several orders share it.")
    is_full: bool
    bound_at: datetime


class RunShown(Shown):
    """A trip; its figures are counted from its tasks."""

    id: int
    warehouse_id: int
    wave_id: int
    number: str
    kind: str
    state: RunState
    priority: int
    ship_by: datetime | None
    metres: int
    worker_id: int | None
    lease_until: datetime | None
    tasks: int
    done: int
    shorts: int
    units: int
    picked: int
    created_at: datetime
    started_at: datetime | None
    ended_at: datetime | None
    version: int


class RunPage(Shown):
    """Some trips."""

    data: list[RunShown]
    next_cursor: str | None


class RunWhole(RunShown):
    """A trip with its totes."""

    totes: list[ToteShown]


class Released(Shown):
    """The trips that a wave was given to the pickers as."""

    wave_id: int
    runs: list[RunShown]


_COUNTED = tuple(Progress.__dataclass_fields__)
_OWN = tuple(name for name in RunShown.model_fields if name not in _COUNTED)


def runs_shown(session: Session, runs: Sequence[PickRun]) -> list[RunShown]:
    """Return trips as machines see them."""
    progress = queries.progress_of_runs(session, [run.id for run in runs])
    return [RunShown(**_facts(run, progress.get(run.id, Progress()))) for run in runs]


def run_whole(session: Session, run: PickRun) -> RunWhole:
    """Return a trip as machines see it when they ask for it."""
    progress = queries.progress_of_runs(session, [run.id])
    totes = [ToteShown.model_validate(one) for one in queries.bindings_of(session, run.id)]
    return RunWhole(**_facts(run, progress.get(run.id, Progress())), totes=totes)


def _facts(run: PickRun, progress: Progress) -> dict[str, object]:
    return {name: getattr(run, name) for name in _OWN} | vars(progress)
