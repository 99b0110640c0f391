"""The label of the box: asked for, typed, printed again, stuck on."""

from dataclasses import replace

from wms.floor.turn import Tone
from wms.kernel.words import say as worded
from wms.packing import actions
from wms.packing.dialogue import acts
from wms.packing.doing.scan import Done, Scan
from wms.printing import actions as printing


def see_to_label(
    scan: Scan,
    act: acts.AskAgain | acts.Number | acts.Stage | acts.Answer | acts.Reprint,
    done: Done,
) -> Done:
    """See to the label of the box in hand."""
    session, (by, at) = scan.session, scan.who
    match act:
        case acts.AskAgain():
            actions.ask_again(session, package_id=scan.box_id, by=by, at=at)
        case acts.Number(number):
            actions.number_typed(session, package_id=scan.box_id, number=number, by=by, at=at)
        case acts.Stage():
            actions.stage(session, package_id=scan.box_id, by=by, at=at)
            return replace(done, tone=Tone.TASK)
        case acts.Answer(came_out):
            _answer(scan, came_out=came_out)
        case acts.Reprint(reason):
            assert scan.job.sheet is not None
            why = worded(reason)
            printing.reprint(session, job_id=scan.job.sheet.job_id, reason=why, by=by, at=at)
    return done


def _answer(scan: Scan, *, came_out: bool) -> None:
    assert scan.job.sheet is not None
    by, at = scan.who
    answer = printing.came_out if came_out else printing.did_not_come_out
    answer(scan.session, job_id=scan.job.sheet.job_id, by=by, at=at)
