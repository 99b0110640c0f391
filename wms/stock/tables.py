"""What the house remembers about stock: moves (the truth), balances and availability (sums), promises, seals."""

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Number, ShortCode, Table


class StockMove(Table):
    """So many units of one thing went from one place to another. Never changed, never deleted."""

    __tablename__ = "stock_move"
    __table_args__ = (
        UniqueConstraint("command_uid", "line"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint(
            "source_id <> target_id OR status_from <> status_to", name="goes_somewhere"
        ),
        Index("ix_stock_move_source_id", "source_id", "id"),
        Index("ix_stock_move_target_id", "target_id", "id"),
        Index("ix_stock_move_item_id", "item_id", "id"),
        Index("ix_stock_move_occurred_at", "occurred_at"),
        Index(
            "ix_stock_move_reference",
            "reference",
            "id",
            sqlite_where=text("reference <> ''"),
            postgresql_where=text("reference <> ''"),
        ),
    )

    id: Mapped[Id]
    command_uid: Mapped[UUID] = mapped_column(Uuid)
    line: Mapped[int]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    serial_id: Mapped[int] = mapped_column(ForeignKey("serial.id"))
    status_from: Mapped[ShortCode]
    status_to: Mapped[ShortCode]
    source_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    target_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    quantity: Mapped[int]
    reason: Mapped[ShortCode]
    reference: Mapped[str] = mapped_column(String(80), default="")
    """What it was for, as people say it: an order's number, a count, a return."""
    note: Mapped[str] = mapped_column(String(400), default="")
    actor_id: Mapped[int]
    device_id: Mapped[int | None]
    occurred_at: Mapped[Moment]
    recorded_at: Mapped[Moment]
    reverses_id: Mapped[int | None] = mapped_column(ForeignKey("stock_move.id"), unique=True)


class StockBalance(Table):
    """How many units of one thing lie in one place, and how many of them are promised. A sum of moves."""

    __tablename__ = "stock_balance"
    __table_args__ = (
        UniqueConstraint(
            "location_id",
            "item_id",
            "lot_id",
            "serial_id",
            "status",
            "owner_id",
            "warehouse_id",
            name="uq_stock_balance_key",
        ),
        CheckConstraint("quantity >= 0 AND reserved >= 0 AND reserved <= quantity", name="covered"),
        CheckConstraint("serial_id = 0 OR quantity <= 1", name="one_of_a_serial"),
        Index("ix_stock_balance_item_id", "item_id", "warehouse_id"),
        Index(
            "ix_stock_balance_serial_once",
            "serial_id",
            unique=True,
            sqlite_where=text("serial_id <> 0 AND quantity > 0"),
            postgresql_where=text("serial_id <> 0 AND quantity > 0"),
        ),
    )

    id: Mapped[Id]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    serial_id: Mapped[int] = mapped_column(ForeignKey("serial.id"))
    status: Mapped[ShortCode]
    quantity: Mapped[int] = mapped_column(default=0)
    reserved: Mapped[int] = mapped_column(default=0)


class ItemAvailability(Table):
    """What can be promised of one item in one warehouse. One row, so that two promises meet in it."""

    __tablename__ = "item_availability"
    __table_args__ = (
        CheckConstraint("soft >= 0 AND hard >= 0 AND soft + hard <= sellable", name="not_oversold"),
    )

    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"), primary_key=True)
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), primary_key=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    sellable: Mapped[int] = mapped_column(default=0)
    """Units with status `available` in places that hold sellable stock."""
    soft: Mapped[int] = mapped_column(default=0)
    hard: Mapped[int] = mapped_column(default=0)


class Allocation(Table):
    """A promise of units: soft of an item in a warehouse until it expires, or hard of one balance."""

    __tablename__ = "allocation"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("(state = 'soft') <= (expires_at IS NOT NULL)", name="soft_expires"),
        CheckConstraint(
            "(hardness = 'hard') = (balance_id IS NOT NULL)", name="hard_names_a_balance"
        ),
        CheckConstraint("consumed >= 0 AND consumed <= quantity", name="consumed_within"),
        CheckConstraint("(state = 'consumed') = (consumed = quantity)", name="consumed_whole"),
        Index("ix_allocation_reference", "reference"),
        Index(
            "ix_allocation_open_item",
            "item_id",
            "warehouse_id",
            sqlite_where=text("state IN ('soft', 'hard')"),
            postgresql_where=text("state IN ('soft', 'hard')"),
        ),
        Index(
            "ix_allocation_balance_id",
            "balance_id",
            sqlite_where=text("state = 'hard'"),
            postgresql_where=text("state = 'hard'"),
        ),
        Index(
            "ix_allocation_expires_at",
            "expires_at",
            sqlite_where=text("state = 'soft'"),
            postgresql_where=text("state = 'soft'"),
        ),
    )

    id: Mapped[Id]
    state: Mapped[ShortCode]
    hardness: Mapped[ShortCode]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    balance_id: Mapped[int | None] = mapped_column(ForeignKey("stock_balance.id"))
    quantity: Mapped[int]
    consumed: Mapped[int] = mapped_column(default=0)
    """How many of them were taken already: a pick may come in parts. Open are `quantity - consumed`."""
    reference: Mapped[str] = mapped_column(String(80))
    """What it was promised for, as people say it."""
    command_uid: Mapped[UUID] = mapped_column(Uuid)
    actor_id: Mapped[int]
    allocated_at: Mapped[Moment]
    expires_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class LedgerSeal(Table):
    """A sealed block of the ledger: its hash covers its rows and the seal before it; nothing changes unseen."""

    __tablename__ = "ledger_seal"

    id: Mapped[Id]
    first_position: Mapped[int]
    last_position: Mapped[int]
    settled_id: Mapped[int]
    """No move numbered up to here can still appear: every one that there is stands in this block or an earlier one."""
    previous_hash: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64), unique=True)
    sealed_at: Mapped[Moment]


class LedgerSealRow(Table):
    """Where one move stands in the sealed order, and the hash of its contents."""

    __tablename__ = "ledger_seal_row"

    position: Mapped[int] = mapped_column(Number, primary_key=True, autoincrement=False)
    move_id: Mapped[int] = mapped_column(ForeignKey("stock_move.id"), unique=True)
    seal_id: Mapped[int] = mapped_column(ForeignKey("ledger_seal.id"), index=True)
    row_hash: Mapped[str] = mapped_column(String(64))
