"""What the house remembers about returns: parcels that came back, what was wanted back, and how it was graded."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, ShortCode, Table
from wms.kernel.versions import Versioned


class Return(Versioned, Table):
    """Goods that a customer sends back. Without an order it is blind: nobody here knew of it."""

    __tablename__ = "goods_return"
    __table_args__ = (Index("ix_goods_return_state", "state"),)

    id: Mapped[Id]
    number: Mapped[ShortCode] = mapped_column(unique=True)
    """R-000123; its label carries WXR and this number."""
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    order_id: Mapped[int | None] = mapped_column(ForeignKey("sales_order.id"), index=True)
    state: Mapped[ShortCode]
    """Where the goods are: DOMAIN's custody axis."""
    reason: Mapped[str] = mapped_column(String(400), default="")
    parcel_code: Mapped[str] = mapped_column(String(255), default="")
    """What was scanned on the parcel."""
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    worker_id: Mapped[int | None]
    created_at: Mapped[Moment]
    arrived_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class ReturnLine(Table):
    """What of an order is to come back, and what came of it. The counters only say what happened."""

    __tablename__ = "return_line"
    __table_args__ = (
        CheckConstraint("advised >= 0 AND arrived >= 0", name="counted_up"),
        CheckConstraint(
            "restocked + quarantined + scrapped <= arrived", name="disposed_within_arrived"
        ),
        Index("ix_return_line_return_id", "return_id"),
        Index("ix_return_line_order_line_id", "order_line_id"),
    )

    id: Mapped[Id]
    return_id: Mapped[int] = mapped_column(ForeignKey("goods_return.id"))
    order_line_id: Mapped[int | None] = mapped_column(ForeignKey("order_line.id"))
    """None in a blind return."""
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    advised: Mapped[int] = mapped_column(default=0)
    arrived: Mapped[int] = mapped_column(default=0)
    restocked: Mapped[int] = mapped_column(default=0)
    quarantined: Mapped[int] = mapped_column(default=0)
    scrapped: Mapped[int] = mapped_column(default=0)


class ReturnUnit(Table):
    """Units of one line that were scanned in together, their grade, and where they went."""

    __tablename__ = "return_unit"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        Index("ix_return_unit_line_id", "line_id"),
    )

    id: Mapped[Id]
    line_id: Mapped[int] = mapped_column(ForeignKey("return_line.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    serial_id: Mapped[int] = mapped_column(ForeignKey("serial.id"))
    quantity: Mapped[int]
    place_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    """The bench that they came in on."""
    grade: Mapped[ShortCode] = mapped_column(default="")
    disposition: Mapped[ShortCode] = mapped_column(default="")
    is_wrong_item: Mapped[bool] = mapped_column(default=False)
    move_task_id: Mapped[int | None] = mapped_column(ForeignKey("move_task.id"))
    """The putaway that brings them back to a shelf."""
    worker_id: Mapped[int]
    scanned_at: Mapped[Moment]
    graded_at: Mapped[datetime | None]
    undone_at: Mapped[datetime | None]
