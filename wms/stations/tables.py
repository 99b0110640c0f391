"""Benches and devices: where people work and what they work with."""

from datetime import datetime

from sqlalchemy import CheckConstraint, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned


class Station(Versioned, Table):
    """A place where somebody works with devices: a packing bench, a returns bench, a dock."""

    __tablename__ = "station"

    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    kind: Mapped[ShortCode]
    location_id: Mapped[int | None]
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class Device(Versioned, Table):
    """A tablet, bench agent, scanner, printer or scale. Tablets and agents are enrolled and carry a token."""

    __tablename__ = "device"

    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    kind: Mapped[ShortCode]
    address: Mapped[str | None] = mapped_column(String(255))
    """Where it is reached, as in `zebra+tcp://host:9100`; None for what comes to us by itself."""
    token_hash: Mapped[str | None] = mapped_column(String(64), unique=True)
    scanner: Mapped[str | None] = mapped_column(String(200))
    """What the scanner check found out, as JSON: suffix, gap, layout, case."""
    last_seq: Mapped[int] = mapped_column(default=0)
    clock_offset_ms: Mapped[int] = mapped_column(default=0)
    created_at: Mapped[Moment]
    seen_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]


class DeviceBinding(Table):
    """Which device serves which station, and as what: scanner, label printer, document printer, scale, screen."""

    __tablename__ = "device_binding"
    __table_args__ = (UniqueConstraint("station_id", "role", "device_id"),)

    id: Mapped[Id]
    station_id: Mapped[int] = mapped_column(ForeignKey("station.id"))
    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), index=True)
    role: Mapped[ShortCode]
    bound_at: Mapped[Moment]


class ScaleReading(Table):
    """What a scale said last. A reading is worth something for seconds, so only the newest is kept."""

    __tablename__ = "scale_reading"
    __table_args__ = (CheckConstraint("weight_g >= 0", name="weight_counted"),)

    device_id: Mapped[int] = mapped_column(ForeignKey("device.id"), primary_key=True)
    weight_g: Mapped[int]
    is_stable: Mapped[bool]
    read_at: Mapped[Moment]
    """By the scale's own holder, set right by its clock's offset."""
    recorded_at: Mapped[Moment]


class Enrolment(Table):
    """An invitation for one device: a short code, good for minutes and for one device only."""

    __tablename__ = "enrolment"

    id: Mapped[Id]
    code_hash: Mapped[str] = mapped_column(String(64), unique=True)
    device_name: Mapped[Name]
    kind: Mapped[ShortCode]
    station_id: Mapped[int | None] = mapped_column(ForeignKey("station.id"))
    invited_by: Mapped[int]
    invited_at: Mapped[Moment]
    ends_at: Mapped[Moment]
    used_at: Mapped[datetime | None]
    device_id: Mapped[int | None] = mapped_column(ForeignKey("device.id"))
