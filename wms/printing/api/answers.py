"""What people say about a sheet: it came out, it did not; and with machines: not needed, once more, elsewhere."""

from datetime import datetime
from typing import Any

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, perform, versioned
from wms.kernel.fields import Body, Number
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.printing import actions, queries
from wms.printing.api.shapes import WRITE, JobPath, JobShown, Why, api, job_shown


class Answer(Body):
    """What somebody saw at the printer."""

    came_out: bool = Field(description="Whether the sheet was there. If not, it is printed again.")


class Target(Body):
    """Where it goes."""

    printer_id: Number


@api.post(
    "/print_jobs/<int:print_job_id>/answer",
    summary="Say whether it came out",
    responses={200: JobShown},
)
@allow(*EVERYBODY, scope=WRITE)
def answer(path: JobPath, body: Answer) -> Response:
    """Of a sheet that was sent and not proved. Only a person can see that."""
    verb = actions.came_out if body.came_out else actions.did_not_come_out
    return _done("printing.answer", verb, path)


@api.post(
    "/print_jobs/<int:print_job_id>/cancel", summary="Take a sheet back", responses={200: JobShown}
)
@allow(*EVERYBODY, Role.MACHINE, scope=WRITE)
def cancel(path: JobPath) -> Response:
    """Refused once it was sent."""
    return _done("printing.cancel", actions.cancel, path)


@api.post(
    "/print_jobs/<int:print_job_id>/abandon",
    summary="Wait no longer for a sheet",
    responses={200: JobShown},
)
@allow(*LEADS, scope=WRITE)
def abandon(path: JobPath, body: Why) -> Response:
    """Of a sheet that was sent and not proved; it may turn up later."""
    return _done("printing.abandon", actions.abandon, path, reason=body.reason)


@api.post(
    "/print_jobs/<int:print_job_id>/reroute",
    summary="Send a sheet to another printer",
    responses={200: JobShown},
)
@allow(*EVERYBODY, Role.MACHINE, scope=WRITE)
def reroute(path: JobPath, body: Target) -> Response:
    """Refused once it was sent."""
    return _done("printing.reroute", actions.reroute, path, printer_id=body.printer_id)


@api.post(
    "/print_jobs/<int:print_job_id>/reprint",
    summary="Print a sheet once more",
    responses={201: JobShown},
)
@allow(*EVERYBODY, Role.MACHINE, scope=WRITE)
def reprint(path: JobPath, body: Why) -> Response:
    """A new sheet, marked REPRINT, that names the old one."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        number = actions.reprint(
            session, job_id=path.print_job_id, reason=body.reason, by=by, at=at
        )
        sheet = queries.job(session, number)
        return created(job_shown(sheet), f"/api/v1/print_jobs/{number}", sheet.job.version)

    return perform("printing.reprint", do)


def _done(name: str, verb: Any, path: JobPath, **facts: Any) -> Response:
    def do(session: Session, by: int, at: datetime) -> Reply:
        verb(session, job_id=path.print_job_id, **facts, by=by, at=at)
        sheet = queries.job(session, path.print_job_id)
        return versioned(job_shown(sheet), sheet.job.version)

    return perform(name, do)
