"""What the house remembers about packing: boxes, what is in them, and what can be undone."""

from datetime import datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, ShortCode, Table
from wms.kernel.versions import Versioned


class Package(Versioned, Table):
    """One box that leaves the house. What it holds is stock at its own place (`location_id`)."""

    __tablename__ = "package"
    __table_args__ = (
        UniqueConstraint("fo_id", "part"),
        CheckConstraint("weight_g IS NULL OR weight_g > 0", name="weight_positive"),
        CheckConstraint(
            "state NOT IN ('weighed', 'labelled', 'staged', 'handed_over') OR weight_g IS NOT NULL",
            name="weighed_has_weight",
        ),
        CheckConstraint(
            "state NOT IN ('labelled', 'staged', 'handed_over') OR label_code <> ''",
            name="labelled_has_label",
        ),
        Index("ix_package_state", "state"),
        Index("ix_package_label_code", "label_code"),
        Index("ix_package_handed_over_at", "handed_over_at"),
    )

    id: Mapped[Id]
    number: Mapped[ShortCode] = mapped_column(unique=True)
    """As people say it, and the code of its place: P-000123."""
    fo_id: Mapped[int] = mapped_column(ForeignKey("fulfillment_order.id"))
    part: Mapped[int]
    """Which of the boxes of its fulfillment order."""
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), unique=True)
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    packed_by: Mapped[int]
    state: Mapped[ShortCode]
    box_type_id: Mapped[int | None] = mapped_column(ForeignKey("box_type.id"))
    expected_g: Mapped[int | None]
    """What it should weigh with its box; None where an item's weight is not known."""
    weight_g: Mapped[int | None]
    weighed_by_hand: Mapped[bool] = mapped_column(default=False)
    """Whether the weight was typed, not told by a scale."""
    override_by: Mapped[int | None]
    override_reason: Mapped[str] = mapped_column(String(400), default="")
    photo: Mapped[str | None] = mapped_column(String(80))
    carrier: Mapped[ShortCode] = mapped_column(default="")
    """Told by shipping, as the four fields below: whose lane it goes to."""
    label_code: Mapped[str] = mapped_column(String(255), default="")
    """The barcode of its carrier label in its normal form: scanning it stages the box. Empty: none."""
    label_state: Mapped[ShortCode] = mapped_column(default="")
    """Of its purchase, for the bench: empty, asked, in_doubt, refused, bought, typed (a number is to be typed)."""
    label_words: Mapped[dict[str, Any]]
    """What the bench shows of it: service, price_minor, currency, days, and what stopped it."""
    created_at: Mapped[Moment]
    closed_at: Mapped[datetime | None]
    weighed_at: Mapped[datetime | None]
    staged_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]


class PackageItem(Table):
    """So many units of one thing in a box, for which line and out of which tote."""

    __tablename__ = "package_item"
    __table_args__ = (
        UniqueConstraint("package_id", "fo_line_id", "lot_id", "serial_id", "tote_id"),
        CheckConstraint("quantity >= 0", name="quantity_counted"),
        Index("ix_package_item_fo_line_id", "fo_line_id"),
    )

    id: Mapped[Id]
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    fo_line_id: Mapped[int] = mapped_column(ForeignKey("fo_line.id"))
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    lot_id: Mapped[int] = mapped_column(ForeignKey("lot.id"))
    serial_id: Mapped[int] = mapped_column(ForeignKey("serial.id"))
    tote_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    quantity: Mapped[int]


class PackAct(Table):
    """One accepted act of a packer, with what takes it back. The newest ten can be undone, newest first."""

    __tablename__ = "pack_act"
    __table_args__ = (Index("ix_pack_act_worker_id", "worker_id", "id"),)

    id: Mapped[Id]
    worker_id: Mapped[int]
    tote_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    fo_id: Mapped[int] = mapped_column(ForeignKey("fulfillment_order.id"), index=True)
    package_id: Mapped[int | None] = mapped_column(ForeignKey("package.id"))
    verb: Mapped[ShortCode]
    before: Mapped[dict[str, Any]]
    acted_at: Mapped[Moment]
    undone_at: Mapped[datetime | None]
