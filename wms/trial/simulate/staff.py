"""Everybody at their place: which work each role does, and what is before them."""

from collections.abc import Sequence
from dataclasses import dataclass
from random import Random

from wms.bins.places import Kind
from wms.floor.process import Worker
from wms.people.policy import Role
from wms.trial.seed import Filled
from wms.trial.simulate.bench import Bench
from wms.trial.simulate.chance import Planted
from wms.trial.simulate.counting import Counting
from wms.trial.simulate.hands import Hands
from wms.trial.simulate.house import House
from wms.trial.simulate.loading import Loading
from wms.trial.simulate.moving import Moving
from wms.trial.simulate.packing import Packing
from wms.trial.simulate.picking import Picking
from wms.trial.simulate.returning import Returning
from wms.trial.simulate.ways import Way
from wms.trial.simulate.workers import FloorWorker
from wms.trial.simulate.world import World

RETURNS_BENCH = "BENCH-3"


@dataclass(frozen=True)
class Ground:
    """What lies before everybody: the things, what goes wrong with them, the packing benches."""

    world: World
    planted: Planted
    benches: Sequence[Bench]


class Staff:
    """The people of the shift, with what the shift asks of them afterwards."""

    def __init__(
        self,
        house: House,
        filled: Filled,
        crew: Sequence[Worker],
        ground: Ground,
    ) -> None:
        """Put everybody to work; packers share the benches among them."""
        self._house, self._filled = house, filled
        self._world, self._planted = ground.world, ground.planted
        self._free = list(ground.benches)
        dice = Random(f"returns {filled.seed}")
        self.clerk = Returning(ground.world, RETURNS_BENCH, dice)
        self.dock = Loading(ground.world)
        self.packers: list[Packing] = []
        self.outbound: list[FloorWorker] = []
        self.inbound: list[FloorWorker] = []
        for one in crew:
            self._begin(one)

    @property
    def everybody(self) -> list[FloorWorker]:
        """Return all of them."""
        return [*self.outbound, *self.inbound]

    def parcels(self) -> dict[str, str]:
        """Return by the code of its label whose order each parcel is that left."""
        made = {code: order for packer in self.packers for code, order in packer.parcels.items()}
        return {code: made[code] for code in self.dock.loaded}

    def made(self) -> int:
        """Return how many parcels wear their label."""
        return sum(len(packer.parcels) for packer in self.packers)

    def scans(self) -> int:
        """Return how many codes and buttons were sent."""
        return sum(worker.hands.sent for worker in self.everybody)

    def _begin(self, worker: Worker) -> None:
        hands = Hands(self._house.database, self._house.floor, worker)
        dice = Random(f"worker {self._filled.seed} {worker.id}")
        ways = self._ways(worker)
        if ways:
            team = self.inbound if Role.RETURNS in worker.roles else self.outbound
            team.append(FloorWorker(hands, ways, self._planted, dice))

    def _ways(self, worker: Worker) -> dict[str, Way]:
        shelves = sorted({one.bin for one in self._filled.stock})
        moving, counting = Moving(self._world, shelves), Counting(self._world)
        if Role.PICKER in worker.roles:
            picking = Picking(self._world, self._planted, self._rests())
            return {"picking": picking, "moving": moving, "counting": counting}
        if Role.PACKER in worker.roles and self._free:
            self.packers.append(Packing(self._world, self._free.pop(0), self._planted))
            return {"packing": self.packers[-1]}
        if Role.RECEIVER in worker.roles:
            return {"loading": self.dock, "moving": moving, "counting": counting}
        return {"returns": self.clerk} if Role.RETURNS in worker.roles else {}

    def _rests(self) -> list[str]:
        places = self._filled.building.places.values()
        found = sorted(place.code for place in places if place.kind == Kind.BENCH)
        return [code for code in found if code != RETURNS_BENCH]
