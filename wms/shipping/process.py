"""Loading on the floor: hears scans of lanes and parcels, and does what the dialogue says."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.codes.queries import Kind
from wms.floor.process import Stand, Waiting, Worker
from wms.floor.turn import Heard, Sentence, Tone, Turn, say
from wms.packing.queries import is_void_label
from wms.shipping import actions
from wms.shipping.dialogue import Act, Said, Step, hear
from wms.shipping.queries import lanes
from wms.shipping.showing import PROCESS, at_lanes, at_parcels

HOME = Stand("", "home")

PLACES = (Kind.LOCATION, Kind.LPN)


class Loading:
    """What the floor is given of this process."""

    label = "shipping.tile"
    icon = "packing"
    roles = frozenset({"packer", "receiver", "supervisor", "admin"})

    def waiting(self, session: Session, worker: Worker, at: datetime) -> Waiting:
        """Return how many parcels wait for a truck, and whether this person loads one."""
        mine = lanes.loading_of(session, worker.id)
        return Waiting(lanes.staged_count(session), mine is not None)

    def begin(self, session: Session, worker: Worker, at: datetime) -> tuple[Stand, Turn] | None:
        """Go on with the truck that this person loads, or ask for a lane where parcels wait."""
        mine = lanes.loading_of(session, worker.id)
        if mine is not None:
            return _at(session, mine)
        if not lanes.staged_count(session):
            return None
        return _at(session, None)

    def hear(
        self, session: Session, worker: Worker, stand: Stand, heard: Heard, at: datetime
    ) -> tuple[Stand, Turn]:
        """Answer one scan."""
        said = _said(session, heard)
        answer = hear(lanes.lane(session, stand.ref) if stand.ref else None, said)
        who: Mapping[str, Any] = {"by": worker.id, "at": at}
        match answer.act:
            case Act.GO_TO_LANE:
                return _at(session, said.lane_id, answer.say, answer.tone)
            case Act.LOAD:
                assert stand.ref is not None
                assert said.package_id is not None
                actions.hand_over(session, lane_id=stand.ref, package_id=said.package_id, **who)
            case Act.LEAVE:
                assert stand.ref is not None
                actions.leave(session, lane_id=stand.ref, **who)
                return _after_the_truck(session, answer.say, answer.tone)
            case None:
                pass
        return _at(session, stand.ref, answer.say, answer.tone)

    def show(self, session: Session, worker: Worker, stand: Stand, at: datetime) -> Turn:
        """Say again where they stand."""
        return _at(session, stand.ref)[1]


LOADING = Loading()


@dataclass(frozen=True)
class _Place:
    """What a scanned code stands for, where it is a place."""

    lane_id: int | None
    is_place: bool


def _at(
    session: Session,
    lane_id: int | None,
    said: Sentence | None = None,
    tone: Tone = Tone.QUIET,
) -> tuple[Stand, Turn]:
    if lane_id is None:
        codes = lanes.lanes_with_parcels(session)
        return Stand(PROCESS, Step.LANE), at_lanes(codes, lanes.staged_count(session), said, tone)
    lane = lanes.lane(session, lane_id)
    turn = at_parcels(lane, lanes.labels_waiting(session, lane_id), said, tone)
    return Stand(PROCESS, Step.PARCEL, lane_id), turn


def _after_the_truck(session: Session, said: Sentence, tone: Tone) -> tuple[Stand, Turn]:
    """Ask for the next lane, or go home where no parcel waits any more."""
    if lanes.staged_count(session):
        return _at(session, None, said, tone)
    return HOME, Turn("", "home", say("shipping.nothing_waits"), say=said, tone=tone)


def _said(session: Session, heard: Heard) -> Said:
    if heard.order is not None:
        return Said(heard.code, order=heard.order)
    parcel = lanes.parcel_scanned(session, heard.code)
    if parcel is not None:
        return Said(
            heard.code,
            package_id=parcel.package_id,
            package=parcel.number,
            is_label=parcel.is_label,
        )
    place = _place(session, heard)
    is_void = not heard.meanings and is_void_label(session, heard.code)
    return Said(heard.code, lane_id=place.lane_id, is_place=place.is_place, is_void=is_void)


def _place(session: Session, heard: Heard) -> _Place:
    places = [one.target_id for one in heard.meanings if one.kind in PLACES]
    found = [lane_id for place in places if (lane_id := lanes.lane_at(session, place))]
    return _Place(found[0] if found else None, bool(places))
