"""Buttons on the page of a wave: lay out anew, leave an order out, give it up."""

from datetime import datetime

from flask import url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.people.policy import LEADS, allow
from wms.waves import actions
from wms.waves.web.blueprint import pages


@pages.post("/waves/<int:wave_id>/plan")
@allow(*LEADS)
def plan(wave_id: int) -> AnyResponse:
    """Lay out the runs anew."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.plan(session, wave_id=wave_id, version=version, by=by, at=at)
        return url_for("desk.wave", wave_id=wave_id)

    return submit("waves.plan", do)


@pages.post("/waves/<int:wave_id>/orders/<int:fo_id>/leave_out")
@allow(*LEADS)
def leave_out(wave_id: int, fo_id: int) -> AnyResponse:
    """Leave an order for another wave."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.leave_out(session, wave_id=wave_id, fo_id=fo_id, by=by, at=at)
        return url_for("desk.wave", wave_id=wave_id)

    return submit("waves.leave_out", do)


@pages.post("/waves/<int:wave_id>/cancel")
@allow(*LEADS)
def cancel(wave_id: int) -> AnyResponse:
    """Give a wave up; its orders wait for another."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.cancel(session, wave_id=wave_id, version=version, by=by, at=at)
        return url_for("desk.waves")

    return submit("waves.cancel", do)
