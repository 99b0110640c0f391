"""Sheets: all of them, one with its picture and every try, and what people say about it."""

from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.codes.queries import normal
from wms.kernel.edge import submit
from wms.kernel.forms import Form, back, seen_only
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow
from wms.people.queries import names as people_names
from wms.printing import actions, queries
from wms.printing.queries import JobsAsked, State
from wms.printing.web.blueprint import kinds, pages, states
from wms.printing.web.pictures import has_picture

LIST, ONE = "printing/sheets.html", "printing/sheet.html"

ROWS = 50
REASON_LONGEST = 200


@pages.get("/printers/jobs")
@allow(*EVERYBODY)
def sheets() -> str:
    """List sheets, the newest first."""
    said = request.args
    code = normal(seen_only(said.get("code", "")))
    asked = JobsAsked(
        state=said.get("state", type=State) if said.get("state") else None,
        printer_id=said.get("printer", type=int) if said.get("printer") else None,
        kind=said.get("kind") or None,
        expects=code or None,
    )
    with services().database.read() as session:
        found = queries.jobs(
            session, asked, limit=ROWS, cursor=said.get("cursor"), oldest_first=False
        )
        printers = [(one.device_id, one.name) for one in queries.printers(session)]
    return render_template(
        LIST,
        rows=found.rows,
        printers=printers,
        states_of_sheets=states(),
        kinds=kinds(),
        narrows=asked != JobsAsked(),
        next_url=_here_from(found.next_cursor) if found.next_cursor else None,
        first_url=_here_from(None) if said.get("cursor") else None,
    )


@pages.get("/printers/jobs/<int:print_job_id>")
@allow(*EVERYBODY)
def sheet(print_job_id: int) -> str:
    """Show one sheet."""
    return render_template(ONE, entered={}, refused={}, sentence=None, **_one(print_job_id))


@pages.post("/printers/jobs/<int:print_job_id>/came-out")
@allow(*EVERYBODY)
def came_out(print_job_id: int) -> AnyResponse:
    """Somebody saw it."""
    return _done("printing.came_out", print_job_id, actions.came_out)


@pages.post("/printers/jobs/<int:print_job_id>/not-there")
@allow(*EVERYBODY)
def not_there(print_job_id: int) -> AnyResponse:
    """Somebody looked, and it was not there: it is printed again."""
    return _done("printing.not_there", print_job_id, actions.did_not_come_out)


@pages.post("/printers/jobs/<int:print_job_id>/cancel")
@allow(*EVERYBODY)
def cancel(print_job_id: int) -> AnyResponse:
    """Take it back."""
    return _done("printing.cancel", print_job_id, actions.cancel)


@pages.post("/printers/jobs/<int:print_job_id>/abandon")
@allow(*LEADS)
def abandon(print_job_id: int) -> AnyResponse:
    """Wait no longer for it."""
    form = Form(request.form)
    reason = form.text("reason", longest=REASON_LONGEST)
    return _done("printing.abandon", print_job_id, actions.abandon, form, reason=reason)


@pages.post("/printers/jobs/<int:print_job_id>/reroute")
@allow(*EVERYBODY)
def reroute(print_job_id: int) -> AnyResponse:
    """Let it come out of another printer."""
    form = Form(request.form)
    form.text("printer_id")
    target = form.whole("printer_id", least=1, most=2**53 - 1) or 0
    return _done("printing.reroute", print_job_id, actions.reroute, form, printer_id=target)


@pages.post("/printers/jobs/<int:print_job_id>/reprint")
@allow(*EVERYBODY)
def reprint(print_job_id: int) -> AnyResponse:
    """Print it once more, marked; go to the new sheet."""
    form = Form(request.form)
    reason = form.text("reason", longest=REASON_LONGEST)
    return _done("printing.reprint", print_job_id, actions.reprint, form, reason=reason)


def _done(
    name: str, print_job_id: int, verb: Any, form: Form | None = None, **facts: Any
) -> AnyResponse:
    def do(session: Session, by: int, at: datetime) -> str:
        made = verb(session, job_id=print_job_id, **facts, by=by, at=at)
        return url_for("printing.sheet", print_job_id=made or print_job_id)

    try:
        if form is not None:
            form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, ONE, **_one(print_job_id))


def _one(print_job_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        shown = queries.job(session, print_job_id)
        tries = queries.attempts(session, print_job_id)
        copies = queries.reprints(session, print_job_id)
        printers = queries.printers(session)
        asked_by = people_names(session, [shown.job.asked_by]).get(shown.job.asked_by, "")
    names = {one.device_id: one.name for one in printers}
    return {
        "sheet": shown,
        "job": shown.job,
        "tries": [(one, names.get(one.printer_id, shown.printer)) for one in tries],
        "copies": copies,
        "asked_by": asked_by,
        "printer": next((one for one in printers if one.device_id == shown.job.printer_id), None),
        "others": [
            (one.device_id, one.name) for one in printers if one.device_id != shown.job.printer_id
        ],
        "has_picture": has_picture(shown.job),
    }


def _here_from(cursor: str | None) -> str:
    said = {name: value for name, value in request.args.items() if name != "cursor" and value}
    return (
        f"{url_for('printing.sheets')}?{urlencode(said | ({'cursor': cursor} if cursor else {}))}"
    )
