"""Putting orders together."""

from datetime import datetime

from sqlalchemy import insert
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound, Refusal
from wms.waves.events import WaveProposed
from wms.waves.lifecycle import WAVE
from wms.waves.plan import Filters
from wms.waves.queries.waiting import waiting
from wms.waves.tables import Wave, WaveMember


class NothingWaits(Refusal):
    """No order meets the filters: all are in waves, stopped, or wait for goods."""

    sentence = "waves.nothing_waits"


class NoSuchWarehouse(NotFound):
    """There is no such warehouse."""

    sentence = "waves.no_such_warehouse"


def propose(
    session: Session, *, warehouse_id: int, filters: Filters, by: int, at: datetime
) -> Wave:
    """Make a draft of the most urgent orders that meet the filters; they are in no other wave from now on.

    Raises NothingWaits.
    """
    # One proposal at a time in a warehouse: two at once would reach for the same orders.
    if session.get(Warehouse, warehouse_id, with_for_update={"key_share": True}) is None:
        raise NoSuchWarehouse(id=warehouse_id)
    found = waiting(session, warehouse_id, filters)
    if not found:
        raise NothingWaits
    wave = _draft(session, warehouse_id, filters, at)
    rows = [{"wave_id": wave.id, "fo_id": one.fo_id, "left_at": None} for one in found]
    session.execute(insert(WaveMember), rows)
    fact = WaveProposed(wave.id, warehouse_id, [one.fo_id for one in found])
    announce(session, fact, by=by, at=at)
    return wave


def _draft(session: Session, warehouse_id: int, filters: Filters, at: datetime) -> Wave:
    wave = Wave(
        warehouse_id=warehouse_id,
        number=session.info["command"].uid.hex,  # until the row says which number is next
        state=WAVE.start.value,
        filters=filters.to_plain(),
        plan={},
        created_at=at,
    )
    session.add(wave)
    session.flush()
    wave.number = f"{wave.id:04d}"
    session.flush()
    return wave
