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
    """A warehouse got another name, clock, week or holiday; `what` names the part."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int
    what: str


@dataclass(frozen=True)
class ZoneCreated(Event):
    """A part of a warehouse got a name."""

    subject: ClassVar[str] = "zone"
    zone_id: int
    warehouse_id: int
    code: str


@dataclass(frozen=True)
class ZoneChanged(Event):
    """A zone got another name, or ended."""

    subject: ClassVar[str] = "zone"
    zone_id: int
    what: str


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
    """A place was described anew; `what` names what changed."""

    subject: ClassVar[str] = "location"
    location_id: int
    what: str


@dataclass(frozen=True)
class LocationArchived(Event):
    """A place is no longer used."""

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
    from_id: int | None
    to_id: int | None


@dataclass(frozen=True)
class LaneChanged(Event):
    """Where a carrier's parcels wait, or when its truck leaves, changed."""

    subject: ClassVar[str] = "lane"
    lane_id: int
    what: str
