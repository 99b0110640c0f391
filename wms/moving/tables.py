"""What the house remembers about moves that somebody still has to do."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, ShortCode, Table
from wms.kernel.versions import Versioned


class MoveTask(Versioned, Table):
    """So many units of one thing are to go from one place to another. Lifted, they are in the worker's hands."""

    __tablename__ = "move_task"
    __table_args__ = (
        CheckConstraint("asked > 0 AND moved >= 0 AND moved <= asked", name="within_asked"),
        Index("ix_move_task_state", "state", "warehouse_id"),
        Index("ix_move_task_source_id", "source_id"),
    )

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    kind: Mapped[ShortCode]
    """putaway, replenish, put_back, relocate."""
    state: Mapped[ShortCode]
    source_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    target_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    """Where it should go; the worker may choose another place that takes it."""
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    serial_id: Mapped[int] = mapped_column(ForeignKey("serial.id"))
    status: Mapped[ShortCode]
    asked: Mapped[int]
    lifted: Mapped[int] = mapped_column(default=0)
    moved: Mapped[int] = mapped_column(default=0)
    why: Mapped[ShortCode]
    reference: Mapped[str] = mapped_column(String(80), default="")
    fo_id: Mapped[int | None]
    """The fulfillment order that waits for these goods to be back; a plain number, since orders stand above."""
    worker_id: Mapped[int | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]
