"""One shift: the file comes in, all work until the trucks are gone, parcels arrive, and what came back lies."""

from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from pathlib import Path
from random import Random

from sqlalchemy.orm import Session

from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.floor.process import Worker
from wms.kernel.commands import Command
from wms.people.policy import Role
from wms.trial import seed as seeding
from wms.trial.seed import Filled
from wms.trial.simulate import files
from wms.trial.simulate.agenda import Agenda, Step
from wms.trial.simulate.bench import Printer
from wms.trial.simulate.carrier import Strings
from wms.trial.simulate.chance import Planted
from wms.trial.simulate.crew import take_on
from wms.trial.simulate.desk import Desk
from wms.trial.simulate.equipment import benches, is_of
from wms.trial.simulate.files import Day
from wms.trial.simulate.homecoming import outside, sent_back
from wms.trial.simulate.house import TIMETABLE_EVERY, House, Household
from wms.trial.simulate.journey import Journey
from wms.trial.simulate.misfortunes import Expected, Misfortunes
from wms.trial.simulate.staff import Ground, Staff
from wms.trial.simulate.workers import FloorWorker
from wms.trial.simulate.world import World

MORE_TOTES = 160
"""Beside those of the practice warehouse: retailers of the files order by the hundred."""

ENDS_AFTER = timedelta(days=4)
"""A shift that is not over by then never will be."""


class Endless(RuntimeError):
    """Something is left to do, and nobody does it."""


@dataclass(frozen=True)
class Asked:
    """What is asked of a shift."""

    day: Day
    folder: Path
    seed: int = 1
    pickers: int = 3
    is_of_file: bool = True
    """Whether the goods are those that the file asks for; else they are the demo's, and so are its orders."""
    tell: Callable[[str, int], None] = field(default=lambda _what, _done: None)
    """Hears what is being done, and how many parcels have left."""


@dataclass
class Shift:
    """Everybody and everything in one house."""

    house: House
    asked: Asked
    filled: Filled
    world: World
    planted: Planted
    desk: Desk
    staff: Staff
    misfortunes: Misfortunes
    household: Household
    journey: Journey
    printers: Sequence[Printer]
    shipped: Counter[str] = field(default_factory=Counter)
    """By item, the units that were carried onto trucks."""

    def work(self) -> None:
        """Take the file in and let everybody work until nothing is left."""
        agenda = Agenda(self.house.clock)
        self.household.open()
        self._take_in(files.morning(self.asked.day, self.asked.folder))
        self.desk.expect_calls(len(self.asked.day.orders))
        agenda.enter(self._settled(self.desk.step), timedelta())
        agenda.enter(self._settled(self.desk.telephone), timedelta(seconds=90))
        agenda.enter(self.misfortunes.step, timedelta())
        agenda.enter(self.household.tick, timedelta(seconds=10))
        agenda.enter(self.household.by_the_clock, TIMETABLE_EVERY)
        self._set_to_work(agenda, self.staff.outbound)
        self._until(agenda, self.desk.is_all_gone)
        self.shipped = self.world.units(lambda place: place.startswith(outside("")))
        self.desk.closes()
        self.journey.go(self.staff.dock.loaded)
        self._take_in(self.asked.day.file)
        dice = Random(f"back {self.asked.seed}")
        back = sent_back(self.world, self.asked.day, self.staff.parcels(), dice)
        self.staff.clerk.parcels += back
        self._set_to_work(agenda, self.staff.inbound)
        self._until(agenda, lambda: not self.staff.clerk.parcels and self.desk.is_all_stowed())

    def sheets(self) -> dict[str, float]:
        """Return what scanners read on every sheet that came out of a printer, and when its first byte came."""
        for printer in self.printers:
            printer.look()
        return {code: came for printer in self.printers for code, came in printer.codes.items()}

    def waited(self) -> dict[str, tuple[float, float]]:
        """Return, by label, when a weight was taken and when its first byte came, by the machine's clock."""
        sheets = self.sheets()
        weighed = [pair for packer in self.staff.packers for pair in packer.weighed.items()]
        return {
            code: (began, came)
            for code, began in weighed
            for read, came in sheets.items()
            if is_of(read, code)
        }

    def _take_in(self, file: Path) -> None:
        self.desk.take_in(file, self.house.clock.now())
        self.household.tick(self.house.clock.now())
        self.desk.clear_shelves(self.world)

    def _set_to_work(self, agenda: Agenda, team: list[FloorWorker]) -> None:
        for number, worker in enumerate(team):
            agenda.enter(self._settled(worker.step), timedelta(seconds=30 + number))

    def _until(self, agenda: Agenda, is_done: Callable[[], bool]) -> None:
        """Let everybody act until all of them have nothing to do, and nothing is left by the lists on the desk."""
        ends_at = self.house.clock.now() + ENDS_AFTER
        looked_at = self.house.clock.now()

        def is_over() -> bool:
            nonlocal looked_at
            now = self.house.clock.now()
            if now > ends_at:
                raise Endless(self.desk.what_is_left())
            if now - looked_at < timedelta(minutes=2):
                return False
            looked_at = now
            self.asked.tell(f"{now:%H:%M}", len(self.staff.dock.loaded))
            return all(worker.is_idle for worker in self.staff.everybody) and is_done()

        agenda.run(is_over)

    def _settled(self, step: Step) -> Step:
        def do(at: datetime) -> timedelta | None:
            again = step(at)
            self.household.settle()
            return again

        return do


@contextmanager
def opened(house: House, asked: Asked, strings: Strings) -> Iterator[Shift]:
    """Fill the house, switch the benches on and yield a shift that is ready to work."""
    at, file = house.clock.now(), asked.day.file if asked.is_of_file else None
    household = Household(house)
    filled = seeding.fill(house.database, seed=asked.seed, at=at, file=file)
    lead = next(n for n, one in filled.workers.items() if one.role is Role.SUPERVISOR)
    planted, world = Planted(asked.seed), World(filled.stock, filled.items.values())
    crew = _crew(house, filled, asked.pickers, lead, world)
    with benches(house.database, house.clock, filled, lead) as equipped:
        staff = Staff(house, filled, crew, Ground(world, planted, equipped))
        printers = [one.printer for one in equipped]
        yield Shift(
            house,
            asked,
            filled,
            world,
            planted,
            Desk(house.database, lead, filled.building.warehouse.id, planted),
            staff,
            Misfortunes(
                planted, strings.plant, printers, Expected(len(asked.day.orders), staff.made)
            ),
            household,
            Journey(house, household, strings, Random(f"journey {asked.seed}")),
            printers,
        )


def _crew(house: House, filled: Filled, pickers: int, lead: int, world: World) -> list[Worker]:
    """Take everybody on, and bring more totes."""
    at, here = house.clock.now(), filled.building.warehouse.id
    found: list[Worker] = []
    totes = [f"T-{number:04d}" for number in range(1001, 1001 + MORE_TOTES)]

    def do(session: Session) -> None:
        for code in totes:
            bins.create_lpn(session, warehouse_id=here, code=code, kind=Kind.TOTE, by=lead, at=at)
        found[:] = take_on(session, filled, pickers, by=lead, at=at)

    house.database.write(Command("trial.crew", "crew", lead, at), do)
    places = filled.building.places.values()
    world.bring(sorted(place.code for place in places if place.kind == Kind.TOTE) + totes)
    return found
