"""What the house remembers about counts: what was asked, what was counted, and what became of the difference."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, ShortCode, Table
from wms.kernel.versions import Versioned


class CountTask(Versioned, Table):
    """One place whose contents somebody is to count; one open count a place. Nobody is shown what the book says."""

    __tablename__ = "count_task"
    __table_args__ = (
        Index(
            "ix_count_task_open",
            "location_id",
            unique=True,
            sqlite_where=text("state NOT IN ('posted', 'cancelled')"),
            postgresql_where=text("state NOT IN ('posted', 'cancelled')"),
        ),
        Index("ix_count_task_state", "state", "warehouse_id"),
    )

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    state: Mapped[ShortCode]
    cause: Mapped[ShortCode]
    """short, found, zero_check, asked."""
    round: Mapped[int] = mapped_column(default=1)
    reference: Mapped[str] = mapped_column(String(80), default="")
    asked_by: Mapped[int]
    worker_id: Mapped[int | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[Moment]
    counted_at: Mapped[datetime | None]
    booked_after: Mapped[int | None]
    """The last move of the ledger that was known when the count was booked: later ones of before it are late."""
    ended_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(400), default="")


class CountLine(Table):
    """How many units of one thing somebody counted in one round; `expected` is noted when the count is handed in."""

    __tablename__ = "count_line"
    __table_args__ = (
        UniqueConstraint("count_id", "round", "item_id", "lot_id", "serial_id"),
        CheckConstraint("counted >= 0", name="counted_something"),
    )

    id: Mapped[Id]
    count_id: Mapped[int] = mapped_column(ForeignKey("count_task.id"))
    round: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    serial_id: Mapped[int] = mapped_column(ForeignKey("serial.id"))
    counted: Mapped[int]
    expected: Mapped[int | None]
    counted_by: Mapped[int]
    counted_at: Mapped[Moment]
