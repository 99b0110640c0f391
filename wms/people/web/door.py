"""The door at a desk: login and password in, sign-out out. Tablets have theirs in `stations`."""

from datetime import datetime

from flask import g, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import actor, submit
from wms.kernel.forms import back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people import actions
from wms.people.cookies import Cookie, read, take_back
from wms.people.door import KNOCKS, let_in, limiter, onward, origin
from wms.people.policy import EVERYBODY, allow, public
from wms.people.queries import waits_for_first_admin
from wms.people.secret import hasher
from wms.people.sign_in import by_password
from wms.people.web.pages import pages

TEMPLATE = "people/sign_in.html"


@pages.get("/sign-in")
@public()
def sign_in() -> AnyResponse | str:
    """Ask for login and password; on an enrolled tablet, ask for the badge."""
    if g.actor is not None:
        return redirect(onward())
    if read(Cookie.DEVICE) and "desk" not in request.args:
        return redirect(url_for("stations.floor_sign_in", next=onward()))
    with services().database.read() as session:
        if waits_for_first_admin(session):
            return redirect(url_for("people.first_run"))
    return render_template(TEMPLATE, entered={}, refused={}, sentence=None, next=onward())


@pages.post("/sign-in")
@limiter.limit(KNOCKS)
@public()
def take_sign_in() -> AnyResponse:
    """Let somebody in who knows login and password."""
    login, password = request.form.get("login", ""), request.form.get("password", "")
    try:
        opened = by_password(services(), hasher(), login=login, password=password, origin=origin())
    except Refusal as refusal:
        return back(refusal, TEMPLATE, next=onward())
    return let_in(redirect(onward(), code=303), opened)


@pages.post("/sign-out")
@allow(*EVERYBODY)
def sign_out() -> AnyResponse:
    """End this session; its cookie opens nothing from now on, wherever it was copied to."""
    session_id = actor().session_id
    on_device = actor().device_id is not None

    def do(session: Session, by: int, at: datetime) -> str:
        if session_id is not None:
            actions.end_session(session, session_id=session_id, because="signed_out", by=by, at=at)
        return url_for("stations.floor_sign_in") if on_device else url_for("people.sign_in")

    response = submit("people.sign_out", do)
    take_back(response, Cookie.SESSION)
    return response
