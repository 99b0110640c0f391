"""What machines are answered about devices and stations. `shapes` writes these out; here it is said what is in them."""

from datetime import datetime
from typing import Any

from pydantic import BaseModel, Field

from wms.stations.rules import DeviceKind, Part, StationKind


class DeviceShown(BaseModel):
    """A device, without its token."""

    id: int
    name: str
    kind: DeviceKind
    address: str | None
    scanner: dict[str, Any] | None = Field(description="What the scanner check found out.")
    created_at: datetime
    seen_at: datetime | None
    revoked_at: datetime | None
    version: int


class DevicePage(BaseModel):
    """Some devices."""

    data: list[DeviceShown]
    next_cursor: str | None


class EnrolledDevice(BaseModel):
    """A device that was just let in."""

    device_id: int
    name: str
    token: str = Field(description="What it shows from now on. It is told this once.")


class InvitedDevice(BaseModel):
    """A device that is expected."""

    id: int
    name: str
    kind: DeviceKind
    code: str | None = Field(description="What to type there; null when this answer comes again.")


class ServingDevice(BaseModel):
    """A device at a station."""

    device_id: int
    device: str
    part: Part


class StationShown(BaseModel):
    """A station with the devices that serve it."""

    id: int
    name: str
    kind: StationKind
    location_id: int | None
    devices: list[ServingDevice]
    created_at: datetime
    archived_at: datetime | None
    version: int


class StationPage(BaseModel):
    """Some stations."""

    data: list[StationShown]
    next_cursor: str | None
