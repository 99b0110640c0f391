"""Making trips and their tasks: of a wave's plan, or of what a lifted hold left to pick."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.orders.tables import FulfillmentOrder
from wms.picking.events import RunReleased
from wms.picking.lifecycle import RUN, TASK
from wms.picking.tables import PickRun, PickTask
from wms.waves.plan import PlannedStop
from wms.waves.tables import Wave


@dataclass(frozen=True)
class NewRun:
    """A trip to be made."""

    kind: str
    stops: Sequence[PlannedStop]
    metres: int = 0

    @property
    def fo_ids(self) -> list[int]:
        """For whom it is, in the order of their numbers."""
        return sorted({stop.fo_id for stop in self.stops})


def make_run(session: Session, wave: Wave, new: NewRun, *, by: int, at: datetime) -> PickRun:
    """Make a trip with a task for each stop; its rank is that of its most urgent order."""
    made = session.scalar(select(func.count(PickRun.id)).where(PickRun.wave_id == wave.id)) or 0
    urgent = session.execute(
        select(func.min(FulfillmentOrder.ship_by), func.max(FulfillmentOrder.priority)).where(
            FulfillmentOrder.id.in_(new.fo_ids)
        )
    ).one()
    run = PickRun(
        warehouse_id=wave.warehouse_id,
        wave_id=wave.id,
        number=f"{wave.number}-{made + 1}",
        kind=new.kind,
        state=RUN.start.value,
        priority=urgent[1] or 0,
        ship_by=urgent[0],
        metres=new.metres,
        created_at=at,
    )
    session.add(run)
    session.flush()
    for number, stop in enumerate(new.stops):
        add_task(session, run, stop, number, at=at)
    session.flush()
    fact = RunReleased(run.id, wave.id, run.kind, new.fo_ids, len(new.stops))
    announce(session, fact, by=by, at=at)
    return run


def add_task(
    session: Session, run: PickRun, stop: PlannedStop, number: int, *, at: datetime
) -> PickTask:
    """Add a task at that place of the walk."""
    task = PickTask(
        run_id=run.id,
        stop=number,
        fo_id=stop.fo_id,
        fo_line_id=stop.fo_line_id,
        allocation_id=stop.allocation_id,
        location_id=stop.location_id,
        item_id=stop.item_id,
        lot_id=stop.lot_id,
        state=TASK.start.value,
        asked=stop.quantity,
        created_at=at,
    )
    session.add(task)
    return task
