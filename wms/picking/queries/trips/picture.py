"""The whole picture of a trip, with how far it is."""

from datetime import datetime

from sqlalchemy import bindparam, case, func, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.kernel.prepared import Prepared
from wms.picking.dialogue import Trip
from wms.picking.lifecycle import TaskState
from wms.picking.queries.trips.picks import picks_of
from wms.picking.queries.trips.tasks import is_live, tasks_ahead
from wms.picking.queries.trips.totes import offer_codes, totes_on, wants_of
from wms.picking.tables import PickRun, PickTask


def trip_of(session: Session, run: PickRun, *, also: int | None = None, at: datetime) -> Trip:
    """Return the picture of a trip; `also` names a task that is in it even where it is far ahead, or over."""
    session.flush()  # the statements here run straight on the driver
    totes = totes_on(session, run)
    tasks = tasks_ahead(session, run.id, also)
    slots = {tote.fo_id: tote.slot for tote in totes.on_trip}
    picks = picks_of(session, tasks, slots)
    wants = wants_of(session, run, totes.on_trip)
    done, of, units, shorts = _SUMS.first(session, {"run_id": run.id}) or (0, 0, 0, 0)
    offers = (
        offer_codes(session, run.warehouse_id, at_start=bool(wants)) if wants or not picks else ()
    )
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
        short_skus=_short_skus(session, run) if shorts and not picks else (),
        minutes=_minutes(run, at),
        metres=run.metres,
        holds_units=totes.holds_units,
        offers=offers,
    )


def _minutes(run: PickRun, at: datetime) -> int:
    if run.started_at is None:
        return 0
    return round(((run.ended_at or at) - run.started_at).total_seconds() / 60)


def _short_skus(session: Session, run: PickRun) -> tuple[str, ...]:
    found = (
        select(Item.sku)
        .join(PickTask, PickTask.item_id == Item.id)
        .where(PickTask.run_id == run.id, PickTask.short > 0)
        .distinct()
        .order_by(Item.sku)
    )
    return tuple(session.scalars(found))


_SUMS = Prepared(
    select(
        func.sum(case((is_live(), 0), else_=1)),
        func.count(),
        func.sum(PickTask.picked),
        func.sum(case((PickTask.short > 0, 1), else_=0)),
    ).where(PickTask.run_id == bindparam("run_id"), PickTask.state != TaskState.CANCELLED.value)
)
