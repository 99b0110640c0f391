"""What happens to places."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class WarehouseOpened(Event):
    """There is a new warehouse."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int
    code: str


@dataclass(frozen=True)
class WarehouseChanged(Event):
    """A warehouse got another name, clock or address; `fields` names what."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class HoursSet(Event):
    """A warehouse works at other hours, or rests on other days."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int


@dataclass(frozen=True)
class WarehouseArchived(Event):
    """A warehouse is no longer used."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int


@dataclass(frozen=True)
class ZoneCreated(Event):
    """A part of a warehouse got a name."""

    subject: ClassVar[str] = "zone"
    zone_id: int
    warehouse_id: int
    code: str


@dataclass(frozen=True)
class ZoneRenamed(Event):
    """A zone has another name."""

    subject: ClassVar[str] = "zone"
    zone_id: int
    name: str


@dataclass(frozen=True)
class ZoneArchived(Event):
    """A zone is no longer used."""

    subject: ClassVar[str] = "zone"
    zone_id: int


@dataclass(frozen=True)
class LocationCreated(Event):
    """There is a new place for goods."""

    subject: ClassVar[str] = "location"
    location_id: int
    warehouse_id: int
    code: str
    kind: str


@dataclass(frozen=True)
class LocationChanged(Event):
    """A place was described anew; `fields` names what changed."""

    subject: ClassVar[str] = "location"
    location_id: int
    fields: tuple[str, ...]


@dataclass(frozen=True)
class LocationArchived(Event):
    """A place is no longer used."""

    subject: ClassVar[str] = "location"
    location_id: int


@dataclass(frozen=True)
class LocationRestored(Event):
    """A place that was archived is used again."""

    subject: ClassVar[str] = "location"
    location_id: int


@dataclass(frozen=True)
class LocationsCreated(Event):
    """Many places were made at once: a layout was built, or a file brought in."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int
    count: int
    first: str
    last: str


@dataclass(frozen=True)
class LpnMoved(Event):
    """A tote, carton, pallet or cart stands somewhere else, with everything in it."""

    subject: ClassVar[str] = "location"
    location_id: int
    from_location_id: int | None
    to_location_id: int | None


@dataclass(frozen=True)
class LpnUsed(Event):
    """A tote, carton, pallet or cart is used otherwise from now on: bound, filled, put down, parked, free."""

    subject: ClassVar[str] = "location"
    location_id: int
    verb: str
    state: str


@dataclass(frozen=True)
class LaneOpened(Event):
    """Parcels of a carrier wait in a lane from now on."""

    subject: ClassVar[str] = "lane"
    lane_id: int
    carrier: str


@dataclass(frozen=True)
class CutoffsSet(Event):
    """A carrier's parcels wait elsewhere, or its truck leaves at other times."""

    subject: ClassVar[str] = "lane"
    lane_id: int


@dataclass(frozen=True)
class LaneClosed(Event):
    """Parcels of a carrier wait in its lane no longer."""

    subject: ClassVar[str] = "lane"
    lane_id: int
