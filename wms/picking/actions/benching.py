"""Totes at a bench: opened, set aside, emptied, filled again with what nobody wants any more."""

from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.actions import LpnState, LpnVerb
from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.picking.actions.stopping import PARTY
from wms.picking.actions.unbinding import unbind, units_in
from wms.picking.events import ToteBound
from wms.picking.queries.totes import live_binding, picked_into
from wms.picking.tables import PickTask, ToteBinding


class ToteNotReady(Refusal):
    """The tote cannot be packed from: `state` says how it is used."""

    sentence = "picking.tote_not_ready"


class ToteHoldsUnits(Refusal):
    """By the book something is still in the tote."""

    sentence = "picking.tote_holds_units"


def open_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> ToteBinding:
    """Note that a tote is unpacked at a bench; said twice, noted once. Raises ToteNotReady."""
    _hold_orders(session, tote_id)
    binding = live_binding(session, tote_id)
    state = _held_state(session, tote_id)
    if binding is None or state not in {LpnState.STAGED, LpnState.UNPACKING}:
        raise _not_ready(session, tote_id, state)
    if state is LpnState.STAGED:
        bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.OPEN_AT_STATION, by=by, at=at)
    return binding


def park_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that a tote at a bench waits again. One that is not open stays as it is."""
    _hold_orders(session, tote_id)
    if _held_state(session, tote_id) is LpnState.UNPACKING:
        bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.PARK, by=by, at=at)


def empty_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that somebody saw that a tote is empty: it is free again. Raises ToteNotReady, ToteHoldsUnits."""
    _hold_orders(session, tote_id)
    binding = live_binding(session, tote_id)
    state = _held_state(session, tote_id)
    if binding is None or state is not LpnState.UNPACKING:
        raise _not_ready(session, tote_id, state)
    if left := units_in(session, tote_id):
        raise ToteHoldsUnits(tote=_code(session, tote_id), n=left)
    unbind(session, binding, by=by, at=at)


def put_tote_aside(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that a tote holds what it should not: it goes to the problem shelf. Raises ToteNotReady."""
    _hold_orders(session, tote_id)
    state = _held_state(session, tote_id)
    verb = _ASIDE.get(state)
    if verb is None:
        raise _not_ready(session, tote_id, state)
    bins.use_lpn(session, lpn_id=tote_id, verb=verb, by=by, at=at)


def fix_tote(session: Session, *, tote_id: int, by: int, at: datetime) -> None:
    """Note that what was wrong with a tote was seen to: it can be packed from. Raises ToteNotReady."""
    _hold_orders(session, tote_id)
    state = _held_state(session, tote_id)
    if state is not LpnState.PROBLEM:
        raise _not_ready(session, tote_id, state)
    bins.use_lpn(session, lpn_id=tote_id, verb=LpnVerb.FIXED, by=by, at=at)


def take_back_into(
    session: Session, *, fo_id: int, tote_id: int, by: int, at: datetime
) -> ToteBinding:
    """Let units of a cancelled order lie in a tote again: one of its own, or an empty free one. Raises ToteNotReady.

    From then on picking has something of the order in hand again.
    """
    orders.gate(session, fo_id)
    state = _held_state(session, tote_id)
    binding = live_binding(session, tote_id)
    if binding is None and state is LpnState.FREE and not units_in(session, tote_id):
        binding = _bind(session, fo_id, tote_id, by=by, at=at)
        state = LpnState.FILLING
    elif binding is None or not _is_for(session, binding, fo_id) or state not in _AT_HAND:
        raise _not_ready(session, tote_id, state)
    if binding.fo_id is not None and (verb := _ASIDE.get(state)):
        bins.use_lpn(session, lpn_id=tote_id, verb=verb, by=by, at=at)
    orders.involve(session, fo_id, PARTY, at=at)
    return binding


_ASIDE = {
    LpnState.FILLING: LpnVerb.PROBLEM,
    LpnState.STAGED: LpnVerb.PROBLEM,
    LpnState.UNPACKING: LpnVerb.LEFTOVER,
}
_AT_HAND = (LpnState.STAGED, LpnState.UNPACKING, LpnState.PROBLEM)


def _bind(session: Session, fo_id: int, tote_id: int, *, by: int, at: datetime) -> ToteBinding:
    run_id = session.scalars(
        select(PickTask.run_id).where(PickTask.fo_id == fo_id).order_by(PickTask.id.desc()).limit(1)
    ).one()
    used = session.scalar(select(func.max(ToteBinding.slot)).where(ToteBinding.run_id == run_id))
    binding = ToteBinding(
        tote_id=tote_id, run_id=run_id, slot=(used or 0) + 1, fo_id=fo_id, bound_at=at
    )
    session.add(binding)
    session.flush()
    for verb in (LpnVerb.BIND, LpnVerb.FIRST_UNIT):
        bins.use_lpn(session, lpn_id=tote_id, verb=verb, by=by, at=at)
    announce(session, ToteBound(tote_id, run_id, fo_id), by=by, at=at)
    return binding


def _is_for(session: Session, binding: ToteBinding, fo_id: int) -> bool:
    if binding.fo_id is not None:
        return binding.fo_id == fo_id
    ours = select(PickTask.id).where(PickTask.run_id == binding.run_id, PickTask.fo_id == fo_id)
    return session.scalar(ours.limit(1)) is not None


def _hold_orders(session: Session, tote_id: int) -> None:
    """Lock the orders that have something in a tote: whoever works on an order holds it before it touches totes."""
    binding = live_binding(session, tote_id)
    if binding is None:
        return
    if binding.fo_id is not None:
        orders.gate(session, binding.fo_id)
        return
    for fo_id in sorted({one.fo_id for one in picked_into(session, tote_id)}):
        orders.gate(session, fo_id)


def _held_state(session: Session, tote_id: int) -> LpnState:
    lpn = session.get(Lpn, tote_id, with_for_update=True, populate_existing=True)
    place = session.get(Location, tote_id)
    if lpn is None or place is None or place.kind != Kind.TOTE.value:
        raise ToteNotReady(tote=place.code if place else "", state="")
    return LpnState(lpn.state)


def _not_ready(session: Session, tote_id: int, state: LpnState) -> ToteNotReady:
    return ToteNotReady(tote=_code(session, tote_id), state=state.value)


def _code(session: Session, tote_id: int) -> str:
    return session.get_one(Location, tote_id).code
