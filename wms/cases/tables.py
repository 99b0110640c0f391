"""What went wrong and waits for somebody."""

from datetime import datetime
from typing import Any

from sqlalchemy import Index, text
from sqlalchemy.orm import Mapped

from wms.kernel.columns import Id, Moment, ShortCode, Table
from wms.kernel.versions import Versioned


class ExceptionCase(Versioned, Table):
    """One thing that does not fit, until a person says what became of it."""

    __tablename__ = "exception_case"
    __table_args__ = (
        Index("ix_exception_case_subject_subject_id", "subject", "subject_id"),
        Index(
            "ix_exception_case_open",
            "id",
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    kind: Mapped[ShortCode]
    state: Mapped[ShortCode]
    subject: Mapped[ShortCode]
    subject_id: Mapped[int]
    sentence: Mapped[ShortCode]
    values: Mapped[dict[str, Any]]
    opened_by: Mapped[int]
    opened_at: Mapped[Moment]
    assigned_to: Mapped[int | None]
    closed_by: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str | None]
