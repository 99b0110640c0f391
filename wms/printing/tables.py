"""What the house remembers about printing: printers, jobs and every attempt at a sheet."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    JSON,
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned


class PrinterNow(Versioned, Table):
    """How a printer (a device of stations) is, as it last told us, and what people decided about it."""

    __tablename__ = "printer_now"

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    condition: Mapped[ShortCode]
    """ready, paper_out, ribbon_out, head_open, paused, busy, silent, unreachable or unknown."""
    detail: Mapped[str] = mapped_column(String(400), default="")
    is_held: Mapped[bool] = mapped_column(default=False)
    """Whether somebody here stopped it: nothing is sent to it until they let it go on."""
    next_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
    """The printer that takes its jobs when it cannot."""
    dpi: Mapped[int] = mapped_column(default=203)
    told_at: Mapped[Moment]
    """When it last told us; while it is being asked, until when it gets no sheet."""
    since: Mapped[Moment]
    """Since when it is in this condition."""


WAITING = "state IN ('queued', 'sending')"
"""Sheets on their way. SQLite uses their index only where a question says the very same."""

LABEL = JSON(none_as_null=True).with_variant(JSONB(none_as_null=True), "postgresql")
"""Where there is no label, the column holds nothing at all, not the word null."""

SENDING = "state = 'sending'"


class PrintJob(Versioned, Table):
    """One sheet that somebody asked for. A second try is an attempt of it; a second sheet is a job that names it.

    It keeps a `Label` as plain values, or a carrier's document as bytes: what goes to a printer is made per attempt.
    """

    __tablename__ = "print_job"
    __table_args__ = (
        CheckConstraint("(label IS NULL) <> (document IS NULL)", name="label_or_document"),
        Index("ix_print_job_state_due_at", "state", "due_at"),
        Index(
            "ix_print_job_waiting",
            "printer_id",
            "id",
            sqlite_where=text(WAITING),
            postgresql_where=text(WAITING),
        ),
        Index(
            "ix_print_job_one_at_a_time",
            "printer_id",
            unique=True,
            sqlite_where=text(SENDING),
            postgresql_where=text(SENDING),
        ),
        Index("ix_print_job_subject_subject_id", "subject", "subject_id"),
        Index("ix_print_job_expects", "expects"),
    )

    id: Mapped[Id]
    number: Mapped[ShortCode] = mapped_column(unique=True)
    """As people say it: L-000123."""
    printer_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    """The bench that it is for, whose list of printers it may be moved along."""
    kind: Mapped[ShortCode]
    """carrier_label, house_label, packing_slip, return_slip, manifest, bin_label, item_label, tote_label ..."""
    title: Mapped[Name]
    label: Mapped[dict[str, Any] | None] = mapped_column(LABEL)
    document: Mapped[bytes | None] = mapped_column(LargeBinary)
    media_type: Mapped[ShortCode] = mapped_column(default="")
    """Of the document: application/zpl, application/pdf, image/png."""
    sha256: Mapped[str] = mapped_column(String(64))
    expects: Mapped[str] = mapped_column(String(255), default="")
    """The barcode that the sheet carries, in its normal form: scanning it proves that the sheet came out."""
    subject: Mapped[ShortCode] = mapped_column(default="")
    """What it is about, as in package 7."""
    subject_id: Mapped[int | None]
    reprint_of_id: Mapped[int | None] = mapped_column(ForeignKey("print_job.id"))
    reason: Mapped[str] = mapped_column(String(400), default="")
    generation: Mapped[int] = mapped_column(default=1)
    """2 and more are marked REPRINT on the sheet."""
    state: Mapped[ShortCode]
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    lease_until: Mapped[Moment]
    asked_by: Mapped[int]
    created_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]


class PrintAttempt(Table):
    """One try at a sheet: noted before the first byte goes out."""

    __tablename__ = "print_attempt"
    __table_args__ = (UniqueConstraint("job_id", "number"),)

    id: Mapped[Id]
    job_id: Mapped[int] = mapped_column(ForeignKey("print_job.id"))
    number: Mapped[int]
    printer_id: Mapped[int] = mapped_column(ForeignKey("device.id"))
    began_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]
    outcome: Mapped[ShortCode] = mapped_column(default="")
    """Verb of the job's life that ended it."""
    evidence: Mapped[dict[str, Any]]
    """What the printer said before and after, bytes sent, what was scanned, who answered."""
