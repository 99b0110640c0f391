"""The tokens of one person or machine: shown once, kept as a hash, revoked at once."""

from datetime import datetime, timedelta

from flask import make_response, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import carry_out, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import NotFound, Refusal
from wms.kernel.services import services
from wms.people import actions, queries
from wms.people.policy import SCOPES, Role, allow
from wms.people.secret import fresh_token
from wms.people.tables import ApiToken
from wms.people.web.pages import pages
from wms.people.web.person import details

LONGEST_DAYS = 3650


@pages.get("/people/<int:user_id>/tokens/new")
@allow(Role.ADMIN)
def new_token(user_id: int) -> str:
    """Ask what a token is for, and what it may do."""
    return render_template(
        "people/token_new.html",
        refused={},
        sentence=None,
        scopes=sorted(SCOPES),
        **details(user_id),
    )


@pages.post("/people/<int:user_id>/tokens")
@allow(Role.ADMIN)
def issue_token(user_id: int) -> AnyResponse:
    """Make a token and show it. Sent twice, the second answer says that it was shown."""
    form = Form(request.form)
    name, days = form.text("name"), form.optional("days", longest=4)
    scopes = request.form.getlist("scopes")
    token = fresh_token()

    def do(session: Session, by: int, at: datetime) -> int:
        return actions.issue_token(
            session,
            user_id=user_id,
            name=name,
            token=token,
            scopes=scopes,
            expires_at=at + timedelta(days=int(days)) if days else None,
            by=by,
            at=at,
        ).id

    try:
        if days and not (days.isascii() and days.isdigit() and 0 < int(days) <= LONGEST_DAYS):
            form.wrong("days", "people.token_days", most=LONGEST_DAYS)
        form.check()
        answer = carry_out("people.issue_token", do)
    except Refusal as refusal:
        context = details(user_id)
        return back(refusal, "people/token_new.html", scopes=sorted(SCOPES), **context)
    with services().database.read() as session:
        somebody = queries.person(session, user_id)
    shown = None if answer.replayed else token
    page = render_template("people/token.html", somebody=somebody, token=shown, scopes=scopes)
    return make_response(page)


@pages.post("/people/<int:user_id>/tokens/<int:token_id>/revoke")
@allow(Role.ADMIN)
def revoke_token(user_id: int, token_id: int) -> AnyResponse:
    """Make a token open nothing any more."""

    def do(session: Session, by: int, at: datetime) -> str:
        token = session.get(ApiToken, token_id)
        if token is None or token.user_id != user_id:
            raise NotFound(thing="token", number=token_id)
        actions.revoke_token(session, token_id=token_id, by=by, at=at)
        return url_for("people.person", user_id=user_id)

    return submit("people.revoke_token", do)
