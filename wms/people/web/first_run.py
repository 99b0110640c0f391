"""The first admin: whoever started the server reads a token off its output and sets the house up with it."""

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.door import KNOCKS, let_in, limiter
from wms.people.first_run import set_up
from wms.people.policy import public
from wms.people.queries import waits_for_first_admin
from wms.people.rules import unfit_password
from wms.people.secret import hasher
from wms.people.web.pages import pages

TEMPLATE = "people/first_run.html"


@pages.get("/first-run")
@public()
def first_run() -> AnyResponse | str:
    """Ask for the printed token, and who the first admin is."""
    with services().database.read() as session:
        if not waits_for_first_admin(session):
            return redirect(url_for("people.sign_in"))
    return render_template(TEMPLATE, entered={}, refused={}, sentence=None)


@pages.post("/first-run")
@limiter.limit(KNOCKS)
@public()
def take_first_run() -> AnyResponse:
    """Make the first admin and let them in."""
    form = Form(request.form)
    token, name, login = form.text("token"), form.text("name"), form.text("login")
    password = form.raw("password")
    if wrong := unfit_password(password, name=name, login=login):
        form.wrong("password", wrong)
    try:
        form.check()
        opened = set_up(
            services(), hasher(), token=token, name=name, login=login, password=password
        )
    except Refusal as refusal:
        return back(refusal, TEMPLATE)
    return let_in(redirect("/", code=303), opened)
