"""The box in hand: closed, weighed, opened again, unpacked."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.floor.turn import Tone, say
from wms.kernel.words import say as worded
from wms.packing import actions, queries
from wms.packing.dialogue import Step, acts
from wms.packing.doing.scan import Done, Scan
from wms.packing.lifecycle import PackageState
from wms.packing.slip import print_slip

GRAMS = 1000


def see_to_box(
    scan: Scan, act: acts.Close | acts.Weigh | acts.Reopen | acts.Unpack, done: Done
) -> Done:
    """Close the box in hand, weigh it, open it again or unpack it."""
    session, (by, at) = scan.session, scan.who
    match act:
        case acts.Close(box_type_id):
            close(session, scan.box_id, box_type_id, by=by, at=at)
        case acts.Weigh():
            return _weigh(scan, act, done)
        case acts.Reopen():
            actions.reopen(session, package_id=scan.box_id, by=by, at=at)
            return replace(done, at=done.at.to(Step.BOX, asked=None, box_type_id=None))
        case acts.Unpack():
            _unpack(scan)
    cleared = done.at.to(Step.ITEM, key=None, counted=0, box_type_id=None, asked=None)
    return replace(done, at=cleared)


def close(session: Session, package_id: int, box_type_id: int, *, by: int, at: datetime) -> None:
    """Close a box and print what lies in it."""
    package = actions.close(session, package_id=package_id, box_type_id=box_type_id, by=by, at=at)
    print_slip(session, package, by=by, at=at)


def _weigh(scan: Scan, act: acts.Weigh, done: Done) -> Done:
    by, at = scan.who
    try:
        actions.weigh(
            scan.session,
            package_id=scan.box_id,
            weight_g=act.grams,
            by_hand=act.is_by_hand,
            override_reason=worded("packing.weight_is_right") if act.is_right else "",
            by=by,
            at=at,
        )
    except actions.WeightOff as off:
        grams: int = off.values["grams"]
        told = say("packing.weight_more" if grams > 0 else "packing.weight_less", n=abs(grams))
        there = done.at.to(Step.OFF, asked=act.grams, is_by_hand=act.is_by_hand)
        return Done(there, told, Tone.WRONG)
    there = done.at.to(Step.ITEM, asked=None, is_by_hand=False)
    return Done(there, say("packing.weighed", kg=f"{act.grams / GRAMS:.3f}"))


def _unpack(scan: Scan) -> None:
    session, (by, at) = scan.session, scan.who
    if queries.package(session, scan.box_id).state != PackageState.OPEN:
        actions.reopen(session, package_id=scan.box_id, by=by, at=at)
    actions.empty(session, package_id=scan.box_id, by=by, at=at)
    actions.void(session, package_id=scan.box_id, by=by, at=at)
