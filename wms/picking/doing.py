"""Doing what the dialogue wants done: each act is one action, and says where the person stands after it."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.queries import names
from wms.floor.process import Worker
from wms.floor.turn import Heard, Sentence, Tone, say
from wms.picking import actions
from wms.picking.actions.rows import live_bindings, live_tasks
from wms.picking.actions.unbinding import units_in
from wms.picking.dialogue import (
    Act,
    Arrive,
    At,
    Drop,
    Full,
    Load,
    LoadCart,
    Looked,
    Reply,
    Short,
    Skip,
    Step,
    Take,
    Undo,
)
from wms.picking.queries.trips import trip_of
from wms.picking.tables import PickRun, PickTask


@dataclass(frozen=True)
class Scan:
    """One scan that is being answered: on which trip, by whom, and where they stand."""

    session: Session
    run: PickRun
    worker: Worker
    here: At
    heard: Heard
    at: datetime

    @property
    def who(self) -> tuple[int, datetime]:
        """Who does it and when."""
        return self.worker.id, self.at


@dataclass(frozen=True)
class Done:
    """Where the person stands after an act, before the trip is looked at again, and what is said."""

    at: At
    say: Sentence | None
    tone: Tone


def carry_out(scan: Scan, reply: Reply) -> Done:
    """Do what is to be done."""
    match reply.act:
        case Take() as act:
            return _take(scan, act, reply)
        case Short() as act:
            return _short(scan, act.task_id, act.reason.value)
        case Undo():
            return _undo(scan)
        case Drop() as act:
            return _drop(scan, act, reply)
        case LoadCart() as act:
            return _load_cart(scan, act)
        case act:
            _simply(scan, act)
    there = At(Step.GO, bin_id=act.bin_id) if isinstance(act, Looked) else reply.at
    return Done(there, reply.say, reply.tone)


def _simply(scan: Scan, act: Act | None) -> None:
    session, run, (by, at) = scan.session, scan.run, scan.who
    match act:
        case Load(tote_id, fo_id):
            actions.load(session, run, tote_id=tote_id, fo_id=fo_id, by=by, at=at)
        case Arrive(task_id):
            actions.arrive(session, run, task_id=task_id)
        case Skip(task_id):
            actions.skip(session, run, task_id=task_id, by=by, at=at)
        case Full(tote_id):
            binding = next(b for b in live_bindings(session, run.id) if b.tote_id == tote_id)
            actions.close_full(session, run, binding, by=by, at=at)
        case Looked(bin_id, is_empty):
            actions.look(session, bin_id=bin_id, is_empty=is_empty, by=by, at=at)
        case _:
            raise AssertionError(f"{act} is done elsewhere")


def _take(scan: Scan, act: Take, reply: Reply) -> Done:
    session, (by, at) = scan.session, scan.who
    task = actions.take(
        session,
        scan.run,
        task_id=act.task_id,
        tote_id=act.tote_id,
        quantity=act.quantity,
        is_late=scan.heard.is_late,
        by=by,
        at=at,
    )
    there = At(Step.ITEM, task.id, bin_id=task.location_id)
    if act.rest:
        return _short(scan, act.task_id, act.rest.value)
    if task.picked == task.asked and not units_in(session, task.location_id):
        place = names(session, [task.location_id])[task.location_id]
        asked = say("picking.last_one", bin=place)
        return Done(At(Step.ZERO, bin_id=task.location_id), asked, Tone.ATTENTION)
    is_last = not live_tasks(session, run_id=scan.run.id)
    return Done(there, reply.say, Tone.TASK if is_last else _tone(task))


def _tone(task: PickTask) -> Tone:
    return Tone.LINE if task.picked == task.asked else Tone.GOOD


def _short(scan: Scan, task_id: int, reason: str) -> Done:
    session, (by, at) = scan.session, scan.who
    came = actions.short(session, scan.run, task_id=task_id, reason=reason, by=by, at=at)
    told = say("picking.short_elsewhere", n=came.elsewhere)
    if not came.elsewhere:
        told = say("picking.short_nowhere", n=came.missing)
    elif came.missing:
        told = say("picking.short_partly", elsewhere=came.elsewhere, missing=came.missing)
    return Done(At(Step.GO), told, Tone.ATTENTION)


def _undo(scan: Scan) -> Done:
    session, (by, at) = scan.session, scan.who
    act = actions.undo(session, scan.run, by=by, at=at)
    task = session.get(PickTask, act.task_id) if act.task_id else None
    if task is None:
        return Done(At(Step.GO), say(f"picking.undone_{act.verb}"), Tone.GOOD)
    place = names(session, [task.location_id])[task.location_id]
    units = act.before.get("quantity", 0)
    told = say(f"picking.undone_{act.verb}", n=units, bin=place)
    return Done(At(Step.ITEM, task.id, bin_id=task.location_id), told, Tone.GOOD)


def _drop(scan: Scan, act: Drop, reply: Reply) -> Done:
    session, (by, at) = scan.session, scan.who
    stopped = actions.drop(session, scan.run, place_id=act.place_id, by=by, at=at)
    if stopped:
        told = say("picking.stopped_at_drop", orders=", ".join(stopped))
        return Done(At(Step.DONE), told, Tone.STOPPED)
    return Done(At(Step.DONE), reply.say, Tone.TASK)


def _load_cart(scan: Scan, act: LoadCart) -> Done:
    session, (by, at) = scan.session, scan.who
    wanted = [want.fo_id for want in trip_of(session, scan.run, at=at).wants]
    loaded = actions.load_cart(session, scan.run, cart_id=act.cart_id, fo_ids=wanted, by=by, at=at)
    cart = names(session, [act.cart_id])[act.cart_id]
    told = say("picking.cart_loaded", n=loaded, cart=cart)
    return Done(scan.here, told, Tone.GOOD)
