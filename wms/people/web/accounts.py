"""The list of people, and who is new. Supervisors look, admins change."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import submit
from wms.kernel.forms import Form, back, seen_only
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.kernel.words import LANGUAGES
from wms.people import actions, queries
from wms.people.policy import LEADS, Role, allow
from wms.people.rules import unfit_password
from wms.people.secret import hasher
from wms.people.web.pages import pages

ROWS = 50


@pages.get("/people")
@allow(*LEADS)
def people() -> str:
    """Show who works here."""
    asked = request.args
    with services().database.read() as session:
        found = queries.people(
            session,
            limit=ROWS,
            cursor=asked.get("cursor"),
            search=seen_only(asked.get("q", "")).strip(),
            role=asked.get("role", "") if asked.get("role") in list(Role) else "",
        )
    roles = [(role, _(str(role))) for role in Role]
    return render_template("people/people.html", found=found, asked=asked, role_choices=roles)


@pages.get("/people/new")
@allow(Role.ADMIN)
def new_person() -> str:
    """Ask who is new."""
    context = choices()
    return render_template("people/new.html", entered={}, refused={}, sentence=None, **context)


@pages.post("/people")
@allow(Role.ADMIN)
def add_person() -> AnyResponse:
    """Make an account."""
    form = Form(request.form)
    name, login, language = form.text("name"), form.optional("login"), chosen_language(form)
    password_hash = new_password(form, name, login or "") if login else None
    roles = ticked_roles()
    try:
        form.check()

        def do(session: Session, by: int, at: datetime) -> str:
            user = actions.add_user(
                session,
                name=name,
                login=login,
                password_hash=password_hash,
                language=language,
                roles=roles,
                is_machine=Role.MACHINE in roles,
                by=by,
                at=at,
            )
            return url_for("people.person", user_id=user.id)

        return submit("people.add_user", do)
    except Refusal as refusal:
        return back(refusal, "people/new.html", **choices())


def roles_in_words() -> list[tuple[Role, str]]:
    """Return every role with what it lets somebody do."""
    return [
        (Role.PICKER, _("Takes items from bins: picks, moves, counts.")),
        (Role.PACKER, _("Packs orders at a bench, buys and prints labels.")),
        (Role.RETURNS, _("Takes in and grades what customers send back.")),
        (Role.RECEIVER, _("Takes in what suppliers send and puts it away.")),
        (Role.SUPERVISOR, _("Sees everything, corrects stock, releases and holds work.")),
        (Role.ADMIN, _("Looks after people, devices, bins and settings.")),
        (Role.MACHINE, _("A program that uses the interface with a token. No person.")),
    ]


def choices() -> dict[str, Any]:
    """Return what the forms about a person let one choose from."""
    return {"roles": roles_in_words(), "languages": languages()}


def languages() -> list[tuple[str, str]]:
    """Return the languages of the house, each in its own."""
    return list(zip(LANGUAGES, ("English", "Deutsch"), strict=True))


def ticked_roles() -> list[Role]:
    """Return the roles that were ticked."""
    known = {str(role) for role in Role}
    return [Role(role) for role in dict.fromkeys(request.form.getlist("roles")) if role in known]


def chosen_language(form: Form) -> str | None:
    """Return the language that was chosen; None for that of the browser."""
    return form.choice("language", ("", *LANGUAGES)) or None


def new_password(form: Form, name: str, login: str) -> str | None:
    """Return the hash of the password that was typed; notes on the form where it will not do."""
    password = form.raw("password")
    if wrong := unfit_password(password, name=name, login=login):
        form.wrong("password", wrong)
        return None
    return hasher().keep(password)
