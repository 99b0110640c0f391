"""What the house remembers about waves: which orders, and the plan they were released by."""

from datetime import datetime
from typing import Any

from sqlalchemy import ForeignKey, Index, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, ShortCode, Table
from wms.kernel.versions import Versioned


class Wave(Versioned, Table):
    """A group of fulfillment orders that is released together. Its progress is counted, never kept here."""

    __tablename__ = "wave"
    __table_args__ = (Index("ix_wave_state", "state"),)

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    number: Mapped[ShortCode] = mapped_column(unique=True)
    kind: Mapped[ShortCode] = mapped_column(default="wave")
    state: Mapped[ShortCode]
    filters: Mapped[dict[str, Any]]
    plan: Mapped[dict[str, Any]]
    """Runs with their stops, metres, minutes and shorts, as the planner gave them; empty while it is a draft."""
    plan_version: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    planned_at: Mapped[datetime | None]
    released_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class WaveMember(Table):
    """One fulfillment order in one wave; it can be in one live wave at a time."""

    __tablename__ = "wave_member"
    __table_args__ = (
        Index(
            "ix_wave_member_live",
            "fo_id",
            unique=True,
            sqlite_where=text("left_at IS NULL"),
            postgresql_where=text("left_at IS NULL"),
        ),
    )

    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"), primary_key=True)
    fo_id: Mapped[int] = mapped_column(ForeignKey("fulfillment_order.id"), primary_key=True)
    left_at: Mapped[datetime | None]
