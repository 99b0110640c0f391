"""Counting on the floor: takes the next count for a person, hears their scans, hands in what they counted."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Any

from flask import has_app_context
from sqlalchemy.orm import Session

from wms.catalog.queries import names as skus
from wms.catalog.tables import Item
from wms.counting import actions, queries
from wms.counting.dialogue import Act, Answer, Noted, Scanned, Sheet, Step, Where, hear
from wms.counting.hearing import expected_codes, said_of
from wms.counting.lifecycle import State
from wms.counting.queries import Count
from wms.counting.rules import Tolerance, Verdict
from wms.counting.showing import PROCESS, shown
from wms.counting.tables import CountTask
from wms.counting.things import Thing
from wms.floor.process import Stand, Waiting, Worker
from wms.floor.turn import Heard, Sentence, Tone, Turn, say
from wms.floor.turn import Thing as Card
from wms.kernel.services import services

HOME = Stand("", "home")

SKIPPED_LIMIT = 20
"""So many counts that were left for later are remembered; the oldest comes round again after that."""


class Counting:
    """What the floor is given of this process."""

    label = "counting.tile"
    icon = "counts"
    roles = frozenset({"picker", "receiver", "supervisor", "admin"})

    def __init__(self, tolerance: Callable[[], Tolerance]) -> None:
        """Take what tells how far a count may be from the book and still be believed at once."""
        self._tolerance = tolerance

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """Return how many counts wait that this person may do, and whether they are at one."""
        mine = queries.mine(session, worker.id)
        return Waiting(queries.waiting(session, worker.id) + (mine is not None), mine is not None)

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Go on where they count, or take the next count."""
        return _next(_Shift(session, worker.id, at))

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Answer one scan; each renews the lease."""
        shift = _Shift(session, worker.id, at, tuple(stand.data.get("skipped", ())))
        task = _still_mine(shift, stand)
        if task is None:
            return _onward(shift, say("counting.taken_away"), Tone.STOPPED)
        where = _where(stand)
        said = said_of(session, where, heard, at)
        answer = hear(_sheet(session, task), where, said)
        return self._acted(shift, task, answer, heard)

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Say again where they stand."""
        assert stand.ref is not None
        task = session.get_one(CountTask, stand.ref)
        return _screen(session, task, _where(stand))

    def _acted(
        self, shift: "_Shift", task: CountTask, answer: Answer, heard: Heard
    ) -> tuple[Stand, Turn]:
        """Do what the answer says, and return where the person stands then."""
        session = shift.session
        act: Mapping[str, Any] = {"count_id": task.id, "by": shift.by, "at": shift.at}
        match answer.act:
            case None:
                actions.claim(session, **act)
            case Act.NOTE:
                assert answer.thing is not None
                actions.note(session, thing=answer.thing, counted=answer.counted, **act)
            case Act.LEAVE:
                actions.leave(session, **act)
                return _onward(shift.leaving(task.id), answer.say, answer.tone)
            case Act.SUBMIT:
                verdict = actions.submit(
                    session, counted_at=heard.occurred_at, tolerance=self._tolerance(), **act
                )
                return _onward(shift, _thanks(verdict, answer.say), answer.tone)
        turn = _screen(session, task, answer.where)
        stand = _stand(task, answer.where, shift)
        return stand, replace(turn, say=answer.say, tone=answer.tone)


def as_set() -> Tolerance:
    """Return how far a count may be off by the settings of this house."""
    if not has_app_context():
        return Tolerance()
    settings = services().settings
    return Tolerance(settings.count_tolerance_units, settings.count_tolerance_percent)


COUNTING = Counting(as_set)


@dataclass(frozen=True)
class _Shift:
    """Who counts, at which moment, and which counts they left for later."""

    session: Session
    by: int
    at: datetime
    skipped: tuple[int, ...] = ()

    def leaving(self, count_id: int) -> "_Shift":
        """Return the same with one more count left for later."""
        return replace(self, skipped=(*self.skipped, count_id)[-SKIPPED_LIMIT:])


def _next(shift: _Shift) -> tuple[Stand, Turn] | None:
    session = shift.session
    found = queries.mine(session, shift.by)
    if found is not None:
        actions.claim(session, count_id=found.id, by=shift.by, at=shift.at)
    else:
        found = actions.claim_next(session, but=shift.skipped, by=shift.by, at=shift.at)
    if found is None:
        return None
    where = Where(Step.PLACE)
    return _stand(found, where, shift), _screen(session, found, where)


def _onward(shift: _Shift, said: Sentence, tone: Tone) -> tuple[Stand, Turn]:
    """Go to the next count with what is to be said of the last one, or home."""
    found = _next(shift)
    if found is None:
        return HOME, Turn("", "home", say("counting.nothing_left"), say=said, tone=tone)
    stand, turn = found
    return stand, replace(turn, say=said, tone=tone)


def _thanks(verdict: Verdict, thanks: Sentence) -> Sentence:
    """Say what becomes of the count, without a word on what the book said."""
    if verdict is Verdict.RECOUNT:
        return Sentence("counting.somebody_recounts", thanks.values)
    return thanks


def _still_mine(shift: _Shift, stand: Stand) -> CountTask | None:
    """Return the count a person stands in; None where it was cancelled or somebody else counts there now."""
    assert stand.ref is not None
    task = shift.session.get_one(CountTask, stand.ref)
    is_mine = task.state == State.COUNTING and task.worker_id == shift.by
    return task if is_mine else None


def _screen(session: Session, task: CountTask, where: Where) -> Turn:
    count: Count = queries.count(session, task.id)
    return shown(
        count,
        _sheet(session, task),
        where,
        _card(session, task, where),
        expected_codes(session, where),
    )


def _card(session: Session, task: CountTask, where: Where) -> Card | None:
    """Return the card of what was scanned last, with how many of it were counted."""
    thing = where.done[-1].thing if where.done else None
    item_id = where.pending.item_id if where.pending else thing.item_id if thing else None
    if item_id is None:
        return None
    item = session.get_one(Item, item_id)
    counted = actions.sheet(session, task).get(thing) if thing and not where.pending else None
    return Card(item.name, item.sku, item.picture, (f"× {counted}",) if counted else ())


def _sheet(session: Session, task: CountTask) -> Sheet:
    counted = actions.sheet(session, task)
    place = queries.count(session, task.id).location
    return Sheet(
        task.location_id, place, counted, skus(session, {thing.item_id for thing in counted})
    )


def _stand(task: CountTask, where: Where, shift: _Shift) -> Stand:
    data = {
        "pending": vars(where.pending) if where.pending else None,
        "done": [[*noted.thing, noted.before] for noted in where.done],
        "skipped": list(shift.skipped),
    }
    return Stand(PROCESS, where.step, task.id, data)


def _where(stand: Stand) -> Where:
    pending = stand.data.get("pending")
    return Where(
        Step(stand.step),
        Scanned(**pending) if pending else None,
        tuple(Noted(Thing(*thing), before) for *thing, before in stand.data.get("done", ())),
    )
