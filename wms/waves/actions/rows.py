"""The row of a wave, held until the transaction ends, and who is in it."""

from collections.abc import Iterable
from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.waves.events import WaveLeft
from wms.waves.queries import UnknownWave
from wms.waves.tables import Wave, WaveMember


def held(session: Session, wave_id: int) -> Wave:
    """Return a wave as it is now, and let nobody else change it until this transaction ends; raises UnknownWave."""
    wave = session.get(Wave, wave_id, with_for_update={"key_share": True}, populate_existing=True)
    if wave is None:
        raise UnknownWave(id=wave_id)
    return wave


def take_out(
    session: Session, wave_id: int, fo_ids: Iterable[int], *, by: int, at: datetime
) -> None:
    """Note that these go on without the wave."""
    for fo_id in sorted(fo_ids):
        session.execute(
            update(WaveMember)
            .where(WaveMember.wave_id == wave_id, WaveMember.fo_id == fo_id)
            .values(left_at=at)
        )
        announce(session, WaveLeft(wave_id, fo_id), by=by, at=at)
