"""What is put down or taken back: an empty tote, a cancelled order, the last act."""

from dataclasses import replace

from wms.floor.turn import Tone, say
from wms.packing import actions, queries
from wms.packing.dialogue import At, Step, acts
from wms.packing.doing.scan import Done, Scan
from wms.packing.opening import torn_label_of
from wms.packing.slip import print_void_slip
from wms.picking import actions as picking

CLOSES = frozenset({"reopen", "missing"})
"""What was done that closes the box again when it is taken back."""


def put_down(scan: Scan, act: acts.Emptied | acts.GiveBack | acts.Hold, done: Done) -> Done:
    """Let go of the tote, or give back what was packed of a cancelled order."""
    session, (by, at) = scan.session, scan.who
    tote, order = scan.job.tote, scan.job.order
    match act:
        case acts.Emptied():
            assert tote is not None
            picking.empty_tote(session, tote_id=tote.id, by=by, at=at)
            return Done(done.at.to(Step.TOTE, tote_id=None), done.say, Tone.TASK)
        case acts.GiveBack(tote_id):
            assert order is not None
            actions.give_back(session, fo_id=order.fo_id, tote_id=tote_id, by=by, at=at)
            return replace(done, at=done.at.between())
        case acts.Hold():
            if tote is not None:
                picking.park_tote(session, tote_id=tote.id, by=by, at=at)
            return Done(done.at.between(), say("packing.parked"), Tone.ATTENTION)


def take_back(scan: Scan, _act: acts.Undo, done: Done) -> Done:
    """Take back what was done last."""
    by, now = scan.who
    undone = actions.undo(scan.session, by=by, at=now)
    tote_id = undone.tote_id or done.at.tote_id
    torn = done.at.old_label or torn_label_of(scan.session, undone.fo_id)
    there = At(Step.ITEM, done.at.station_id, tote_id, undone.fo_id, old_label=torn)
    if undone.package_id is not None and undone.verb in CLOSES:
        package = queries.package(scan.session, undone.package_id)
        if print_void_slip(scan.session, package, by=by, at=now):
            return Done(there, say(f"packing.undone_{undone.verb}_with_slip"))
    return Done(there, say(f"packing.undone_{undone.verb}"))
