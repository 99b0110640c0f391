"""The badges of one person: shown once, to be printed by whoever asked for them; revoked at once."""

from datetime import datetime

from flask import Response, make_response, render_template, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import carry_out, submit
from wms.kernel.refusal import NotFound
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.drawn import code128
from wms.people.policy import Role, allow
from wms.people.secret import fresh_badge
from wms.people.tables import Badge
from wms.people.web.pages import pages


@pages.post("/people/<int:user_id>/badges")
@allow(Role.ADMIN)
def issue_badge(user_id: int) -> Response:
    """Give somebody a badge and show it to be printed. Sent twice, the second answer says that it was shown."""
    code = fresh_badge()

    def do(session: Session, by: int, at: datetime) -> int:
        return actions.issue_badge(session, user_id=user_id, code=code, by=by, at=at).id

    answer = carry_out("people.issue_badge", do)
    with services().database.read() as session:
        somebody = queries.person(session, user_id)
    shown = None if answer.replayed else code
    picture = code128(shown) if shown else None
    return make_response(
        render_template("people/badge.html", somebody=somebody, code=shown, picture=picture)
    )


@pages.post("/people/<int:user_id>/badges/<int:badge_id>/revoke")
@allow(Role.ADMIN)
def revoke_badge(user_id: int, badge_id: int) -> AnyResponse:
    """Make a badge open nothing any more."""

    def do(session: Session, by: int, at: datetime) -> str:
        badge = session.get(Badge, badge_id)
        if badge is None or badge.user_id != user_id:
            raise NotFound(thing="badge", number=badge_id)
        actions.revoke_badge(session, badge_id=badge_id, by=by, at=at)
        return url_for("people.person", user_id=user_id)

    return submit("people.revoke_badge", do)
