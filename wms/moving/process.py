"""Moving on the floor: takes the next move for a person, hears their scans, does what the dialogue says."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.bins.queries import names as place_names
from wms.catalog.queries import names as skus
from wms.catalog.queries import units_per_scan
from wms.codes.queries import Kind
from wms.floor.process import Offer, Stand, Waiting, Worker, home_with
from wms.floor.turn import Heard, Sentence, Tone, Turn, say
from wms.moving import actions, queries
from wms.moving.dialogue import Act, Answer, Job, Said, Step, Where, hear
from wms.moving.lifecycle import State
from wms.moving.queries import Task
from wms.moving.showing import PROCESS, UNDO, shown

SKIPPED_LIMIT = 20
"""So many passed-over moves are remembered; the oldest comes round again after that."""

HOME = Stand("", "home")

REST = "rest"
"""Where somebody stands at home after their last move: it can be taken back from there."""

PLACES = (Kind.LOCATION, Kind.LPN)


class Moving:
    """What the floor is given of this process."""

    label = "moving.tile"
    icon = "moves"
    roles = frozenset({"picker", "receiver", "returns", "supervisor", "admin"})

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """Return how many moves wait for somebody, and whether this person has one."""
        mine = queries.mine(session, worker.id)
        return Waiting(queries.waiting(session) + (mine is not None), mine is not None)

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Go on with what is in hand, or take the next move."""
        return _next(_Shift(session, worker.id, at))

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Answer one scan; each renews the lease."""
        kept = stand.data
        skipped, undone = tuple(kept.get("skipped", ())), kept.get("undone", 0)
        shift = _Shift(session, worker.id, at, skipped, undone)
        if stand.step == REST:
            return _taken_up_again(shift)
        task = _still_mine(shift, stand)
        if task is None:
            return _onward(shift, say("moving.taken_away", id=stand.ref), Tone.STOPPED)
        answer = hear(_job(task), _where(stand, task), _said(session, heard))
        return _acted(shift, task, answer, heard)

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Say again where they stand."""
        assert stand.ref is not None
        task = queries.task(session, stand.ref)
        return shown(task, _where(stand, task))


MOVING = Moving()


@dataclass(frozen=True)
class _Shift:
    """Who works, at which moment, and which moves they passed over."""

    session: Session
    by: int
    at: datetime
    skipped: tuple[int, ...] = ()
    undone: int = 0
    """How many drops were taken back since the last."""

    def passing(self, task_id: int) -> "_Shift":
        """Return the same with one more move passed over."""
        return replace(self, skipped=(*self.skipped, task_id)[-SKIPPED_LIMIT:])


def _next(shift: _Shift) -> tuple[Stand, Turn] | None:
    session = shift.session
    found = queries.mine(session, shift.by)
    if found is not None:
        actions.claim(session, move_task_id=found.id, by=shift.by, at=shift.at)
    else:
        found = actions.claim_next(session, but=shift.skipped, by=shift.by, at=shift.at)
    if found is None:
        return None
    task = queries.task(session, found.id)
    where = Where(Step.TARGET if task.state == State.IN_HAND else Step.SOURCE)
    return _stand(task, where, shift), shown(task, where)


def _onward(shift: _Shift, said: Sentence, tone: Tone) -> tuple[Stand, Turn]:
    """Go to the next move with what is to be said of the last one, or home."""
    found = _next(shift)
    if found is None:
        turn = Turn("", "home", say("moving.nothing_left"), say=said, tone=tone)
        if not queries.has_dropped(shift.session, shift.by):
            return HOME, turn
        rest = Stand(PROCESS, REST, data={"undone": shift.undone})
        return home_with(Offer(UNDO, rest)), replace(turn, buttons=(UNDO,))
    stand, turn = found
    return stand, replace(turn, say=said, tone=tone)


def _acted(shift: _Shift, task: Task, answer: Answer, heard: Heard) -> tuple[Stand, Turn]:
    """Do what the answer says, and return where the person stands then."""
    session = shift.session
    act: Mapping[str, Any] = {"move_task_id": task.id, "by": shift.by, "at": shift.at}
    match answer.act:
        case None:
            actions.renew(session, actions.yours(session, task.id, shift.by), shift.at)
        case Act.LIFT:
            actions.lift(session, quantity=answer.units, happened=heard.is_late, **act)
        case Act.PUT_DOWN:
            actions.put_down_source(session, **act)
        case Act.ELSEWHERE:
            actions.redirect(session, reason="full", **act)
        case Act.SHORT:
            actions.short(session, **act)
        case Act.LEAVE:
            actions.leave(session, **act)
            shift = shift.passing(task.id)
        case Act.DROP:
            assert answer.place_id is not None
            actions.drop(session, location_id=answer.place_id, **act)
            shift = replace(shift, undone=0)
        case Act.UNDO_DROP:
            actions.leave(session, **act)
            return _taken_up_again(shift)
    if answer.act in (Act.SHORT, Act.LEAVE, Act.DROP):
        return _onward(shift, answer.say, answer.tone)
    after = queries.task(session, task.id)
    turn = shown(after, answer.where, answer.say, answer.tone)
    return _stand(after, answer.where, shift), turn


def _taken_up_again(shift: _Shift) -> tuple[Stand, Turn]:
    """Have in hand again what was put down last; the next move waits for somebody."""
    session = shift.session
    if shift.undone >= actions.DEEP:
        raise actions.NothingToUndo
    back = actions.undo_drop(session, by=shift.by, at=shift.at)
    task, where = queries.task(session, back.id), Where(Step.TARGET)
    told = say("moving.undone_drop", quantity=task.lifted, item=task.sku, place=task.target)
    shift = replace(shift, undone=shift.undone + 1)
    return _stand(task, where, shift), shown(task, where, told, Tone.GOOD)


def _still_mine(shift: _Shift, stand: Stand) -> Task | None:
    """Return the task a person stands in, or None where it was cancelled, done or somebody else took it."""
    assert stand.ref is not None
    task = queries.task(shift.session, stand.ref)
    if task.state == State.QUEUED:  # the lease ran out and nobody else came: it is theirs again
        actions.claim(shift.session, move_task_id=task.id, by=shift.by, at=shift.at)
        return queries.task(shift.session, task.id)
    return None if task.is_over or task.worker_id != shift.by else task


def _stand(task: Task, where: Where, shift: _Shift) -> Stand:
    data = {"counted": where.counted, "other": where.other_id, "skipped": list(shift.skipped)}
    data["undone"] = shift.undone
    return Stand(PROCESS, where.step, task.id, data)


def _where(stand: Stand, task: Task) -> Where:
    """Return how far the person is; what the ledger says of their hands goes before what the screen said."""
    if task.state == State.IN_HAND:
        return Where(Step.TARGET, other_id=stand.data.get("other"))
    step = Step.ITEM if stand.step == Step.ITEM else Step.SOURCE
    return Where(step, counted=stand.data.get("counted", 0) if step is Step.ITEM else 0)


def _job(task: Task) -> Job:
    return Job(
        source_id=task.source_id,
        source=task.source,
        item_id=task.item_id,
        sku=task.sku,
        asked=task.asked,
        lot=task.lot,
        target_id=task.target_id,
        target=task.target,
        lifted=task.lifted,
    )


def _said(session: Session, heard: Heard) -> Said:
    said = Said(code=heard.code, order=heard.order, number=heard.quantity)
    for meaning in heard.meanings:
        if meaning.kind in PLACES:
            codes = place_names(session, [meaning.target_id])
            return replace(
                said, place_id=meaning.target_id, place=codes.get(meaning.target_id, heard.code)
            )
        if meaning.kind is Kind.ITEM:
            return replace(
                said,
                item_id=meaning.target_id,
                item=skus(session, [meaning.target_id]).get(meaning.target_id, heard.code),
                lot=meaning.lot or "",
                units=units_per_scan(session, meaning),
            )
    return said
