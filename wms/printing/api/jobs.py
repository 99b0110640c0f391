"""Lists of sheets, one sheet, and what would go to its printer."""

from typing import Any

from flask import Response

from wms.codes.queries import normal
from wms.kernel.edge import reply
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, Role, allow
from wms.printing import drawing, queries
from wms.printing.api.shapes import READ, JobPage, JobPath, Jobs, JobShown, api, job_shown
from wms.printing.queries import JobsAsked
from wms.printing.rules import Language, language

AS_IT_IS_PRINTED: Any = {
    200: {
        "content": {
            language.value: {"schema": {"type": "string", "format": "binary"}}
            for language in Language
        }
    }
}


@api.get("/print_jobs", summary="List sheets", responses={200: JobPage})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def print_jobs(query: Jobs) -> Response:
    """Newest first."""
    said = query.model_dump(exclude={"limit", "cursor"})
    said["expects"] = normal(query.expects) if query.expects else None
    with services().database.read() as session:
        found = queries.jobs(
            session, JobsAsked(**said), limit=query.limit, cursor=query.cursor, oldest_first=False
        )
    rows = [job_shown(sheet) for sheet in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/print_jobs/<int:print_job_id>", summary="One sheet", responses={200: JobShown})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def print_job(path: JobPath) -> Response:
    """What it is, where it goes, what became of it."""
    with services().database.read() as session:
        sheet = queries.job(session, path.print_job_id)
    return reply(job_shown(sheet), sheet.job.version)


@api.get(
    "/print_jobs/<int:print_job_id>/document",
    summary="The sheet as its printer gets it",
    responses=AS_IT_IS_PRINTED,
)
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def document(path: JobPath) -> Response:
    """In the language of the printer that it is for; a reprint is marked."""
    with services().database.read() as session:
        sheet = queries.job(session, path.print_job_id)
        printer = queries.reached(session, sheet.job.printer_id)
    job = sheet.job
    kept = drawing.Sheet(job.label, job.document, job.media_type, job.generation)
    spoken = language(printer.address)
    drawn = drawing.data(kept, spoken, printer.dpi)
    return Response(drawn, mimetype=spoken.value if spoken else "application/octet-stream")
