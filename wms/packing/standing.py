"""Whether somebody may go on where they stand: an order may be cancelled or held meanwhile."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.actions import LpnState
from wms.bins.tables import Location, Lpn
from wms.floor.turn import Sentence, Tone, say
from wms.orders import actions as orders
from wms.orders.gate import Stop, StopKind
from wms.orders.holds import Step as OrderStep
from wms.packing import queries
from wms.packing.dialogue import At, Step
from wms.packing.elsewhere import holder
from wms.packing.showing import box_in_hand
from wms.packing.tables import Package
from wms.people import queries as people
from wms.picking import actions as picking
from wms.stations import queries as stations


@dataclass(frozen=True)
class Stopped:
    """Why the scan was not taken, and where the packer goes on."""

    at: At
    say: Sentence
    tone: Tone = Tone.STOPPED


def look_for_stop(session: Session, at: At, *, by: int, now: datetime) -> Stopped | None:
    """Ask before every act whether the order in hand may go on; what is in boxes of a cancelled one goes back."""
    if at.fo_id is None:
        return _if_emptied(session, at)
    if at.step is Step.BACK:
        return None
    stop = orders.gate(session, at.fo_id, step=OrderStep.PACK).stop
    if stop is None:
        return _if_taken_over(session, at, by=by, now=now)
    number = queries.bench_of(session, at.fo_id).order
    if stop.kind is StopKind.CANCELLED and box_in_hand(queries.packages_of_fo(session, at.fo_id)):
        return Stopped(At(Step.BACK, at.station_id, at.tote_id, at.fo_id), _give_back(number))
    if at.tote_id is not None:
        picking.park_tote(session, tote_id=at.tote_id, by=by, at=now)
    return Stopped(at.between(), told(stop, number))


def held_elsewhere(session: Session, fo_id: int, station_id: int | None, by: int) -> Package | None:
    """Return the box of an order that stands before somebody else at another bench."""
    package = box_in_hand(queries.packages_of_fo(session, fo_id))
    is_here = package is None or package.packed_by == by or package.station_id == station_id
    return None if is_here else package


def told_elsewhere(session: Session, package: Package) -> Sentence:
    """Say who packs an order at which other bench, and how to go on with it here."""
    name = people.person(session, package.packed_by).user.name
    bench = stations.station(session, package.station_id).name if package.station_id else ""
    order = queries.bench_of(session, package.fo_id).order
    return say("packing.taken_over", order=order, bench=bench, name=name)


def _if_taken_over(session: Session, at: At, *, by: int, now: datetime) -> Stopped | None:
    """Put the tote down where the order's box was begun, or is by now, in front of somebody at another bench."""
    assert at.fo_id is not None
    package = held_elsewhere(session, at.fo_id, at.station_id, by)
    if package is None:
        return None
    if at.tote_id is not None and holder(session, at.tote_id, by) is None:
        picking.park_tote(session, tote_id=at.tote_id, by=by, at=now)
    there = replace(at.between(), asked=at.tote_id)
    return Stopped(there, told_elsewhere(session, package))


def _if_emptied(session: Session, at: At) -> Stopped | None:
    """Let go of a tote that somebody else emptied meanwhile."""
    tote = session.get(Lpn, at.tote_id) if at.tote_id is not None else None
    if tote is None or tote.state == LpnState.UNPACKING:
        return None
    code = session.get_one(Location, tote.location_id).code
    return Stopped(at.between(), say("packing.tote_is_gone", tote=code), Tone.ATTENTION)


def told(stop: Stop, number: str) -> Sentence:
    """Say why an order may not be packed, and what to do with its tote."""
    if stop.kind is StopKind.CANCELLED:
        return say("packing.cancelled", order=number)
    return held(number, stop.reason)


def held(number: str, kind: str) -> Sentence:
    """Say that an order is held, and why, as the page of the order says it."""
    return say("packing.held", order=number, reason=say(f"orders.hold_{kind}"))


def _give_back(number: str) -> Sentence:
    return say("packing.give_back", order=number)
