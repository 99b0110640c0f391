"""The badges of one person: shown once, printed while they are shown; revoked at once."""

from datetime import datetime

from flask import Response, make_response, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from labels.designs.badge import badge
from wms.kernel import printouts
from wms.kernel.edge import carry_out, submit
from wms.kernel.refusal import NotFound
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.drawn import code128
from wms.people.policy import Role, allow
from wms.people.secret import ending, fingerprint, fresh_badge
from wms.people.tables import Badge
from wms.people.web.pages import pages

HOUSE = "Binwave"
"""What stands above the name."""


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


@pages.post("/people/<int:user_id>/badges/print")
@allow(Role.ADMIN)
def print_badge(user_id: int) -> Response:
    """Give a badge as PDF, or `?format=zpl` or `png`. Only whoever was just shown its code can send it."""
    code = request.form.get("code", "")
    with services().database.read() as session:
        somebody = queries.person(session, user_id)
        issued = select(Badge.id).where(
            Badge.user_id == user_id,
            Badge.token_hash == fingerprint(code),
            Badge.revoked_at.is_(None),
        )
        if session.scalar(issued) is None:
            raise NotFound(thing="badge", number="–")
    made = badge(name=somebody.user.name, code=code, house=HOUSE, ending=f"… {ending(code)}")
    return printouts.label(made, name=f"badge-{user_id}")


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
