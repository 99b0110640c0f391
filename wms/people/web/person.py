"""One person: name, roles, secrets, and the ways to close their account or send them off."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import Act, actor, expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.policy import LEADS, Role, allow
from wms.people.rules import unfit_pin
from wms.people.secret import hasher
from wms.people.web.accounts import choices, chosen_language, new_password, ticked_roles
from wms.people.web.pages import pages, where_signed_in

TEMPLATE = "people/person.html"


@pages.get("/people/<int:user_id>")
@allow(*LEADS)
def person(user_id: int) -> str:
    """Show one person: who they are, what they may do, what they carry, where they are signed in."""
    return render_template(TEMPLATE, refused={}, sentence=None, **details(user_id))


@pages.post("/people/<int:user_id>")
@allow(Role.ADMIN)
def change_person(user_id: int) -> AnyResponse:
    """Rename somebody, or change login or language."""
    form = Form(request.form)
    name, login, language = form.text("name"), form.optional("login"), chosen_language(form)
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.change_user(
            session,
            user_id=user_id,
            name=name,
            login=login,
            language=language,
            expected=expected,
            by=by,
            at=at,
        )
        return url_for("people.person", user_id=user_id)

    return _changed("people.change_user", form, user_id, do)


@pages.post("/people/<int:user_id>/roles")
@allow(Role.ADMIN)
def change_roles(user_id: int) -> AnyResponse:
    """Let somebody do other things. They are signed out by it."""
    roles, expected = ticked_roles(), expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_roles(session, user_id=user_id, roles=roles, expected=expected, by=by, at=at)
        return url_for("people.person", user_id=user_id)

    return _changed("people.set_roles", Form(request.form), user_id, do)


@pages.post("/people/<int:user_id>/password")
@allow(Role.ADMIN)
def change_password(user_id: int) -> AnyResponse:
    """Set a new password for somebody."""
    form = Form(request.form)
    with services().database.read() as session:
        user = queries.person(session, user_id).user
    password_hash = new_password(form, user.name, user.login or "")

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_password(
            session,
            user_id=user_id,
            password_hash=password_hash or "",
            keep_session=actor().session_id,
            by=by,
            at=at,
        )
        return url_for("people.person", user_id=user_id)

    return _changed("people.set_password", form, user_id, do)


@pages.post("/people/<int:user_id>/pin")
@allow(Role.ADMIN)
def change_pin(user_id: int) -> AnyResponse:
    """Set a new PIN for somebody."""
    form = Form(request.form)
    pin = form.raw("pin")
    wrong = unfit_pin(pin)
    if wrong:
        form.wrong("pin", wrong)
    pin_hash = "" if wrong else hasher().keep(pin)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_pin(
            session,
            user_id=user_id,
            pin_hash=pin_hash,
            keep_session=actor().session_id,
            by=by,
            at=at,
        )
        return url_for("people.person", user_id=user_id)

    return _changed("people.set_pin", form, user_id, do)


@pages.post("/people/<int:user_id>/disable")
@allow(Role.ADMIN)
def disable(user_id: int) -> AnyResponse:
    """Close an account at once."""
    form = Form(request.form)
    reason = form.text("reason", longest=200)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.disable(session, user_id=user_id, reason=reason, by=by, at=at)
        return url_for("people.person", user_id=user_id)

    return _changed("people.disable", form, user_id, do)


@pages.post("/people/<int:user_id>/enable")
@allow(Role.ADMIN)
def enable(user_id: int) -> AnyResponse:
    """Open an account again."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.enable(session, user_id=user_id, by=by, at=at)
        return url_for("people.person", user_id=user_id)

    return _changed("people.enable", Form(request.form), user_id, do)


@pages.post("/people/<int:user_id>/sessions/end")
@allow(*LEADS)
def end_sessions(user_id: int) -> AnyResponse:
    """Sign somebody out everywhere."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.end_sessions(session, user_id=user_id, because="sent_off", by=by, at=at)
        return url_for("people.person", user_id=user_id)

    return _changed("people.end_sessions", Form(request.form), user_id, do)


def details(user_id: int) -> dict[str, Any]:
    """Return what the page of one person shows. Raises NotFound."""
    with services().database.read() as session:
        somebody = queries.person(session, user_id)
        badges = queries.badges_of(session, user_id)
        tokens = queries.tokens_of(session, user_id)
        sessions = queries.sessions_of(session, user_id)
    user, offered = somebody.user, choices()
    own = [(_(str(role)), says) for role, says in offered["roles"] if somebody.has(role)]
    return {
        "somebody": somebody,
        "badges": badges,
        "tokens": tokens,
        "sessions": sessions,
        "session_facts": where_signed_in(sessions),
        "role_facts": own,
        "entered": {"name": user.name, "login": user.login, "language": user.language},
        **offered,
    }


def _changed(name: str, form: Form, user_id: int, do: Act) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, TEMPLATE, **details(user_id))
