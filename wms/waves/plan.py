"""What is planned of a wave: its runs, their stops in the order of the walk, how far and how long, and what is short.

Pure. `picking` makes its work from it; the wave keeps it as plain JSON.
"""

from collections.abc import Iterable, Mapping
from dataclasses import astuple, dataclass
from datetime import datetime
from enum import StrEnum
from typing import Any


class RunKind(StrEnum):
    """How one trip is picked."""

    SINGLES = "singles"
    """Orders of one unit share totes; no tote per order."""
    CLUSTER = "cluster"
    """Each order has totes of its own on the cart."""


class Size(StrEnum):
    """How large an order is, as the desk chooses among those that wait."""

    ANY = ""
    SINGLE = "single"
    SMALL = "small"
    LARGE = "large"


@dataclass(frozen=True)
class Filters:
    """Which of the waiting orders a wave takes: all that meet every one of these."""

    ship_by: datetime | None = None
    """At the latest."""
    channel_id: int | None = None
    carrier: str = ""
    zone_id: int | None = None
    """Every unit of the order lies in this zone."""
    size: Size = Size.ANY

    def to_plain(self) -> dict[str, Any]:
        """Return them as JSON keeps them."""
        return {
            "ship_by": self.ship_by.isoformat() if self.ship_by else None,
            "channel_id": self.channel_id,
            "carrier": self.carrier,
            "zone_id": self.zone_id,
            "size": self.size.value,
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Filters":
        """Return what was kept."""
        ship_by = plain.get("ship_by")
        return cls(
            datetime.fromisoformat(ship_by) if ship_by else None,
            plain.get("channel_id"),
            plain.get("carrier", ""),
            plain.get("zone_id"),
            Size(plain.get("size", "")),
        )


@dataclass(frozen=True)
class PlannedStop:
    """So many units of one promise for one line: out of which bin, for whom."""

    location_id: int
    item_id: int
    lot_id: int
    fo_id: int
    fo_line_id: int
    allocation_id: int
    quantity: int


@dataclass(frozen=True)
class PlannedShort:
    """So many units of a line that nothing in the house is promised for."""

    fo_id: int
    fo_line_id: int
    item_id: int
    missing: int


@dataclass(frozen=True)
class PlannedRun:
    """One trip: whose orders, which stops in which order, and what it takes."""

    kind: RunKind
    fo_ids: tuple[int, ...]
    stops: tuple[PlannedStop, ...]
    metres: int
    seconds: int
    totes: int

    @property
    def places(self) -> tuple[int, ...]:
        """The bins in the order of the walk, each once."""
        return tuple(dict.fromkeys(stop.location_id for stop in self.stops))

    @property
    def units(self) -> int:
        """How many units it brings."""
        return sum(stop.quantity for stop in self.stops)


@dataclass(frozen=True)
class Plan:
    """All runs of a wave, and what it will not find."""

    runs: tuple[PlannedRun, ...] = ()
    shorts: tuple[PlannedShort, ...] = ()

    @property
    def fo_ids(self) -> frozenset[int]:
        """The fulfillment orders that it picks."""
        return frozenset(fo_id for run in self.runs for fo_id in run.fo_ids)

    @property
    def stops(self) -> int:
        """How often somebody stops in front of a bin."""
        return sum(len(run.places) for run in self.runs)

    @property
    def lines(self) -> int:
        """How often somebody takes something."""
        return sum(len(run.stops) for run in self.runs)

    @property
    def units(self) -> int:
        """How many units it brings."""
        return sum(run.units for run in self.runs)

    @property
    def metres(self) -> int:
        """How far all runs walk."""
        return sum(run.metres for run in self.runs)

    @property
    def seconds(self) -> int:
        """How long all runs take one after the other."""
        return sum(run.seconds for run in self.runs)

    def to_plain(self) -> dict[str, Any]:
        """Return it as JSON keeps it."""
        return {
            "runs": [_run(run) for run in self.runs],
            "shorts": [list(astuple(short)) for short in self.shorts],
        }

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> "Plan":
        """Return what was kept; nothing is an empty plan."""
        return cls(
            tuple(_read_run(run) for run in plain.get("runs", ())),
            tuple(PlannedShort(*short) for short in plain.get("shorts", ())),
        )


def promised(stops: Iterable[PlannedStop]) -> frozenset[PlannedStop]:
    """Return what a plan rests on, whatever the walk: when it changes, the plan is out of date."""
    return frozenset(stops)


def _run(run: PlannedRun) -> dict[str, Any]:
    return {
        "kind": run.kind.value,
        "fo_ids": list(run.fo_ids),
        "stops": [list(astuple(stop)) for stop in run.stops],
        "metres": run.metres,
        "seconds": run.seconds,
        "totes": run.totes,
    }


def _read_run(plain: Mapping[str, Any]) -> PlannedRun:
    return PlannedRun(
        RunKind(plain["kind"]),
        tuple(plain["fo_ids"]),
        tuple(PlannedStop(*stop) for stop in plain["stops"]),
        plain["metres"],
        plain["seconds"],
        plain["totes"],
    )
