"""The whole picture: bench, tote, order, box and label, each asked only where somebody could see it."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.packing import queries
from wms.packing.dialogue import At, Job, chooses_box
from wms.packing.showing.bench import bench_at, benches, warehouse_at
from wms.packing.showing.boxes import box, box_in_hand, options
from wms.packing.showing.goods import is_wanted, items, lines, wants
from wms.packing.showing.label import label_sheet
from wms.packing.showing.order import in_hand
from wms.packing.showing.totes import other_totes, spare_totes, tote
from wms.packing.waiting import offered_totes, standings


def job_of(session: Session, at: At, now: datetime) -> Job:
    """Return the picture of the bench where somebody stands."""
    session.flush()  # the statements here run straight on the driver
    bench = bench_at(session, at.station_id, now) if at.station_id else None
    if bench is None:
        return Job(offers=benches(session))
    opened = tote(session, at.tote_id) if at.tote_id else None
    waiting = queries.in_tote(session, opened.id) if opened else ()
    order = queries.bench_of(session, at.fo_id) if at.fo_id else None
    if opened is None and order is None:
        return Job(bench, offers=offered_totes(session, warehouse_at(session, bench.station_id)))
    stands = standings(
        session, {one.fo_id for one in waiting} | ({at.fo_id} if at.fo_id else set())
    )
    mine = [one for one in waiting if is_wanted(one, at.fo_id, stands)]
    known = items(session, {one.item_id for one in mine}, order)
    wanted = wants(session, mine, known, stands)
    package = box_in_hand(order.packages) if order else None
    job = Job(
        bench=bench,
        tote=opened,
        order=in_hand(session, order, stands, now) if order else None,
        lines=lines(order, known) if order else (),
        wants=wanted,
        kept=sum(one.quantity for one in waiting) - sum(want.left for want in wanted),
        other_totes=other_totes(session, order, at.tote_id, waiting) if order else (),
        box=box(session, package) if package else None,
        sheet=label_sheet(session, package) if package else None,
        offers=spare_totes(session, order, stands),
    )
    if order is None or not chooses_box(job, at):
        return job
    return replace(job, options=options(session, at, order, package, wanted))
