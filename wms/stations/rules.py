"""What devices and stations there are, how long an invitation lasts, and when a device has been silent for too long."""

from collections.abc import Mapping
from datetime import timedelta
from enum import StrEnum

INVITATION_LASTS = timedelta(minutes=10)
"""Long enough to walk to the tablet, short enough that a code read over a shoulder is worth nothing."""

SILENT_AFTER = timedelta(hours=24)
"""A device that carries a token and was not heard of for so long needs a look."""


class DeviceKind(StrEnum):
    """What a device is."""

    TABLET = "tablet"
    AGENT = "agent"
    SCANNER = "scanner"
    PRINTER = "printer"
    SCALE = "scale"


ENROLLED = (DeviceKind.TABLET, DeviceKind.AGENT)
"""Those that come to us by themselves, with a token of their own. The others are reached at an address."""


class StationKind(StrEnum):
    """What people do at a station."""

    PACKING = "packing"
    RETURNS = "returns"
    RECEIVING = "receiving"
    DESK = "desk"


class Part(StrEnum):
    """What a device is for at a station."""

    SCREEN = "screen"
    SCANNER = "scanner"
    LABELS = "labels"
    DOCUMENTS = "documents"
    SCALE = "scale"


PARTS: Mapping[DeviceKind, tuple[Part, ...]] = {
    DeviceKind.TABLET: (Part.SCREEN, Part.SCANNER),
    DeviceKind.AGENT: (Part.SCREEN, Part.SCANNER, Part.LABELS, Part.SCALE),
    DeviceKind.SCANNER: (Part.SCANNER,),
    DeviceKind.PRINTER: (Part.LABELS, Part.DOCUMENTS),
    DeviceKind.SCALE: (Part.SCALE,),
}
"""What each kind of device can be at a station."""

READING_LASTS = timedelta(seconds=20)
"""What a scale said longer ago says nothing about what lies on it now."""
