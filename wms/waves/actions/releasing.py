"""The wave's part of a release. Who releases (`picking`) also releases the orders and makes the work."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.waves.actions.planning import is_current, lay_out_anew
from wms.waves.actions.rows import held
from wms.waves.events import WaveReleased, WaveUnreleased
from wms.waves.lifecycle import WAVE, WaveState, WaveVerb
from wms.waves.plan import Plan
from wms.waves.queries import live_members
from wms.waves.queries.layout import plan_of


def begin_release(session: Session, *, wave_id: int, by: int, at: datetime) -> Plan:
    """Take a wave to `released` and return the plan to make work of, laid out anew where anything changed.

    Orders that can no longer be released leave it. Raises NothingToPlan, NotNow.
    """
    wave = held(session, wave_id)
    planned = wave.state in {WaveState.DRAFT, WaveState.PLANNED}
    if planned and (wave.state == WaveState.DRAFT or not is_current(session, wave)):
        lay_out_anew(session, wave, by=by, at=at)
    transition(wave, WAVE, WaveVerb.RELEASE)
    wave.released_at = at
    announce(session, WaveReleased(wave_id, list(live_members(session, wave_id))), by=by, at=at)
    session.flush()
    return plan_of(wave)


def unrelease(session: Session, *, wave_id: int, by: int, at: datetime) -> None:
    """Take a wave back to `planned`. Who asks sees to it that nobody has begun. Raises NotNow."""
    wave = held(session, wave_id)
    transition(wave, WAVE, WaveVerb.UNRELEASE)
    wave.released_at = None
    announce(session, WaveUnreleased(wave_id), by=by, at=at)
    session.flush()
