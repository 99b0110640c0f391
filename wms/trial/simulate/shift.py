"""One shift: the house is filled, the file comes in, everybody works until nothing is left to do."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.floor.process import Floor, Worker
from wms.kernel import courier, schedule
from wms.kernel.clock import SetClock
from wms.kernel.commands import Command
from wms.kernel.courier import Duties
from wms.kernel.database import Database
from wms.people.policy import Role
from wms.trial import seed as seeding
from wms.trial.seed import Filled
from wms.trial.simulate.agenda import Agenda, Step
from wms.trial.simulate.chance import Planted
from wms.trial.simulate.counting import Counting
from wms.trial.simulate.crew import take_on
from wms.trial.simulate.desk import Desk
from wms.trial.simulate.hands import Hands
from wms.trial.simulate.moving import Moving
from wms.trial.simulate.picking import Picking
from wms.trial.simulate.ways import Way
from wms.trial.simulate.workers import FloorWorker
from wms.trial.simulate.world import World

TIMETABLE_EVERY = timedelta(minutes=15)
"""How often the house does what it does by the clock: more often would change nothing but take an hour of computing."""

MORE_TOTES = 160


@dataclass(frozen=True)
class House:
    """Where the shift takes place: an empty migrated database, and what `wiring` says is done there."""

    database: Database
    clock: SetClock
    floor: Floor
    duties: Duties


class Shift:
    """Everybody and everything in one house."""

    def __init__(self, house: House, file: Path, *, seed: int, pickers: int) -> None:
        """Fill the house for the file and take the crew on."""
        self.house, self.file, self.seed = house, file, seed
        self._rung = True
        house.database.wake.append(self._ring)
        at = house.clock.now()
        self.filled: Filled = seeding.fill(house.database, seed=seed, at=at, file=file)
        lead = next(n for n, one in self.filled.workers.items() if one.role is Role.SUPERVISOR)
        self.planted = Planted(seed)
        self.world = World(self.filled.stock, self.filled.items.values())
        self.desk = Desk(house.database, lead, self.filled.building.warehouse.id, self.planted)
        self.agenda = Agenda(house.clock)
        crew = self._crew(pickers, lead, at)
        self.world.stack = [*self._totes(), *(f"T-{n + 1001:04d}" for n in range(MORE_TOTES))]
        self.workers = [self._put_to_work(one) for one in crew if self._ways(one)]

    def work(self) -> None:
        """Take the file in and let everybody work until nothing is left."""
        at = self.house.clock.now()
        schedule.enter(self.house.database, self.house.duties.jobs, self.house.clock)
        taken = self.desk.take_in(self.file, at)
        self._settle()
        self.desk.clear_shelves(self.world)
        self.desk.expect_calls(taken["created"])
        self.agenda.enter(self._settled(self.desk.step), timedelta())
        self.agenda.enter(self._by_the_clock, TIMETABLE_EVERY)
        for number, worker in enumerate(self.workers):
            self.agenda.enter(self._settled(worker.step), timedelta(seconds=30 + number))
        self.agenda.run(self._is_over)

    def scans(self) -> int:
        """Return how many presses were sent."""
        return sum(worker.hands.sent for worker in self.workers)

    def _is_over(self) -> bool:
        return all(worker.is_idle for worker in self.workers) and self._is_done

    _is_done = False

    def _crew(self, pickers: int, lead: int, at: datetime) -> list[Worker]:
        here = self.filled.building.warehouse.id
        found: list[Worker] = []

        def do(session: Session) -> None:
            for number in range(MORE_TOTES):
                bins.create_lpn(
                    session,
                    warehouse_id=here,
                    code=f"T-{number + 1001:04d}",
                    kind=Kind.TOTE,
                    by=lead,
                    at=at,
                )
            found[:] = take_on(session, self.filled, pickers, by=lead, at=at)

        self.house.database.write(Command("trial.crew", "crew", lead, at), do)
        return found

    def _totes(self) -> list[str]:
        places = self.filled.building.places.values()
        return sorted(place.code for place in places if place.kind == Kind.TOTE)

    def _put_to_work(self, worker: Worker) -> FloorWorker:
        hands = Hands(self.house.database, self.house.floor, worker)
        dice = Random(f"worker {self.seed} {worker.id}")
        return FloorWorker(hands, self._ways(worker), self.planted, dice)

    def _ways(self, worker: Worker) -> Mapping[str, Way]:
        codes = sorted(self.filled.building.places)
        benches = [code for code in codes if code.startswith("BENCH-")][:2]
        shelves = sorted({one.bin for one in self.filled.stock})
        moving, counting = Moving(self.world, shelves), Counting(self.world)
        if Role.PICKER in worker.roles:
            picking = Picking(self.world, self.planted, benches)
            return {"picking": picking, "moving": moving, "counting": counting}
        return {"moving": moving, "counting": counting} if Role.RECEIVER in worker.roles else {}

    def _settled(self, step: Step) -> Step:
        def do(at: datetime) -> timedelta | None:
            again = step(at)
            self._settle()
            return again

        return do

    def _settle(self) -> None:
        """Tell facts to reactions until nobody has anything to hear."""
        while self._rung:
            self._rung = False
            while courier.deliver(
                self.house.database, self.house.duties.reactions, self.house.clock
            ):
                pass

    def _by_the_clock(self, _at: datetime) -> timedelta:
        while schedule.run_due(self.house.database, self.house.duties.jobs, self.house.clock):
            pass
        self._rung = True
        self._settle()
        self._is_done = self.desk.is_quiet()
        return TIMETABLE_EVERY

    def _ring(self) -> None:
        self._rung = True
