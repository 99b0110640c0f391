"""Doing what the dialogue wants done: each act is one action, and says where the packer stands after it."""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.floor.process import Worker
from wms.floor.turn import Sentence, Tone, say
from wms.kernel.words import say as worded
from wms.packing import actions, queries
from wms.packing.dialogue import At, Job, Reply, Step, acts
from wms.packing.lifecycle import PackageState
from wms.packing.losing import damaged, foreign, left_over, missing, spoiled
from wms.packing.opening import open_tote, resume
from wms.packing.slip import print_slip
from wms.picking import actions as picking
from wms.printing import actions as printing
from wms.stations import queries as stations

GRAMS = 1000


@dataclass(frozen=True)
class Scan:
    """One scan that is being answered: at which bench, by whom, and where they stand."""

    session: Session
    job: Job
    worker: Worker
    at: datetime

    @property
    def who(self) -> tuple[int, datetime]:
        """Who does it and when."""
        return self.worker.id, self.at

    @property
    def box_id(self) -> int:
        """The number of the box in hand."""
        assert self.job.box is not None
        return self.job.box.id


@dataclass(frozen=True)
class Done:
    """Where the packer stands after an act, before box and tote are looked at again, and what is said."""

    at: At
    say: Sentence | None
    tone: Tone = Tone.GOOD


def carry_out(scan: Scan, reply: Reply) -> Done:
    """Do what is to be done."""
    done = Done(reply.at, reply.say, reply.tone)
    do = _ACTS.get(type(reply.act))
    return do(scan, reply.act, done) if do else done


def _sit(scan: Scan, act: acts.Sit, _done: Done) -> Done:
    bench = stations.station(scan.session, act.station_id).name
    return Done(At(Step.TOTE, act.station_id), say("packing.begun", bench=bench))


def _open(scan: Scan, act: acts.Open, done: Done) -> Done:
    by, now = scan.who
    begun = open_tote(scan.session, done.at, act, by=by, now=now)
    return Done(begun.at, begun.say, begun.tone)


def _resume(scan: Scan, act: acts.Resume, done: Done) -> Done:
    by, now = scan.who
    begun = resume(scan.session, done.at, act.package_id, by=by, now=now)
    return Done(begun.at, begun.say, begun.tone)


def _open_again(scan: Scan, act: acts.OpenAgain, done: Done) -> Done:
    """Open a box that stood in its lane, before whoever asks for it."""
    session, (by, now) = scan.session, scan.who
    actions.reopen(session, package_id=act.package_id, by=by, at=now)
    actions.take_over(session, package_id=act.package_id, station_id=done.at.station_id, by=by)
    begun = resume(session, done.at, act.package_id, by=by, now=now)
    there = begun.at.to(Step.BOX, old_label=done.at.old_label)
    return replace(done, at=there)


def _put(scan: Scan, act: acts.Put, done: Done) -> Done:
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


def _lost(scan: Scan, act: acts.Missing | acts.Damaged | acts.Leftover, done: Done) -> Done:
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


def _out_of_box(scan: Scan, act: acts.Spoiled | acts.Foreign, done: Done) -> Done:
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


def _box(scan: Scan, act: acts.Close | acts.Weigh | acts.Reopen | acts.Unpack, done: Done) -> Done:
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


def _label(
    scan: Scan,
    act: acts.AskAgain | acts.Number | acts.Stage | acts.Answer | acts.Reprint,
    done: Done,
) -> Done:
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


def _put_down(scan: Scan, act: acts.Emptied | acts.GiveBack | acts.Hold, done: Done) -> Done:
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


def _undo(scan: Scan, _act: acts.Undo, done: Done) -> Done:
    by, now = scan.who
    undone = actions.undo(scan.session, by=by, at=now)
    tote_id = undone.tote_id or done.at.tote_id
    there = At(Step.ITEM, done.at.station_id, tote_id, undone.fo_id, old_label=done.at.old_label)
    return Done(there, say(f"packing.undone_{undone.verb}"))


_ACTS: dict[type, Callable[[Scan, Any, Done], Done]] = {
    acts.Sit: _sit,
    acts.Open: _open,
    acts.Resume: _resume,
    acts.OpenAgain: _open_again,
    acts.Put: _put,
    acts.Undo: _undo,
    **dict.fromkeys((acts.Missing, acts.Damaged, acts.Leftover), _lost),
    **dict.fromkeys((acts.Spoiled, acts.Foreign), _out_of_box),
    **dict.fromkeys((acts.Close, acts.Weigh, acts.Reopen, acts.Unpack), _box),
    **dict.fromkeys((acts.AskAgain, acts.Number, acts.Stage, acts.Answer, acts.Reprint), _label),
    **dict.fromkeys((acts.Emptied, acts.GiveBack, acts.Hold), _put_down),
}
