"""The house that a shift works in, and what it does by itself: facts are told, sheets sent, labels bought, in turn."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from wms.floor.process import Floor
from wms.kernel import courier, schedule
from wms.kernel.clock import SetClock
from wms.kernel.courier import Duties
from wms.kernel.database import Database

TICK = timedelta(seconds=10)
"""So often the house looks by itself whether something is due that nobody rang for."""

TIMETABLE_EVERY = timedelta(minutes=15)
"""So often the timetable is looked at: more often would change nothing but take an hour of computing."""

IN_A_ROW = 50_000
"""More than a morning of orders leaves behind: a house that is never done has lost its way."""


@dataclass(frozen=True)
class House:
    """An empty migrated database, the shift's own clock, and what `wiring` says is done here."""

    database: Database
    clock: SetClock
    floor: Floor
    duties: Duties


class Household:
    """Does what a courier's threads do, one thing after the other: the same seed finds the same sequence."""

    def __init__(self, house: House) -> None:
        """Listen to who rings; nothing is due yet."""
        self._house = house
        self._rung = True
        house.database.wake.append(self._ring)

    def open(self) -> None:
        """Write the timetable down."""
        schedule.enter(self._house.database, self._house.duties.jobs, self._house.clock)

    def settle(self) -> None:
        """Do everything that is due now, if anybody rang."""
        while self._rung:
            self._rung = False
            self._until_nothing_is_due()

    def tick(self, _at: datetime) -> timedelta:
        """Look without having been rung for."""
        self._rung = True
        self.settle()
        return TICK

    def by_the_clock(self, _at: datetime) -> timedelta:
        """Do what the timetable says."""
        house = self._house
        while schedule.run_due(house.database, house.duties.jobs, house.clock):
            pass
        self.tick(_at)
        return TIMETABLE_EVERY

    def _until_nothing_is_due(self) -> None:
        house = self._house
        for _ in range(IN_A_ROW):
            if courier.tell(house.database, house.duties, house.clock):
                continue
            if not any(work(house.database, house.clock) for work in house.duties.works.values()):
                return
        raise RuntimeError(f"the house is not done after {IN_A_ROW} things in a row")

    def _ring(self) -> None:
        self._rung = True
