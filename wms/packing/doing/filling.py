"""What goes from the tote into the box, what is missing or damaged, and what should not be in there."""

from dataclasses import replace

from wms.floor.turn import Tone
from wms.packing import actions
from wms.packing.dialogue import Step, acts
from wms.packing.doing.scan import Done, Scan
from wms.packing.losing import damaged, foreign, left_over, missing, spoiled


def put(scan: Scan, act: acts.Put, done: Done) -> Done:
    """Put units into the box in hand; the first ones open it."""
    session, (by, at) = scan.session, scan.who
    want, box, tote = act.want, scan.job.box, scan.job.tote
    assert tote is not None
    if box is None:
        package_id = actions.open_package(
            session, fo_id=want.fo_id, station_id=done.at.station_id, by=by, at=at
        ).id
    else:
        package_id = box.id
    actions.put_in(
        session,
        package_id=package_id,
        tote_id=tote.id,
        fo_line_id=want.line_id,
        item_id=want.item.id,
        lot_id=want.lot_id,
        serial_id=want.serial_id,
        quantity=act.quantity,
        by=by,
        at=at,
    )
    return replace(done, tone=Tone.LINE if act.quantity == want.left else Tone.GOOD)


def lose(scan: Scan, act: acts.Missing | acts.Damaged | acts.Leftover, done: Done) -> Done:
    """Note what is missing, damaged, or too many in the tote."""
    session, (by, at) = scan.session, scan.who
    tote = scan.job.tote
    assert tote is not None
    match act:
        case acts.Leftover(sku):
            left_over(session, tote, sku, by=by, at=at)
            return replace(done, at=done.at.to(Step.TOTE, tote_id=None))
        case acts.Missing():
            waits = missing(session, tote, scan.job.wants, by=by, at=at)
        case acts.Damaged(want):
            waits = damaged(session, tote, want, done.at.station_id, by=by, at=at)
    fo_id = None if waits else done.at.fo_id
    return replace(done, at=done.at.to(Step.ITEM, fo_id=fo_id, key=None, counted=0))


def take_out_of_box(scan: Scan, act: acts.Spoiled | acts.Foreign, done: Done) -> Done:
    """Take out of the box what is damaged, or should not be there."""
    session, (by, at) = scan.session, scan.who
    box, bench = scan.job.box, done.at.station_id
    assert box is not None
    match act:
        case acts.Spoiled(held):
            waits = spoiled(session, box, held, bench, by=by, at=at)
        case acts.Foreign(held, item_id):
            waits = foreign(session, box, held, item_id, bench, by=by, at=at)
    fo_id = None if waits else done.at.fo_id
    return replace(done, at=done.at.to(Step.ITEM, fo_id=fo_id, key=None, counted=0))
