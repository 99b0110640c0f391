"""Picking on the floor: what `wiring` gives to the page. A scan in, what is done, and what the screen says next."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.floor.process import Stand, Waiting, Worker
from wms.floor.turn import Heard, Sentence, Tone, Turn, say
from wms.people.policy import LEADS, Role
from wms.picking import actions
from wms.picking.actions.rows import live_one
from wms.picking.dialogue import At, GetWork, Reply, Step, TakeOver, Trip, hear, onward, show
from wms.picking.doing import Scan, carry_out
from wms.picking.lifecycle import RUN, RunState
from wms.picking.meaning import said_of
from wms.picking.queries import run_of, waiting_runs
from wms.picking.queries.trips import trip_of
from wms.picking.standing import look_for_stop
from wms.picking.tables import PickRun

NAME = "picking"


class Picking:
    """The process that the floor knows by `picking`. It keeps nothing: all is in the rows and in the Stand."""

    label = "picking.tile"
    icon = "tote"
    roles = frozenset(role.value for role in (Role.PICKER, *LEADS))

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """Tell how many trips wait, and whether the person has one in hand."""
        has_one = actions.mine(session, worker.id) is not None
        return Waiting(waiting_runs(session, at) + has_one, mine=has_one)

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Go on with the trip in hand, or take the one that leaves first."""
        run = actions.mine(session, worker.id)
        if run is not None:
            run = actions.held_run(session, run.id)
            actions.renew(session, run, by=worker.id, at=at)
            return _next(session, run, At(Step.GO), say("picking.go_on", run=run.number), at=at)
        run = actions.claim_next(session, by=worker.id, at=at)
        if run is None:
            return None
        return _next(session, run, At(Step.GO), say("picking.begun", run=run.number), at=at)

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Answer one scan, button or number."""
        run = actions.held_run(session, stand.ref or 0)
        here = At.from_data(stand.step, stand.data)
        scan = Scan(session, run, worker, here, heard, at)
        if RunState(run.state) in RUN.ends:
            return self._after_the_trip(scan)
        try:
            actions.renew(session, run, by=worker.id, at=at)
        except actions.TakenOver as gone:
            return _home(Sentence(gone.sentence, gone.values), Tone.STOPPED)
        if (stopped := look_for_stop(scan)) is not None:
            return _next(session, run, stopped.at, stopped.say, stopped.tone, at=at)
        trip = trip_of(session, run, also=here.task_id, at=at)
        return self._done(scan, trip, hear(trip, here, said_of(session, worker, run, heard)))

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Say again where the person stands."""
        run = run_of(session, stand.ref or 0)
        here = At.from_data(stand.step, stand.data)
        return show(trip_of(session, run, also=here.task_id, at=at), here)

    def _done(self, scan: Scan, trip: Trip, reply: Reply) -> tuple[Stand, Turn]:
        """Do what the dialogue wants done, and say what is next."""
        run, at = scan.run, scan.at
        if reply.act is None:
            return _stand(run, reply.at), show(trip, reply.at, reply.say, reply.tone)
        if isinstance(reply.act, GetWork):
            return self._more(scan.session, scan.worker, run, at)
        if isinstance(reply.act, TakeOver):
            actions.give_back(scan.session, run, by=scan.worker.id, at=at)
            run = actions.take_over(scan.session, run_id=reply.act.run_id, by=scan.worker.id, at=at)
            told = say("picking.took_over", run=run.number)
            return _next(scan.session, run, At(Step.GO), told, Tone.ATTENTION, at=at)
        done = carry_out(scan, reply)
        return _next(scan.session, run, done.at, done.say, done.tone, at=at)

    def _after_the_trip(self, scan: Scan) -> tuple[Stand, Turn]:
        """Answer somebody whose trip is over: a summary until they want more."""
        session, run, here = scan.session, scan.run, scan.here
        if here.step is not Step.DONE:
            return _home(say("picking.trip_over", run=run.number), Tone.STOPPED)
        trip = trip_of(session, run, at=scan.at)
        reply = hear(trip, here, said_of(session, scan.worker, run, scan.heard))
        if isinstance(reply.act, GetWork):
            return self._more(session, scan.worker, run, scan.at)
        if reply.act is not None:
            told = say("picking.nothing_to_undo")
            return _stand(run, here), show(trip, here, told, Tone.WRONG)
        return _stand(run, reply.at), show(trip, reply.at, reply.say, reply.tone)

    def _more(
        self, session: Session, worker: Worker, run: PickRun, at: datetime
    ) -> tuple[Stand, Turn]:
        begun = self.begin(session, worker, at)
        return begun or _home(say("picking.nothing_waits", run=run.number), Tone.ATTENTION)


PICKING = Picking()


def _next(
    session: Session,
    run: PickRun,
    here: At,
    told: Sentence | None,
    tone: Tone = Tone.GOOD,
    *,
    at: datetime,
) -> tuple[Stand, Turn]:
    """Go on from here as the rows are now; a trip on which nothing is left and nothing is held ends by itself."""
    trip = trip_of(session, run, also=live_one(session, here.task_id), at=at)
    if here.step in {Step.ZERO, Step.DONE}:
        return _stand(run, here), show(trip, here, told, tone)
    there = onward(trip, here)
    if there.step is Step.DONE and run.state == RunState.ASSIGNED:
        actions.drop(session, run, place_id=None, by=run.worker_id or 0, at=at)
        trip = trip_of(session, run, at=at)
    return _stand(run, there), show(trip, there, told, tone)


def _stand(run: PickRun, here: At) -> Stand:
    return Stand(NAME, here.step.value, run.id, here.data())


def _home(told: Sentence, tone: Tone) -> tuple[Stand, Turn]:
    return Stand("", "home"), Turn("", "home", say("picking.at_home"), say=told, tone=tone)
