"""The trips that take something for an order."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.picking.tables import PickRun, PickTask


@dataclass(frozen=True)
class Trip:
    """A run that takes something for this order."""

    run: PickRun
    stops: int
    done: int


def trips_of(session: Session, runs: Sequence[PickRun], fo_ids: Collection[int]) -> list[Trip]:
    """Return these runs with how many of the stops for the order are done."""
    tasks = session.execute(
        select(PickTask.run_id, PickTask.ended_at).where(PickTask.fo_id.in_(fo_ids))
    ).all()
    return [
        Trip(
            run,
            sum(run_id == run.id for run_id, _ in tasks),
            sum(run_id == run.id and ended_at is not None for run_id, ended_at in tasks),
        )
        for run in runs
    ]
