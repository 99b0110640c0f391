"""What is in the box in hand, told where somebody asks which of it is wrong."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.packing import queries, showing
from wms.packing.dialogue import At, Held, Job, Step

ASKED = frozenset({Step.SPOILED, Step.FOREIGN, Step.DAMAGED})


def job_of(session: Session, at: At, now: datetime) -> Job:
    """Return the picture of the bench where somebody stands, with what is in the box where that is asked."""
    job = showing.job_of(session, at, now)
    if job.box is None or at.step not in ASKED:
        return job
    return replace(job, box=replace(job.box, holds=_held(session, job.box.id)))


def _held(session: Session, package_id: int) -> tuple[Held, ...]:
    return tuple(
        Held(
            one.fo_line_id,
            one.item_id,
            one.sku,
            one.quantity,
            one.tote_id,
            one.lot_id,
            one.serial_id,
            one.lot,
            one.serial,
        )
        for one in queries.contents(session, package_id)
    )
