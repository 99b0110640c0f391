"""Printers: how they are and what to do about it, what waits for each, stop one, set it up, try it."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.codes.queries import shown
from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, NotKept, back
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow
from wms.printing import actions, queries
from wms.printing.queries import JobsAsked
from wms.printing.rules import DPIS
from wms.printing.web.blueprint import pages

LIST, ONE = "printing/printers.html", "printing/printer.html"

ASKED = 50
"""Most sheets that are asked about on one page."""

CODE_LIMIT = 255

QUEUE = 100
"""Most waiting sheets that a printer's page shows."""


@pages.get("/printers")
@allow(*EVERYBODY)
def printers() -> str:
    """Show what needs a hand first: sheets that nobody knows about, printers that are down."""
    return render_template(LIST, entered={}, refused={}, **_all())


@pages.post("/printers/scan")
@allow(*EVERYBODY)
def scan() -> AnyResponse:
    """Take the scan of a sheet's own barcode as the proof that it came out."""
    form = Form(request.form)
    code = form.text("code", longest=CODE_LIMIT)

    def do(session: Session, by: int, at: datetime) -> str:
        found = actions.confirm_scanned(session, code=code, by=by, at=at)
        if found is None:
            raise NotKept(Fault("code", "printing.on_no_sheet", {"code": shown(code)}))
        return url_for("printing.sheet", print_job_id=found)

    try:
        form.check()
        return submit("printing.scan", do)
    except Refusal as refusal:
        return back(refusal, LIST, **_all())


@pages.get("/printers/<int:device_id>")
@allow(*EVERYBODY)
def printer(device_id: int) -> str:
    """Show one printer and what waits for it."""
    return render_template(ONE, refused={}, sentence=None, **_one(device_id))


@pages.post("/printers/<int:device_id>/hold")
@allow(*LEADS)
def hold(device_id: int) -> AnyResponse:
    """Send nothing to it until it is let go."""
    return _done("printing.hold_printer", device_id, actions.hold_printer)


@pages.post("/printers/<int:device_id>/let-go")
@allow(*LEADS)
def let_go(device_id: int) -> AnyResponse:
    """Let it go on."""
    return _done("printing.let_printer_go", device_id, actions.let_printer_go)


@pages.post("/printers/<int:device_id>/test")
@allow(*EVERYBODY)
def test(device_id: int) -> AnyResponse:
    """Print a test sheet."""
    return _done("printing.test", device_id, actions.ask_for_test, words=_("This printer prints."))


@pages.post("/printers/<int:device_id>/reroute")
@allow(*EVERYBODY)
def reroute_all(device_id: int) -> AnyResponse:
    """Let all that waits for it come out of another printer."""
    form = Form(request.form)
    target = form.whole("printer_id", least=1, most=2**53 - 1) or 0
    return _done("printing.reroute_all", device_id, actions.reroute_all, printer_id=target)


@pages.post("/printers/<int:device_id>/set-up")
@allow(*LEADS)
def set_up(device_id: int) -> AnyResponse:
    """Say who takes its sheets when it cannot, and how finely it prints."""
    form = Form(request.form)
    next_id = form.whole("next_id", least=1, most=2**53 - 1)
    form.text("dpi")
    dpi = form.whole("dpi", least=min(DPIS), most=max(DPIS)) or 0
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_next(
            session, device_id=device_id, next_id=next_id, expected=version, by=by, at=at
        )
        actions.set_dpi(session, device_id=device_id, dpi=dpi, by=by, at=at)
        return url_for("printing.printer", device_id=device_id)

    try:
        form.check()
        return submit("printing.set_up", do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(device_id))


def _done(name: str, device_id: int, verb: Any, **facts: Any) -> AnyResponse:
    def do(session: Session, by: int, at: datetime) -> str:
        verb(session, device_id=device_id, **facts, by=by, at=at)
        return url_for("printing.printer", device_id=device_id)

    try:
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(device_id))


def _all() -> dict[str, Any]:
    with services().database.read() as session:
        found, left = queries.printers(session), queries.left_waiting(session)
        asked = queries.questions(session, limit=ASKED)
    return {
        "needy": [*left, *(one for one in found if not one.is_up)],
        "ready": [one for one in found if one.is_up],
        "asked": asked,
        "others": _others([*left, *found]),
    }


def _one(device_id: int) -> dict[str, Any]:
    asked = JobsAsked(printer_id=device_id, open_only=True)
    with services().database.read() as session:
        shown = queries.printer(session, device_id)
        found = [shown, *queries.printers(session)]
        queue = queries.jobs(session, asked, limit=QUEUE, cursor=None, oldest_first=True)
    return {
        "printer": shown,
        "queue": queue.rows,
        "others": _others(found).get(device_id, []),
        "dpis": [(dpi, str(dpi)) for dpi in DPIS],
        "entered": {"next_id": shown.next_id, "dpi": shown.dpi},
    }


def _others(found: list[queries.Printer]) -> dict[int, list[tuple[int, str]]]:
    """Return by printer those that could take its sheets: its own next first, then those that are up."""
    others = {}
    for this in found:
        rest = [one for one in found if one.device_id != this.device_id and not one.is_revoked]
        ranked = sorted((one.device_id != this.next_id, not one.is_up, one.name) for one in rest)
        numbers = {one.name: one.device_id for one in rest}
        others[this.device_id] = [(numbers[name], name) for _next, _down, name in ranked]
    return others
