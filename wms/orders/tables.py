"""What the house remembers about orders: what was bought, by whom, what stops it, and what the floor works on."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, LongText, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned


class Channel(Versioned, Table):
    """Where orders come from: a shop, a marketplace, a file, somebody at the desk."""

    __tablename__ = "channel"

    id: Mapped[Id]
    code: Mapped[ShortCode] = mapped_column(unique=True)
    name: Mapped[Name]
    kind: Mapped[ShortCode]
    ships_partly: Mapped[bool] = mapped_column(default=True)
    """Whether what is there goes out at once and the rest later, or everything waits for the last unit."""
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class Order(Versioned, Table):
    """What a customer bought. Fulfillment (`state`), payment and holds are separate axes. Money in minor units."""

    __tablename__ = "sales_order"
    __table_args__ = (
        UniqueConstraint("channel_id", "source_id"),
        Index("ix_sales_order_number", "number"),
        Index("ix_sales_order_state_ship_by", "state", "ship_by"),
        Index("ix_sales_order_placed_at", "placed_at"),
    )

    id: Mapped[Id]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    source_id: Mapped[str] = mapped_column(String(120))
    """What the channel calls it: the same order told twice is one order."""
    number: Mapped[str] = mapped_column(String(64))
    """What people call it."""
    state: Mapped[ShortCode]
    payment: Mapped[ShortCode]
    priority: Mapped[int] = mapped_column(default=0)
    """Higher goes first when stock or time is scarce."""
    currency: Mapped[str] = mapped_column(String(3), default="")
    total_minor: Mapped[int] = mapped_column(default=0)
    service: Mapped[str] = mapped_column(String(120), default="")
    """The shipping method that the customer chose, as the channel writes it."""
    carrier: Mapped[str] = mapped_column(String(40), default="")
    """The carrier whose lane and cut-offs it is for; empty where any will do."""
    risk: Mapped[ShortCode] = mapped_column(default="")
    note: Mapped[LongText] = mapped_column(default="")
    gift_note: Mapped[LongText] = mapped_column(default="")
    placed_at: Mapped[Moment]
    promised_on: Mapped[date | None]
    ship_by: Mapped[datetime | None]
    cancel_requested_at: Mapped[datetime | None]
    merged_into_id: Mapped[int | None] = mapped_column(ForeignKey("sales_order.id"))
    created_at: Mapped[Moment]


class OrderContact(Versioned, Table):
    """Who gets it and where: personal data, in a row of its own that can be emptied."""

    __tablename__ = "order_contact"
    __table_args__ = (
        Index("ix_order_contact_email", "email"),
        Index("ix_order_contact_name", "name"),
    )

    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), primary_key=True)
    name: Mapped[Name] = mapped_column(default="")
    company: Mapped[Name] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    phone: Mapped[ShortCode] = mapped_column(default="")
    street1: Mapped[str] = mapped_column(String(200), default="")
    street2: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[Name] = mapped_column(default="")
    zip: Mapped[ShortCode] = mapped_column(default="")
    province: Mapped[Name] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    created_at: Mapped[Moment]


class OrderSource(Table):
    """What the channel told us, word for word. Never changed; purged with the personal data in it."""

    __tablename__ = "order_source"

    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"), primary_key=True)
    payload: Mapped[dict[str, Any]]


class OrderLine(Table):
    """So many units of something that was bought. A kit is one line here and its parts in what is picked."""

    __tablename__ = "order_line"
    __table_args__ = (
        UniqueConstraint("order_id", "line"),
        CheckConstraint("quantity > 0", name="quantity_positive"),
        CheckConstraint("cancelled >= 0 AND cancelled <= quantity", name="cancelled_within"),
        Index("ix_order_line_item_id", "item_id"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    line: Mapped[int]
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    quantity: Mapped[int]
    cancelled: Mapped[int] = mapped_column(default=0)
    price_minor: Mapped[int] = mapped_column(default=0)
    personalisation: Mapped[LongText] = mapped_column(default="")


class OrderHold(Versioned, Table):
    """One reason why an order stops, from a named step on. A hold is a row, never a state of the order."""

    __tablename__ = "order_hold"
    __table_args__ = (
        Index("ix_order_hold_order_id", "order_id"),
        Index(
            "ix_order_hold_open",
            "state",
            sqlite_where=text("state IN ('active', 'escalated')"),
            postgresql_where=text("state IN ('active', 'escalated')"),
        ),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    kind: Mapped[ShortCode]
    blocks: Mapped[ShortCode]
    """The earliest step that is forbidden: accept, release, pick, pack, label, handover."""
    state: Mapped[ShortCode]
    reason: Mapped[str] = mapped_column(String(400), default="")
    opened_by: Mapped[int]
    created_at: Mapped[Moment]
    expires_at: Mapped[datetime | None]
    closed_by: Mapped[int | None]
    closed_at: Mapped[datetime | None]
    outcome: Mapped[str] = mapped_column(String(400), default="")


class FulfillmentOrder(Versioned, Table):
    """The part of an order that one warehouse works on."""

    __tablename__ = "fulfillment_order"
    __table_args__ = (
        UniqueConstraint("order_id", "part"),
        UniqueConstraint("number"),
        Index("ix_fulfillment_order_state_ship_by", "state", "ship_by"),
    )

    id: Mapped[Id]
    order_id: Mapped[int] = mapped_column(ForeignKey("sales_order.id"))
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    part: Mapped[int]
    number: Mapped[str] = mapped_column(String(80))
    """The order's number and the part, as people and the ledger's references write it."""
    state: Mapped[ShortCode]
    priority: Mapped[int] = mapped_column(default=0)
    ship_by: Mapped[datetime | None]
    split_from_id: Mapped[int | None] = mapped_column(ForeignKey("fulfillment_order.id"))
    created_at: Mapped[Moment]


class FoLine(Table):
    """What one line of an order wants of one warehouse, and how far it is. The counters only say what happened."""

    __tablename__ = "fo_line"
    __table_args__ = (
        CheckConstraint("ordered > 0", name="ordered_positive"),
        CheckConstraint(
            "allocated >= 0 AND allocated + picked + short <= ordered", name="within_ordered"
        ),
        CheckConstraint("picked >= 0 AND short >= 0", name="counted_up"),
        CheckConstraint("packed >= 0 AND packed <= picked", name="packed_was_picked"),
        CheckConstraint("shipped >= 0 AND shipped <= packed", name="shipped_was_packed"),
        Index("ix_fo_line_fo_id", "fo_id"),
        Index("ix_fo_line_item_id", "item_id"),
    )

    id: Mapped[Id]
    fo_id: Mapped[int] = mapped_column(ForeignKey("fulfillment_order.id"))
    order_line_id: Mapped[int] = mapped_column(ForeignKey("order_line.id"), index=True)
    item_id: Mapped[int] = mapped_column(ForeignKey("item.id"))
    """What is picked: the item itself, or a part of a kit."""
    ordered: Mapped[int]
    allocated: Mapped[int] = mapped_column(default=0)
    """Units that are promised and not picked yet."""
    picked: Mapped[int] = mapped_column(default=0)
    short: Mapped[int] = mapped_column(default=0)
    """Units that the floor could not have. Once it is resolved, a later part took them over, or all waits for them."""
    packed: Mapped[int] = mapped_column(default=0)
    shipped: Mapped[int] = mapped_column(default=0)
    missing: Mapped[int] = mapped_column(default=0, server_default="0")
    """Units that were picked, and that nobody found when they were to be packed; they are not in `picked` any more."""


class LineAllocation(Table):
    """Which promise of stock is for which line."""

    __tablename__ = "line_allocation"

    allocation_id: Mapped[int] = mapped_column(ForeignKey("allocation.id"), primary_key=True)
    fo_line_id: Mapped[int] = mapped_column(ForeignKey("fo_line.id"), index=True)


class Involvement(Table):
    """A process that has something of a fulfillment order in hand; what is revoked waits until each has let go."""

    __tablename__ = "involvement"

    fo_id: Mapped[int] = mapped_column(ForeignKey("fulfillment_order.id"), primary_key=True)
    party: Mapped[ShortCode] = mapped_column(primary_key=True)
    since: Mapped[Moment]
    settled_at: Mapped[datetime | None]
