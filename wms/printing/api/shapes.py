"""What requests about sheets look like, and what is answered."""

from datetime import datetime
from typing import Annotated, Any

from flask_openapi import Tag
from pydantic import BaseModel, Field

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Body, CodeText, Listing, Number, ShortWords, Words, written
from wms.printing.queries import Printer, Sheet, State

api = ApiBlueprint(
    "printing_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="printing", description="Sheets and the printers they come out of.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "printing:read", "printing:write"

Kind = Annotated[ShortWords, Field(max_length=40)]
Reason = Annotated[Words, Field(max_length=400)]


class JobPath(Body):
    """Which sheet."""

    print_job_id: Number


class PrinterPath(Body):
    """Which printer."""

    device_id: Number


class Jobs(Listing):
    """Which sheets to list."""

    state: State | None = Field(default=None, description="Only those that stand so.")
    printer_id: Number | None = Field(default=None, description="Only for this printer.")
    kind: Kind | None = Field(default=None, description="Only of this kind, as `carrier_label`.")
    subject: Kind | None = Field(default=None, description="Only about such things, as `package`.")
    subject_id: Number | None = Field(default=None, description="Only about this one of them.")
    expects: CodeText | None = Field(default=None, description="Only with this barcode on them.")
    open_only: bool = Field(default=False, description="Leave out what is over.")


class Why(Body):
    """Why it is done."""

    reason: Reason


class JobShown(BaseModel):
    """A sheet and what became of it."""

    id: int
    number: str = Field(description="As people say it.")
    kind: str
    title: str
    state: State
    printer_id: int
    printer: str
    station_id: int | None
    expects: str = Field(description="The barcode it carries; scanning it proves the sheet.")
    subject: str
    subject_id: int | None
    media_type: str = Field(description="Of a document; empty for a label of ours.")
    sha256: str
    reprint_of_id: int | None
    generation: int = Field(description="2 and more are marked REPRINT.")
    reason: str
    tries: int
    asked_by: int
    created_at: datetime
    ended_at: datetime | None
    version: int


class JobPage(BaseModel):
    """Some sheets."""

    data: list[JobShown]
    next_cursor: str | None


class PrinterShown(BaseModel):
    """A printer as it stands."""

    id: int
    name: str
    address: str | None
    condition: str
    since: datetime | None
    told_at: datetime | None
    is_held: bool
    next_id: int | None = Field(description="Who takes its sheets when it cannot.")
    dpi: int
    stations: list[str]
    waiting: int
    unsure: int
    version: int


class PrinterList(BaseModel):
    """All printers in use."""

    data: list[PrinterShown]
    next_cursor: None = None


def job_shown(sheet: Sheet) -> dict[str, Any]:
    """Return a sheet as it is answered."""
    job = sheet.job
    own = {name: getattr(job, name) for name in JobShown.model_fields if hasattr(job, name)}
    moments = {"created_at": written(job.created_at), "ended_at": written(job.ended_at)}
    return {**own, "printer": sheet.printer, **moments}


def printer_shown(printer: Printer) -> dict[str, Any]:
    """Return a printer as it is answered."""
    return {
        "id": printer.device_id,
        "name": printer.name,
        "address": printer.address,
        "condition": printer.condition,
        "since": written(printer.since),
        "told_at": written(printer.told_at),
        "is_held": printer.is_held,
        "next_id": printer.next_id,
        "dpi": printer.dpi,
        "stations": list(printer.stations),
        "waiting": printer.waiting,
        "unsure": printer.unsure,
        "version": printer.version,
    }
