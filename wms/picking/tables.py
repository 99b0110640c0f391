"""What the house remembers about picking: runs, their tasks, the totes bound to them, and what can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned


class PickRun(Versioned, Table):
    """One worker's trip through the bins. Who works on it holds a lease, never the run itself."""

    __tablename__ = "pick_run"
    __table_args__ = (Index("ix_pick_run_state", "state"), Index("ix_pick_run_wave_id", "wave_id"))

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    wave_id: Mapped[int] = mapped_column(ForeignKey("wave.id"))
    number: Mapped[Name] = mapped_column(unique=True)
    kind: Mapped[ShortCode]
    """`singles`: orders of one unit share totes. `cluster`: each order has totes of its own."""
    state: Mapped[ShortCode]
    priority: Mapped[int] = mapped_column(default=0)
    ship_by: Mapped[datetime | None]
    metres: Mapped[int] = mapped_column(default=0)
    worker_id: Mapped[int | None]
    lease_until: Mapped[datetime | None]
    created_at: Mapped[Moment]
    started_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class PickTask(Versioned, Table):
    """So many units of one item and lot out of one bin for one line. One promise of stock, one task."""

    __tablename__ = "pick_task"
    __table_args__ = (
        UniqueConstraint("run_id", "stop", "allocation_id"),
        CheckConstraint(
            "picked >= 0 AND short >= 0 AND asked >= picked + short", name="within_asked"
        ),
        Index("ix_pick_task_fo_id", "fo_id"),
        Index("ix_pick_task_location_id", "location_id"),
        Index("ix_pick_task_allocation_id", "allocation_id"),
    )

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("pick_run.id"))
    stop: Mapped[int]
    """Where it comes on the walk; a skipped task moves behind the last."""
    fo_id: Mapped[int] = mapped_column(ForeignKey("fulfillment_order.id"))
    fo_line_id: Mapped[int] = mapped_column(ForeignKey("fo_line.id"))
    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocation.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    state: Mapped[ShortCode]
    asked: Mapped[int]
    picked: Mapped[int] = mapped_column(default=0)
    short: Mapped[int] = mapped_column(default=0)
    short_reason: Mapped[ShortCode] = mapped_column(default="")
    skips: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]


class ToteBinding(Table):
    """A tote that a run fills, in which slot of the cart and for which order. A tote is bound once at a time."""

    __tablename__ = "tote_binding"
    __table_args__ = (
        Index(
            "ix_tote_binding_live",
            "tote_id",
            unique=True,
            sqlite_where=text("ended_at IS NULL"),
            postgresql_where=text("ended_at IS NULL"),
        ),
        Index("ix_tote_binding_run_id", "run_id"),
        Index("ix_tote_binding_fo_id", "fo_id"),
    )

    id: Mapped[Id]
    tote_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    run_id: Mapped[int] = mapped_column(ForeignKey("pick_run.id"))
    slot: Mapped[int]
    fo_id: Mapped[int | None] = mapped_column(ForeignKey("fulfillment_order.id"))
    """None where singles of several orders share it."""
    is_full: Mapped[bool] = mapped_column(default=False)
    bound_at: Mapped[Moment]
    ended_at: Mapped[datetime | None]


class PickAct(Table):
    """One accepted act of a worker on a run, with what takes it back. The newest ten can be undone, newest first."""

    __tablename__ = "pick_act"
    __table_args__ = (Index("ix_pick_act_run_id_worker_id", "run_id", "worker_id", "id"),)

    id: Mapped[Id]
    run_id: Mapped[int] = mapped_column(ForeignKey("pick_run.id"))
    task_id: Mapped[int | None] = mapped_column(ForeignKey("pick_task.id"))
    worker_id: Mapped[int]
    verb: Mapped[ShortCode]
    before: Mapped[dict[str, Any]]
    """What the dialogue and the task were before, and which moves it wrote."""
    acted_at: Mapped[Moment]
    undone_at: Mapped[datetime | None]
