"""What a sheet looks like: drawn from its label, or by reading a carrier's label as a printer would."""

from io import BytesIO

from flask import Response

from devices.virtual import zpl
from labels import png
from labels.symbols import Unprintable
from wms.kernel.refusal import NotFound
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.printing import queries
from wms.printing.drawing import Sheet, Undrawable, as_label
from wms.printing.rules import Language
from wms.printing.tables import PrintJob
from wms.printing.web.blueprint import pages

DPI = 203


@pages.get("/printers/jobs/<int:print_job_id>/picture")
@allow(*EVERYBODY)
def picture(print_job_id: int) -> Response:
    """Give the sheet as a picture."""
    with services().database.read() as session:
        job = queries.job(session, print_job_id).job
    return Response(drawn(job), mimetype="image/png")


@pages.get("/printers/jobs/<int:print_job_id>/document")
@allow(*EVERYBODY)
def document(print_job_id: int) -> Response:
    """Give the document of somebody else as it came. Raises NotFound where there is none."""
    with services().database.read() as session:
        job = queries.job(session, print_job_id).job
    if job.document is None:
        raise NotFound(thing="document", number=print_job_id)
    response = Response(job.document, mimetype=job.media_type)
    response.headers["Content-Disposition"] = f'attachment; filename="{job.number}"'
    return response


def has_picture(job: PrintJob) -> bool:
    """Tell whether a sheet can be drawn here."""
    return job.media_type in ("", Language.ZPL.value, "image/png")


def drawn(job: PrintJob) -> bytes:
    """Return the picture of a sheet as PNG. Raises Undrawable."""
    sheet = Sheet(job.label, job.document, job.media_type, job.generation)
    found = as_label(sheet)
    try:
        if found is not None:
            return png.render(found, dpi=DPI)
        if job.media_type == Language.ZPL:
            return _read(job.document or b"")
    except (Unprintable, ValueError, OSError) as reason:
        raise Undrawable(reason=str(reason)) from reason
    raise Undrawable(reason=f"{job.media_type} has no picture here")


def _read(whole: bytes) -> bytes:
    pages = zpl.draw(whole, DPI)
    if not pages:
        raise Undrawable(reason="nothing is on it")
    file = BytesIO()
    pages[-1].save(file, "PNG", dpi=(DPI, DPI))
    return file.getvalue()
