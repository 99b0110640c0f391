"""The buttons of a wave that change several slices: release it to the pickers, take it back."""

from datetime import datetime

from flask import Blueprint, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.people.policy import LEADS, allow
from wms.picking import actions

pages = Blueprint("picking", __name__)


@pages.post("/waves/<int:wave_id>/release")
@allow(*LEADS)
def release_wave(wave_id: int) -> AnyResponse:
    """Give a wave to the pickers."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.release(session, wave_id=wave_id, expected=version, by=by, at=at)
        return url_for("desk.wave", wave_id=wave_id)

    return submit("picking.release", do)


@pages.post("/waves/<int:wave_id>/unrelease")
@allow(*LEADS)
def unrelease_wave(wave_id: int) -> AnyResponse:
    """Take a wave back from the pickers, while nobody has begun."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.unrelease(session, wave_id=wave_id, expected=version, by=by, at=at)
        return url_for("desk.wave", wave_id=wave_id)

    return submit("picking.unrelease", do)
