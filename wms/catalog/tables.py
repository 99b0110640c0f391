"""What is stored: items with barcodes, lots and serials, and the boxes things leave in."""

from datetime import date, datetime

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, LongText, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned

NO_LOT = 0
"""The lot of goods that have none: a row of its own, so that keys are never NULL and always point somewhere."""

NO_SERIAL = 0
"""The serial of goods that have none."""


class Item(Versioned, Table):
    """One kind of thing that is sold. Sizes and weight are of one unit: millimetres and grams."""

    __tablename__ = "item"
    __table_args__ = (
        UniqueConstraint("owner_id", "sku"),
        CheckConstraint("weight_g IS NULL OR weight_g > 0", name="weight_g_positive"),
        CheckConstraint("length_mm IS NULL OR length_mm > 0", name="length_mm_positive"),
        CheckConstraint("width_mm IS NULL OR width_mm > 0", name="width_mm_positive"),
        CheckConstraint("height_mm IS NULL OR height_mm > 0", name="height_mm_positive"),
    )

    id: Mapped[Id]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    sku: Mapped[str] = mapped_column(String(64))
    name: Mapped[str] = mapped_column(String(200))
    tracks_lots: Mapped[bool] = mapped_column(default=False)
    tracks_serials: Mapped[bool] = mapped_column(default=False)
    weight_g: Mapped[int | None]
    length_mm: Mapped[int | None]
    width_mm: Mapped[int | None]
    height_mm: Mapped[int | None]
    hs_code: Mapped[str | None] = mapped_column(String(14))
    origin_country: Mapped[str | None] = mapped_column(String(2))
    picture: Mapped[str | None] = mapped_column(String(80))
    """Name of its picture in the data folder: made of the picture's own hash, never of what the uploader called it."""
    note: Mapped[LongText] = mapped_column(default="")
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class ItemBarcode(Table):
    """A code on an item or on a pack or case of it, with how many units one scan stands for."""

    __tablename__ = "item_barcode"
    __table_args__ = (
        UniqueConstraint("item_id", "code"),
        CheckConstraint("quantity_per_scan > 0", name="quantity_positive"),
    )

    id: Mapped[Id]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    code: Mapped[str] = mapped_column(String(255))
    quantity_per_scan: Mapped[int]
    kind: Mapped[ShortCode]
    created_at: Mapped[Moment]


class Lot(Table):
    """Goods of one item that were made together. Number 0 stands for "no lot" of every item."""

    __tablename__ = "lot"
    __table_args__ = (
        UniqueConstraint("item_id", "code"),
        CheckConstraint("(id = 0) = (item_id IS NULL)", name="only_none_has_no_item"),
    )

    id: Mapped[Id]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    code: Mapped[str] = mapped_column(String(64))
    expires_on: Mapped[date | None]
    created_at: Mapped[Moment]


class Serial(Table):
    """One single piece with a number of its own. Number 0 stands for "no serial" of every item."""

    __tablename__ = "serial"
    __table_args__ = (
        UniqueConstraint("item_id", "code"),
        CheckConstraint("(id = 0) = (item_id IS NULL)", name="only_none_has_no_item"),
    )

    id: Mapped[Id]
    item_id: Mapped[int | None] = mapped_column(ForeignKey("item.id"))
    code: Mapped[str] = mapped_column(String(64))
    created_at: Mapped[Moment]


class KitPart(Table):
    """What one unit of a kit is made of: sold as one, picked as its parts. A kit is never stocked itself."""

    __tablename__ = "kit_part"
    __table_args__ = (
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("kit_id <> part_id", name="not_of_itself"),
    )

    kit_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    part_id: Mapped[int] = mapped_column(ForeignKey("item.id"), primary_key=True)
    quantity: Mapped[int]


class BoxType(Versioned, Table):
    """A box that parcels leave in. Inner sizes in millimetres, its own weight and the most it may hold in grams."""

    __tablename__ = "box_type"
    __table_args__ = (
        CheckConstraint("length_mm > 0 AND width_mm > 0 AND height_mm > 0", name="has_room"),
        CheckConstraint("weight_g >= 0 AND max_weight_g > weight_g", name="can_carry"),
    )

    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    length_mm: Mapped[int]
    width_mm: Mapped[int]
    height_mm: Mapped[int]
    weight_g: Mapped[int]
    max_weight_g: Mapped[int]
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


Index("ix_item_name", Item.name)
