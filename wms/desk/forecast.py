"""When work will be done, and how that stands against the truck it is for."""

from dataclasses import dataclass
from datetime import datetime, timedelta


@dataclass(frozen=True)
class Forecast:
    """When it is done at the planned pace; `spare` is below zero where that is too late, None without a truck."""

    done_at: datetime
    spare: timedelta | None

    @property
    def is_late(self) -> bool:
        """Whether the truck will be gone."""
        return self.spare is not None and self.spare < timedelta()

    @property
    def spare_minutes(self) -> int:
        """How many minutes lie between the end of the work and the truck, whichever comes first."""
        return round(abs(self.spare or timedelta()).total_seconds() / 60)


def forecast(*, left_s: int, pickers: int, ship_by: datetime | None, at: datetime) -> Forecast:
    """Return when so many seconds of work are done by so many people; one of them where nobody is on it yet."""
    done_at = at + timedelta(seconds=left_s / max(1, pickers))
    return Forecast(done_at, ship_by - done_at if ship_by is not None else None)


def left_of(seconds: int, *, done: int, of: int) -> int:
    """Return how many seconds of planned work are left when so many of its tasks are done."""
    return seconds if not of else round(seconds * (of - done) / of)
