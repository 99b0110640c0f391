"""Beginning at a bench: which order a tote is about, and whether it may be packed by this person, here and now."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.floor.turn import Sentence, Tone, say
from wms.orders.gate import StopKind
from wms.packing import actions, queries
from wms.packing.dialogue import At, Step
from wms.packing.dialogue.acts import Open
from wms.packing.lifecycle import LIVE
from wms.packing.showing import box_in_hand
from wms.packing.standing import held, held_elsewhere, told_elsewhere
from wms.packing.tables import PackAct, Package, PackageItem
from wms.packing.waiting import Standing, standings
from wms.picking import actions as picking
from wms.picking.queries import picked_into


@dataclass(frozen=True)
class Begun:
    """Where the packer stands then, and what is said."""

    at: At
    say: Sentence
    tone: Tone = Tone.GOOD


def open_tote(session: Session, at: At, act: Open, *, by: int, now: datetime) -> Begun:
    """Open a tote whose orders may be packed, else say why not. Raises picking's ToteNotReady."""
    boxed = _boxed_from(session, act.tote_id)
    stands = _orders_in(session, act.tote_id, boxed)
    packable = [one for one in stands if one.may_be_packed]
    goes_back = any(one.fo_id == boxed and one.stop is StopKind.CANCELLED for one in stands)
    if stands and not packable and not goes_back:
        return _not_now(session, at, stands[0])
    fo_id = boxed or (packable[0].fo_id if len(stands) == 1 else None)
    if fo_id and (other := held_elsewhere(session, fo_id, at.station_id, by)):
        if not act.is_sure:
            told = told_elsewhere(session, other)
            return Begun(at.to(Step.TOTE, asked=act.tote_id), told, Tone.ATTENTION)
        actions.take_over(session, package_id=other.id, station_id=at.station_id, by=by)
    picking.open_tote(session, tote_id=act.tote_id, by=by, at=now)
    there = At(Step.ITEM, at.station_id, act.tote_id, fo_id or at.fo_id)
    there = there.to(Step.ITEM, old_label=torn_label_of(session, there.fo_id))
    units = sum(
        one.quantity
        for one in queries.in_tote(session, act.tote_id)
        if one.fo_id in {each.fo_id for each in packable}
    )
    told = say("packing.tote_open", tote=act.code, n=units)
    return Begun(there, told if units else say("packing.tote_has_nothing", tote=act.code))


def resume(session: Session, at: At, package_id: int, *, by: int, now: datetime) -> Begun:
    """Go on with a box that was begun, with its tote where that still stands at a bench."""
    package = queries.package(session, package_id)
    if held_elsewhere(session, package.fo_id, at.station_id, by):
        actions.take_over(session, package_id=package_id, station_id=at.station_id, by=by)
    tote_id = _tote_of(session, package, by=by, now=now)
    torn = queries.torn_label(session, package)
    there = At(Step.ITEM, at.station_id, tote_id, package.fo_id, old_label=torn)
    return Begun(there, say("packing.go_on", order=queries.bench_of(session, package.fo_id).order))


def torn_label_of(session: Session, fo_id: int | None) -> str:
    """Return the number on the label that is to be thrown away of the box in hand of an order."""
    package = box_in_hand(queries.packages_of_fo(session, fo_id)) if fo_id is not None else None
    return queries.torn_label(session, package) if package is not None else ""


def in_hand(session: Session, worker_id: int) -> Package | None:
    """Return the box that somebody has in hand: the one that they worked on last, if it is not done."""
    last = session.scalar(
        select(PackAct)
        .where(PackAct.worker_id == worker_id, PackAct.undone_at.is_(None))
        .order_by(PackAct.id.desc())
        .limit(1)
    )
    if last is None:
        return None
    stand = standings(session, [last.fo_id])[last.fo_id]
    if stand.stop is StopKind.HELD:
        return None
    package = box_in_hand(queries.packages_of_fo(session, last.fo_id))
    return package if package is not None and package.packed_by == worker_id else None


def _orders_in(session: Session, tote_id: int, boxed: int | None) -> list[Standing]:
    """Return how the orders stand of which something is in a tote, or in a box that was filled from it."""
    waiting = [one.fo_id for one in queries.in_tote(session, tote_id)]
    fo_ids = list(dict.fromkeys([*([boxed] if boxed else []), *waiting]))
    known = standings(session, fo_ids)
    return [known[fo_id] for fo_id in fo_ids]


def _boxed_from(session: Session, tote_id: int) -> int | None:
    """Return the order of a box that was filled from this tote and is not done."""
    return session.scalar(
        select(Package.fo_id)
        .join(PackageItem, PackageItem.package_id == Package.id)
        .where(PackageItem.tote_id == tote_id, PackageItem.quantity > 0, Package.state.in_(LIVE))
        .order_by(Package.id)
        .limit(1)
    )


def _not_now(session: Session, at: At, stand: Standing) -> Begun:
    order = queries.bench_of(session, stand.fo_id).order
    if stand.stop is StopKind.CANCELLED:
        return Begun(at.between(), say("packing.cancelled", order=order), Tone.STOPPED)
    if stand.stop is StopKind.HELD:
        return Begun(at.between(), held(order, stand.reason), Tone.STOPPED)
    return Begun(at.between(), say("packing.order_not_picked", order=order), Tone.WRONG)


def _tote_of(session: Session, package: Package, *, by: int, now: datetime) -> int | None:
    """Return the tote that a box was filled from last, if it can be opened and is not another order's by now."""
    tote_id = session.scalar(
        select(PackageItem.tote_id)
        .where(PackageItem.package_id == package.id)
        .order_by(PackageItem.id.desc())
        .limit(1)
    )
    if tote_id is None:
        return None
    if all(one.fo_id != package.fo_id for one in picked_into(session, tote_id)):
        return None
    try:
        picking.open_tote(session, tote_id=tote_id, by=by, at=now)
    except picking.ToteNotReady:
        return None
    return tote_id
