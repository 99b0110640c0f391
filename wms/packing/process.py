"""Packing on the floor: what `wiring` gives to the page. A scan in, what is done, and what the screen says next."""

from dataclasses import replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.floor.process import Stand, Waiting, Worker
from wms.floor.turn import Heard, Sentence, Tone, Turn, say
from wms.packing import actions
from wms.packing.dialogue import At, Job, Step, hear, onward, show
from wms.packing.doing import Scan, carry_out, close
from wms.packing.elsewhere import somebody_has, told_at_home
from wms.packing.inside import job_of
from wms.packing.lifecycle import PackageState
from wms.packing.meaning import said_of
from wms.packing.opening import in_hand, resume
from wms.packing.standing import look_for_stop
from wms.packing.waiting import is_anything_there, waiting_totes
from wms.people.policy import LEADS, Role
from wms.picking import actions as picking
from wms.stations import queries as stations
from wms.stations.actions import StationKind

NAME = "packing"

TURNS = 6
"""So many things may follow from one scan by themselves: a box closed, an order let go of, a tote put aside."""


class Packing:
    """The process that the floor knows by `packing`. It keeps nothing: all is in the rows and in the Stand."""

    label = "packing.tile"
    icon = "packing"
    roles = frozenset(role.value for role in (Role.PACKER, *LEADS))

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """Tell how many totes wait, and whether the person has a box in hand."""
        del at
        has_one = in_hand(session, worker.id) is not None
        count = waiting_totes(session) + has_one
        return Waiting(count, has_one, None if count else told_at_home(session, worker.id))

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Go on with the box in hand, or sit down at the bench of the device."""
        here = At(Step.TOTE, _bench_of(session, worker.device_id))
        package = in_hand(session, worker.id)
        if package is not None:
            station_id = here.station_id or package.station_id
            begun = resume(session, At(Step.TOTE, station_id), package.id, by=worker.id, now=at)
            return _next(session, worker, begun.at, begun.say, begun.tone, at=at)
        if not is_anything_there(session):
            return None
        return _next(session, worker, here, None, Tone.QUIET, at=at)

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Answer one scan, button or number."""
        here = _seated(session, worker, At.from_data(stand.step, stand.data))
        if (stopped := look_for_stop(session, here, by=worker.id, now=at)) is not None:
            return _next(session, worker, stopped.at, stopped.say, stopped.tone, at=at)
        job = job_of(session, here, at)
        reply = hear(job, onward(job, here), said_of(session, worker, job, heard))
        if reply.act is None:
            seen = job if reply.at == here else job_of(session, reply.at, at)
            return _stand(reply.at), show(seen, reply.at, reply.say, reply.tone)
        done = carry_out(Scan(session, job, worker, at), reply)
        return _next(session, worker, done.at, done.say, done.tone, at=at)

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Say again where the person stands, as box and label are now."""
        here = At.from_data(stand.step, stand.data)
        job = job_of(session, here, at)
        there = onward(job, here)
        return show(job, there, somebody_has(session, job, there, worker.id))


PACKING = Packing()


def _seated(session: Session, worker: Worker, here: At) -> At:
    """Return where a packer stands; at the bench of their device, where they came from home and sat at none."""
    if here.station_id is not None:
        return here
    return replace(here, station_id=_bench_of(session, worker.device_id))


def _bench_of(session: Session, device_id: int | None) -> int | None:
    """Return the packing bench that a device serves."""
    if device_id is None:
        return None
    for bound in stations.bindings(session, device_ids=[device_id]):
        if stations.station(session, bound.station_id).kind == StationKind.PACKING:
            return bound.station_id
    return None


def _next(
    session: Session,
    worker: Worker,
    here: At,
    told: Sentence | None,
    tone: Tone = Tone.GOOD,
    *,
    at: datetime,
) -> tuple[Stand, Turn]:
    """Go on from here as the rows are now; what needs nobody happens by itself."""
    for _turn in range(TURNS):
        job = job_of(session, here, at)
        there = _by_itself(session, worker, job, here, at)
        if there is None:
            break
        if there.step is Step.TOTE and here.tote_id is not None and here.fo_id is None:
            told = say("packing.tote_waits", tote=job.tote.code if job.tote else "")
            tone = Tone.ATTENTION
        here = there
    here = onward(job, here)
    if told is None or told.id == "packing.begun":
        told = somebody_has(session, job, here, worker.id) or told
    return _stand(here), show(job, here, told, tone)


def _by_itself(session: Session, worker: Worker, job: Job, here: At, at: datetime) -> At | None:
    """Do what follows without anybody, and return where that leads; None where somebody has to act."""
    by = worker.id
    if _is_over(job):
        return here.to(Step.ITEM, fo_id=None, key=None, counted=0, box_type_id=None, asked=None)
    if job.tote is not None and job.order is None and not job.wants and job.kept:
        picking.park_tote(session, tote_id=job.tote.id, by=by, at=at)
        return here.between()
    box = job.box
    if box is None or box.state is not PackageState.OPEN or job.wants or job.other_totes:
        return None
    if not box.units:
        actions.void(session, package_id=box.id, by=by, at=at)
        return here.to(Step.ITEM)
    if here.box_type_id is not None and here.step is Step.ITEM:
        close(session, box.id, here.box_type_id, by=by, at=at)
        return here.to(Step.ITEM, box_type_id=None)
    return None


def _is_over(job: Job) -> bool:
    """Whether nothing of the order in hand is left to do at this bench."""
    if job.order is None or job.order.is_cancelled:
        return False
    return job.box is None and not job.wants and not job.other_totes


def _stand(here: At) -> Stand:
    return Stand(NAME, here.step.value, here.fo_id, here.data())
