"""Giving waves to the pickers and taking them back, for machines."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, expected_version, perform, versioned
from wms.people.policy import allow
from wms.picking import actions, queries
from wms.picking.api.blueprint import WRITE, WRITERS, api, told
from wms.picking.api.shapes import Released, WavePath, runs_shown
from wms.waves import queries as waves


@api.post("/waves/<int:wave_id>/release", summary="Release a wave", responses={200: Released})
@allow(*WRITERS, scope=WRITE)
def release(path: WavePath) -> Response:
    """Make its runs work for the pickers. A plan that is out of date is laid out anew first."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.release(session, wave_id=path.wave_id, expected=version, by=by, at=at)
        return _now(session, path.wave_id)

    return perform("picking.release", do)


@api.post("/waves/<int:wave_id>/unrelease", summary="Take a wave back", responses={200: Released})
@allow(*WRITERS, scope=WRITE)
def unrelease(path: WavePath) -> Response:
    """While nobody has picked anything of it. Its orders stay allocated, and together."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.unrelease(session, wave_id=path.wave_id, expected=version, by=by, at=at)
        return _now(session, path.wave_id)

    return perform("picking.unrelease", do)


def _now(session: Session, wave_id: int) -> Reply:
    runs = session.scalars(queries.runs_asked(wave_id=wave_id)).all()
    shown = Released(wave_id=wave_id, runs=runs_shown(session, runs))
    return versioned(told(shown), waves.wave(session, wave_id).version)
