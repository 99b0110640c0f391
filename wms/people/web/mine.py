"""My settings: language, password, PIN, and where I am signed in."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import Act, actor, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.door import KNOCKS, limiter, origin
from wms.people.policy import EVERYBODY, allow
from wms.people.rules import unfit_pin
from wms.people.secret import hasher
from wms.people.sign_in import confirm_password
from wms.people.web.accounts import chosen_language, languages, new_password
from wms.people.web.pages import pages, where_signed_in

TEMPLATE = "people/mine.html"


@pages.get("/me")
@allow(*EVERYBODY)
def mine() -> str:
    """Show my settings."""
    return render_template(TEMPLATE, refused={}, sentence=None, **_mine())


@pages.post("/me")
@allow(*EVERYBODY)
def change_mine() -> AnyResponse:
    """Choose my language."""
    form = Form(request.form)
    language = chosen_language(form)

    def do(session: Session, by: int, at: datetime) -> str:
        user = queries.person(session, by).user
        actions.change_user(
            session,
            user_id=by,
            name=user.name,
            login=user.login,
            language=language,
            by=by,
            at=at,
        )
        return url_for("people.mine")

    return _changed("people.choose_language", form, do)


@pages.post("/me/password")
@limiter.limit(KNOCKS)
@allow(*EVERYBODY)
def change_my_password() -> AnyResponse:
    """Set my password, against the old one. I stay signed in here and nowhere else."""
    form = Form(request.form)
    with services().database.read() as session:
        user = queries.person(session, actor().id).user
    password_hash = new_password(form, user.name, user.login or "") or ""
    keep = actor().session_id

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_password(
            session, user_id=by, password_hash=password_hash, keep_session=keep, by=by, at=at
        )
        return url_for("people.mine")

    return _changed("people.set_password", form, do, confirm=True)


@pages.post("/me/pin")
@limiter.limit(KNOCKS)
@allow(*EVERYBODY)
def change_my_pin() -> AnyResponse:
    """Set my PIN, against my password. I stay signed in here and nowhere else."""
    form = Form(request.form)
    pin = form.raw("pin")
    wrong = unfit_pin(pin)
    if wrong:
        form.wrong("pin", wrong)
    pin_hash = "" if wrong else hasher().keep(pin)
    keep = actor().session_id

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_pin(session, user_id=by, pin_hash=pin_hash, keep_session=keep, by=by, at=at)
        return url_for("people.mine")

    return _changed("people.set_pin", form, do, confirm=True)


@pages.post("/me/sessions/end")
@allow(*EVERYBODY)
def end_my_sessions() -> AnyResponse:
    """Sign me out everywhere but here."""
    keep = actor().session_id

    def do(session: Session, by: int, at: datetime) -> str:
        actions.end_sessions(session, user_id=by, keep=keep, because="signed_out", by=by, at=at)
        return url_for("people.mine")

    return _changed("people.end_sessions", Form(request.form), do)


def _changed(name: str, form: Form, do: Act, *, confirm: bool = False) -> AnyResponse:
    try:
        form.check()
        if confirm:
            confirm_password(
                services(),
                hasher(),
                user_id=actor().id,
                password=form.raw("old_password"),
                origin=origin(),
            )
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, TEMPLATE, **_mine())


def _mine() -> dict[str, Any]:
    with services().database.read() as session:
        somebody = queries.person(session, actor().id)
        sessions = queries.sessions_of(session, actor().id)
        return {
            "somebody": somebody,
            "sessions": sessions,
            "session_facts": where_signed_in(sessions, actor().session_id),
            "languages": languages(),
            "entered": {"language": somebody.user.language},
        }
