"""What happens to waves."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class WaveProposed(Event):
    """Orders are to be picked together."""

    subject: ClassVar[str] = "wave"
    wave_id: int
    warehouse_id: int
    fo_ids: list[int]


@dataclass(frozen=True)
class WavePlanned(Event):
    """Its runs and walks are laid out, for the first time or anew."""

    subject: ClassVar[str] = "wave"
    wave_id: int
    plan_version: int
    runs: int
    metres: int
    seconds: int


@dataclass(frozen=True)
class WaveReleased(Event):
    """Its work is out for the pickers."""

    subject: ClassVar[str] = "wave"
    wave_id: int
    fo_ids: list[int]


@dataclass(frozen=True)
class WaveUnreleased(Event):
    """Its work was taken back before anybody began."""

    subject: ClassVar[str] = "wave"
    wave_id: int


@dataclass(frozen=True)
class WaveStarted(Event):
    """Somebody picks it."""

    subject: ClassVar[str] = "wave"
    wave_id: int


@dataclass(frozen=True)
class WavePicked(Event):
    """Nothing of it is left to pick."""

    subject: ClassVar[str] = "wave"
    wave_id: int


@dataclass(frozen=True)
class WaveLeft(Event):
    """An order goes on without this wave: cancelled, held, without stock, or shipped."""

    subject: ClassVar[str] = "wave"
    wave_id: int
    fo_id: int


@dataclass(frozen=True)
class WaveCancelled(Event):
    """It is not picked; its orders wait for another."""

    subject: ClassVar[str] = "wave"
    wave_id: int


@dataclass(frozen=True)
class WaveClosed(Event):
    """The last of its orders has gone its way."""

    subject: ClassVar[str] = "wave"
    wave_id: int
