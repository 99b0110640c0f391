"""How a wave goes on and ends: somebody begins, nothing is left to pick, its orders go their ways."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound, Refusal
from wms.kernel.versions import same_version
from wms.orders.events import (
    FulfillmentBackordered,
    FulfillmentCancelled,
    FulfillmentShipped,
)
from wms.waves.actions.planning import lay_out_anew
from wms.waves.actions.rows import held, take_out
from wms.waves.events import WaveCancelled, WaveClosed, WavePicked, WaveStarted
from wms.waves.lifecycle import WAVE, WaveState, WaveVerb
from wms.waves.queries import live_members, wave_of
from wms.waves.tables import Wave


class StillOut(Refusal):
    """The wave's work is out; it is taken back first."""

    sentence = "waves.still_out"


class NotInWave(NotFound):
    """The order is not in this wave."""

    sentence = "waves.not_in_wave"


def started(session: Session, *, wave_id: int, by: int, at: datetime) -> None:
    """Note that somebody picks it, or again: what was picked was taken back. Told twice, noted once."""
    if session.scalar(select(Wave.state).where(Wave.id == wave_id)) == WaveState.PICKING:
        return
    wave = held(session, wave_id)
    if wave.state == WaveState.PICKING:
        return
    again = wave.state == WaveState.PICKED
    transition(wave, WAVE, WaveVerb.UNDO_PICKS if again else WaveVerb.FIRST_TASK)
    announce(session, WaveStarted(wave_id), by=by, at=at)
    session.flush()


def all_picked(session: Session, *, wave_id: int, by: int, at: datetime) -> None:
    """Note that none of its tasks is left. Told twice, noted once."""
    wave = held(session, wave_id)
    if wave.state == WaveState.PICKING:
        transition(wave, WAVE, WaveVerb.ALL_TASKS_ENDED)
        announce(session, WavePicked(wave_id), by=by, at=at)
    _end_if_empty(session, wave, by=by, at=at)


def leave(session: Session, *, fo_id: int, by: int, at: datetime) -> None:
    """Let a fulfillment order go on without its wave; the last one ends it. In no wave: nothing happens."""
    found = wave_of(session, fo_id)
    if found is None:
        return
    wave = held(session, found.id)
    if fo_id not in live_members(session, wave.id):
        return
    take_out(session, wave.id, [fo_id], by=by, at=at)
    _end_if_empty(session, wave, by=by, at=at)


def let_go(
    session: Session,
    fact: FulfillmentBackordered | FulfillmentCancelled | FulfillmentShipped,
    by: int,
    at: datetime,
) -> None:
    """React to a fulfillment order that has nothing to pick any more."""
    leave(session, fo_id=fact.fo_id, by=by, at=at)


def leave_out(
    session: Session,
    *,
    wave_id: int,
    fo_id: int,
    version: int | None = None,
    by: int,
    at: datetime,
) -> None:
    """Leave an order for another wave, and lay the others out anew. Raises NotInWave, StillOut, NotNow."""
    wave = held(session, wave_id)
    same_version(wave, version)
    if fo_id not in live_members(session, wave_id):
        raise NotInWave(number=wave.number)
    if wave.state not in {WaveState.DRAFT, WaveState.PLANNED}:
        raise StillOut(number=wave.number)
    take_out(session, wave_id, [fo_id], by=by, at=at)
    if live_members(session, wave_id):
        lay_out_anew(session, wave, by=by, at=at)
    _end_if_empty(session, wave, by=by, at=at)


def cancel(
    session: Session, *, wave_id: int, version: int | None = None, by: int, at: datetime
) -> None:
    """Give a wave up before its release; its orders wait for another. Raises StillOut, NotNow."""
    wave = held(session, wave_id)
    same_version(wave, version)
    if wave.state in {WaveState.RELEASED, WaveState.PICKING, WaveState.PICKED}:
        raise StillOut(number=wave.number)
    transition(wave, WAVE, WaveVerb.CANCEL)
    take_out(session, wave_id, live_members(session, wave_id), by=by, at=at)
    wave.ended_at = at
    announce(session, WaveCancelled(wave_id), by=by, at=at)
    session.flush()


def _end_if_empty(session: Session, wave: Wave, *, by: int, at: datetime) -> None:
    """End a wave that the last order has left; one in mid-pick ends with its last task."""
    session.flush()
    state = WaveState(wave.state)
    if state in WAVE.ends or state is WaveState.PICKING or live_members(session, wave.id):
        return
    if state is WaveState.PICKED:
        transition(wave, WAVE, WaveVerb.ALL_LEFT)
        announce(session, WaveClosed(wave.id), by=by, at=at)
    else:
        transition(wave, WAVE, WaveVerb.CANCEL)
        announce(session, WaveCancelled(wave.id), by=by, at=at)
    wave.ended_at = at
    session.flush()
