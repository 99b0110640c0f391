"""Where things can be: warehouses with their hours, zones, locations, what moves between them, lanes and paths."""

from datetime import date, datetime, time

from sqlalchemy import CheckConstraint, ForeignKey, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, Name, ShortCode, Table
from wms.kernel.versions import Versioned


class Warehouse(Versioned, Table):
    """One building with a clock of its own."""

    __tablename__ = "warehouse"

    id: Mapped[Id]
    code: Mapped[ShortCode] = mapped_column(unique=True)
    name: Mapped[Name]
    time_zone: Mapped[ShortCode]
    """IANA name, as in `Europe/Berlin`."""
    address: Mapped[str] = mapped_column(String(400), default="")
    country: Mapped[str] = mapped_column(String(2), default="")
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class WorkingHours(Table):
    """When a warehouse works on one day of the week (Monday is 0)."""

    __tablename__ = "working_hours"

    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    opens: Mapped[time]
    closes: Mapped[time]


class Holiday(Table):
    """A day on which a warehouse rests although the week says otherwise."""

    __tablename__ = "holiday"

    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"), primary_key=True)
    day: Mapped[date] = mapped_column(primary_key=True)
    name: Mapped[Name]


class Zone(Versioned, Table):
    """A part of a warehouse whose bins belong together."""

    __tablename__ = "zone"
    __table_args__ = (UniqueConstraint("warehouse_id", "code"),)

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    code: Mapped[ShortCode]
    name: Mapped[Name]
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class Location(Versioned, Table):
    """Anything that can hold stock: bin, dock, lane, bench, tote, pallet, cart, package, person, outside ...

    Coordinates are millimetres on the floor plan of its warehouse.
    """

    __tablename__ = "location"
    __table_args__ = (
        UniqueConstraint("warehouse_id", "code"),
        CheckConstraint("capacity_units IS NULL OR capacity_units > 0", name="capacity_positive"),
        CheckConstraint("parent_id IS NULL OR parent_id <> id", name="not_in_itself"),
        Index("ix_location_zone_id", "zone_id"),
        Index("ix_location_parent_id", "parent_id"),
    )

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    zone_id: Mapped[int | None] = mapped_column(ForeignKey("zone.id"))
    code: Mapped[str] = mapped_column(String(64))
    kind: Mapped[ShortCode]
    role: Mapped[ShortCode] = mapped_column(default="")
    is_pick_face: Mapped[bool] = mapped_column(default=False)
    holds_sellable: Mapped[bool]
    """Whether what lies here can be promised to customers: true for bins, false for totes, benches and hands."""
    mixing: Mapped[ShortCode] = mapped_column(default="any")
    capacity_units: Mapped[int | None]
    capacity_g: Mapped[int | None]
    x_mm: Mapped[int | None]
    y_mm: Mapped[int | None]
    block: Mapped[int | None]
    aisle: Mapped[int | None]
    bay: Mapped[int | None]
    side: Mapped[str | None] = mapped_column(String(1))
    level: Mapped[int | None]
    parent_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class Lpn(Table):
    """What makes a location one that moves: tote, carton, pallet or cart, with the number on its own label."""

    __tablename__ = "lpn"

    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), primary_key=True)
    kind: Mapped[ShortCode]
    sscc: Mapped[str | None] = mapped_column(String(18), unique=True)
    state: Mapped[ShortCode]
    slots: Mapped[int | None]
    """How many totes a cart carries."""


class LpnMove(Table):
    """One change of where a tote, pallet or cart stands. What it holds goes with it, unmoved in the ledger."""

    __tablename__ = "lpn_move"

    id: Mapped[Id]
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"), index=True)
    from_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    to_id: Mapped[int | None] = mapped_column(ForeignKey("location.id"))
    actor_id: Mapped[int]
    device_id: Mapped[int | None]
    occurred_at: Mapped[Moment]
    recorded_at: Mapped[Moment]


class PathEdge(Table):
    """A piece of walkable floor between two points of a warehouse's plan, with its length."""

    __tablename__ = "path_edge"
    __table_args__ = (
        CheckConstraint("length_mm > 0", name="length_positive"),
        UniqueConstraint("warehouse_id", "from_x_mm", "from_y_mm", "to_x_mm", "to_y_mm"),
    )

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    from_x_mm: Mapped[int]
    from_y_mm: Mapped[int]
    to_x_mm: Mapped[int]
    to_y_mm: Mapped[int]
    length_mm: Mapped[int]


class CarrierLane(Versioned, Table):
    """Where parcels of one carrier wait for their truck."""

    __tablename__ = "carrier_lane"
    __table_args__ = (UniqueConstraint("warehouse_id", "carrier"),)

    id: Mapped[Id]
    warehouse_id: Mapped[int] = mapped_column(ForeignKey("warehouse.id"))
    location_id: Mapped[int] = mapped_column(ForeignKey("location.id"))
    carrier: Mapped[ShortCode]
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class CarrierCutoff(Table):
    """The last minute for a carrier's truck on one day of the week, by the warehouse's own clock."""

    __tablename__ = "carrier_cutoff"

    lane_id: Mapped[int] = mapped_column(ForeignKey("carrier_lane.id"), primary_key=True)
    weekday: Mapped[int] = mapped_column(primary_key=True)
    leaves: Mapped[time]


Index(
    "ix_location_live_kind",
    Location.warehouse_id,
    Location.kind,
    sqlite_where=text("archived_at IS NULL"),
    postgresql_where=text("archived_at IS NULL"),
)
