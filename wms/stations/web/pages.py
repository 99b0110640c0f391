"""The pages of this slice, and the words for kinds of devices and stations."""

from dataclasses import dataclass

from flask import Blueprint
from flask_babel import gettext as _

from wms.stations.rules import DeviceKind, Part, StationKind

pages = Blueprint("stations", __name__)

ICONS = {
    DeviceKind.TABLET: "tablet",
    DeviceKind.AGENT: "keyboard",
    DeviceKind.SCANNER: "scan",
    DeviceKind.PRINTER: "printer",
    DeviceKind.SCALE: "scale",
}
"""The picture beside each kind of device."""


def device_kinds() -> list[tuple[DeviceKind, str]]:
    """Return every kind of device with its name."""
    return [
        (DeviceKind.TABLET, _("Tablet or handheld")),
        (DeviceKind.AGENT, _("Bench agent")),
        (DeviceKind.SCANNER, _("Scanner")),
        (DeviceKind.PRINTER, _("Printer")),
        (DeviceKind.SCALE, _("Scale")),
    ]


def station_kinds() -> list[tuple[StationKind, str]]:
    """Return every kind of station with its name."""
    return [
        (StationKind.PACKING, _("Packing bench")),
        (StationKind.RETURNS, _("Returns bench")),
        (StationKind.RECEIVING, _("Receiving dock")),
        (StationKind.DESK, _("Desk")),
    ]


def parts() -> list[tuple[Part, str]]:
    """Return what a device can be at a station, with its name."""
    return [
        (Part.SCREEN, _("Screen")),
        (Part.SCANNER, _("Scanner")),
        (Part.LABELS, _("Label printer")),
        (Part.DOCUMENTS, _("Document printer")),
        (Part.SCALE, _("Scale")),
    ]


@dataclass(frozen=True)
class FoundWords:
    """What the scanner check calls one of the things it finds out, and its possible answers."""

    title: str
    choices: tuple[tuple[str, str], ...] = ()

    def say(self, value: object) -> str:
        """Return an answer in words; a number of milliseconds as it is."""
        return dict(self.choices).get(str(value), f"{value} ms")


def found_words() -> dict[str, FoundWords]:
    """Return what the scanner check finds out, in words."""
    return {
        "suffix": FoundWords(
            _("A scan ends with"),
            (
                ("enter", "Enter"),
                ("numpadenter", "Enter"),
                ("tab", "Tab"),
                ("silence", _("nothing")),
                ("text", _("nothing, it comes as text")),
            ),
        ),
        "layout": FoundWords(
            _("It types as"),
            (
                ("us", _("a US keyboard")),
                ("own", _("a keyboard like this tablet's")),
                ("other", _("something else")),
            ),
        ),
        "case": FoundWords(
            _("Letters come"),
            (
                ("kept", _("as printed")),
                ("upper", _("all large")),
                ("lower", _("all small")),
                ("swapped", _("large and small swapped")),
            ),
        ),
        "gap": FoundWords(_("Longest pause between signs")),
    }
