"""What is announced about devices and stations."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutDevice(Event):
    """A fact about one device."""

    subject: ClassVar[str] = "device"
    device_id: int


@dataclass(frozen=True)
class AboutStation(Event):
    """A fact about one station."""

    subject: ClassVar[str] = "station"
    station_id: int


@dataclass(frozen=True)
class DeviceAdded(AboutDevice):
    """There is a device that is reached at an address."""

    kind: str


@dataclass(frozen=True)
class DeviceEnrolled(AboutDevice):
    """A tablet or bench agent was let in, against an invitation."""

    kind: str
    invited_by_user_id: int


@dataclass(frozen=True)
class DeviceChanged(AboutDevice):
    """Name or address are others than before."""

    fields: list[str]


@dataclass(frozen=True)
class DeviceRevoked(AboutDevice):
    """The device opens nothing any more; whoever worked on it was signed out."""

    reason: str


@dataclass(frozen=True)
class ScannerChecked(AboutDevice):
    """What the device's scanner sends was found out and kept."""

    suffix: str
    layout: str
    case: str


@dataclass(frozen=True)
class HelpCalled(AboutDevice):
    """Somebody at the device wants a person to come."""


@dataclass(frozen=True)
class StationAdded(AboutStation):
    """There is a new station."""

    kind: str


@dataclass(frozen=True)
class StationChanged(AboutStation):
    """Name, kind or place are others than before."""

    fields: list[str]


@dataclass(frozen=True)
class StationArchived(AboutStation):
    """Nobody works there any more."""


@dataclass(frozen=True)
class DeviceBound(AboutStation):
    """A device serves the station."""

    device_id: int
    part: str


@dataclass(frozen=True)
class DeviceUnbound(AboutStation):
    """A device serves the station no longer."""

    device_id: int
    part: str
