"""What the house remembers about shipping: labels and their purchase, trucks, and where parcels are."""

from datetime import datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned

LIVE = "state IN ('draft', 'rated', 'buying', 'bought', 'in_doubt', 'handed_over')"
"""A package has one of these at most: bought, or perhaps bought, or about to be."""


class ShipFrom(Versioned, Table):
    """Where the parcels of a warehouse come from, part by part as carriers want it."""

    __tablename__ = "ship_from"

    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), primary_key=True)
    name: Mapped[Name]
    company: Mapped[Name] = mapped_column(default="")
    street1: Mapped[str] = mapped_column(String(200))
    street2: Mapped[str] = mapped_column(String(200), default="")
    city: Mapped[Name]
    zip: Mapped[ShortCode]
    province: Mapped[Name] = mapped_column(default="")
    country: Mapped[str] = mapped_column(String(2))
    phone: Mapped[ShortCode] = mapped_column(default="")
    email: Mapped[str] = mapped_column(String(254), default="")
    created_at: Mapped[Moment]


class LaneMeans(Table):
    """How labels for a carrier's lane come about: shippo, own (courier), collection (by the customer), typed."""

    __tablename__ = "lane_means"

    lane_id: Mapped[int] = mapped_column(ForeignKey("carrier_lane.id"), primary_key=True)
    means: Mapped[ShortCode]


class Shipment(Versioned, Table):
    """One label for one package, from the wish to the truck: money is spent once. Amounts in minor units.

    The row stands in `buying` before the carrier is asked, under a number of its own (`uid`) that goes with the
    request; whatever is not answered for sure stays in doubt until the carrier's own list settles it.
    """

    __tablename__ = "shipment"
    __table_args__ = (
        Index(
            "ix_shipment_live",
            "package_id",
            unique=True,
            sqlite_where=text(LIVE),
            postgresql_where=text(LIVE),
        ),
        Index("ix_shipment_package_id", "package_id"),
        Index("ix_shipment_state_due_at", "state", "due_at"),
        UniqueConstraint("carrier", "tracking_number"),
        CheckConstraint(
            "state NOT IN ('bought', 'handed_over') OR tracking_number IS NOT NULL",
            name="bought_has_number",
        ),
    )

    id: Mapped[Id]
    uid: Mapped[str] = mapped_column(String(36), unique=True)
    package_id: Mapped[int] = mapped_column(ForeignKey("package.id"))
    state: Mapped[ShortCode]
    tracking: Mapped[ShortCode]
    means: Mapped[ShortCode]
    """shippo, own, collection or typed."""
    is_return: Mapped[bool] = mapped_column(default=False)
    carrier: Mapped[ShortCode] = mapped_column(default="")
    service: Mapped[Name] = mapped_column(default="")
    weight_g: Mapped[int]
    parcel: Mapped[dict[str, Any]]
    """Sizes in millimetres, as they were told to the carrier."""
    rates: Mapped[dict[str, Any]]
    """`{rates: [{id, carrier, service, amount_minor, currency, days}], messages: [...], rated_at}`."""
    request_id: Mapped[str] = mapped_column(String(80), default="")
    """The carrier platform's number of the request for rates (Shippo calls it a shipment)."""
    rate_id: Mapped[str] = mapped_column(String(80), default="")
    transaction_id: Mapped[str | None] = mapped_column(String(80), unique=True)
    """The carrier platform's number of the bought label."""
    refund_id: Mapped[str] = mapped_column(String(80), default="")
    tracking_number: Mapped[str | None] = mapped_column(String(80))
    tracking_url: Mapped[str] = mapped_column(String(400), default="")
    cost_minor: Mapped[int] = mapped_column(default=0)
    currency: Mapped[str] = mapped_column(String(3), default="")
    tries: Mapped[int] = mapped_column(default=0)
    absent_reads: Mapped[int] = mapped_column(default=0)
    asked_at: Mapped[datetime | None]
    """When the purchase was sent off: "it was never bought" is believed a grace period later."""
    due_at: Mapped[Moment]
    lease_until: Mapped[Moment]
    trouble: Mapped[str] = mapped_column(String(500), default="")
    replaces_id: Mapped[int | None] = mapped_column(ForeignKey("shipment.id"))
    created_at: Mapped[Moment]
    bought_at: Mapped[datetime | None]
    handed_over_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]


class LabelDocument(Table):
    """The carrier's label as it came: a second sheet never costs a second label."""

    __tablename__ = "label_document"

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"), primary_key=True)
    media_type: Mapped[ShortCode]
    data: Mapped[bytes] = mapped_column(LargeBinary)
    fetched_at: Mapped[Moment]


class TrackingEvent(Table):
    """One thing that a carrier said about a parcel. All are kept; what is shown is the furthest, never the latest."""

    __tablename__ = "tracking_event"
    __table_args__ = (Index("ix_tracking_event_shipment_id", "shipment_id"),)

    id: Mapped[Id]
    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"))
    key: Mapped[str] = mapped_column(String(64), unique=True)
    """Of what was said: told twice, kept once."""
    status: Mapped[ShortCode]
    substatus: Mapped[ShortCode] = mapped_column(default="")
    details: Mapped[str] = mapped_column(String(400), default="")
    place: Mapped[str] = mapped_column(String(200), default="")
    needs_action: Mapped[bool] = mapped_column(default=False)
    occurred_at: Mapped[Moment]
    recorded_at: Mapped[Moment]


class Manifest(Versioned, Table):
    """What one truck of a carrier takes: open while it is loaded, closed when it leaves."""

    __tablename__ = "manifest"
    __table_args__ = (
        Index(
            "ix_manifest_open",
            "lane_id",
            unique=True,
            sqlite_where=text("closed_at IS NULL"),
            postgresql_where=text("closed_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    number: Mapped[ShortCode] = mapped_column(unique=True)
    lane_id: Mapped[int] = mapped_column(ForeignKey("carrier_lane.id"))
    opened_by: Mapped[int]
    opened_at: Mapped[Moment]
    closed_by: Mapped[int | None]
    closed_at: Mapped[datetime | None]


class ManifestParcel(Table):
    """One parcel on one truck: a parcel leaves once."""

    __tablename__ = "manifest_parcel"

    shipment_id: Mapped[int] = mapped_column(ForeignKey("shipment.id"), primary_key=True)
    manifest_id: Mapped[int] = mapped_column(ForeignKey("manifest.id"), index=True)
    loaded_by: Mapped[int]
    loaded_at: Mapped[Moment]
