"""Totes that somebody else has open: who, and at which bench, so that whoever comes after them can go on with them."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.actions import LpnState
from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn
from wms.floor.tables import Dialogue
from wms.floor.turn import Sentence, say
from wms.packing.dialogue import At, Job, Step
from wms.people.queries import names
from wms.picking.tables import ToteBinding
from wms.stations.tables import Station

NAME = "packing"


def somebody_has(session: Session, job: Job, at: At, worker_id: int) -> Sentence | None:
    """Say to a packer who has which tote open, where no other waits for a packer; None where one does."""
    if at.step is not Step.TOTE or job.offers:
        return None
    return _told(session, worker_id, "packing.somebody_has", "packing.left_open")


def told_at_home(session: Session, worker_id: int) -> Sentence | None:
    """Say the same to somebody who asks for work and gets none; None where no tote is open."""
    return _told(session, worker_id, "packing.somebody_has_one", "packing.one_left_open")


def _told(session: Session, worker_id: int, somebody: str, nobody: str) -> Sentence | None:
    opened = select(Lpn.location_id, Location.code).join(Location, Location.id == Lpn.location_id)
    found = session.execute(
        opened.join(ToteBinding, ToteBinding.tote_id == Lpn.location_id)
        .where(
            Lpn.state == LpnState.UNPACKING.value,
            Location.kind == Kind.TOTE.value,
            ToteBinding.ended_at.is_(None),
        )
        .order_by(ToteBinding.id)
        .limit(1)
    ).first()
    if found is None:
        return None
    tote_id, code = found
    whose = holder(session, tote_id, worker_id)
    if whose is None:
        return say(nobody, tote=code)
    name = names(session, [whose.worker_id])[whose.worker_id]
    station = session.get(Station, _own(whose).get("station_id") or 0)
    return say(somebody, tote=code, name=name, bench=station.name if station else "")


def holder(session: Session, tote_id: int, but: int) -> Dialogue | None:
    """Return where the person stands who has the tote open."""
    packing = select(Dialogue).where(Dialogue.process == NAME, Dialogue.worker_id != but)
    stands = session.scalars(packing.order_by(Dialogue.changed_at.desc()))
    return next((one for one in stands if _own(one).get("tote_id") == tote_id), None)


def _own(stand: Dialogue) -> Mapping[str, Any]:
    """Return what the dialogue of packing kept between two scans."""
    own: Mapping[str, Any] = stand.data.get("own", {})
    return own
