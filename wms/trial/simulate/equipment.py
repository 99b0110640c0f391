"""What stands on the benches of the house: printers on sockets of their own, scales, and where parcels come from."""

from collections.abc import Iterator, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from random import Random

from sqlalchemy.orm import Session

from devices.virtual.printer import VirtualPrinter
from wms.kernel.clock import Clock
from wms.kernel.commands import Command
from wms.kernel.database import Database
from wms.shipping import actions as shipping
from wms.stations import actions as stations
from wms.stations.actions import DeviceKind, Part, StationKind
from wms.trial.seed import Filled
from wms.trial.seed.floor import Post
from wms.trial.simulate.bench import Bench, Size

SENDERS = {
    "GB": shipping.Sender("Practice warehouse", "12 Dock Road", "Leeds", "LS10 1AB", "GB"),
    "US": shipping.Sender(
        "Practice warehouse", "12 Dock Road", "Albany", "12207", "US", province="NY"
    ),
}
"""By country, where the parcels of the practice warehouse come from."""

WOBBLE_G = 4
"""A scale shows a little more or less than what lies on it."""


@dataclass
class LabelPrinter:
    """The printer as a packer sees it: sheets hang out of it until somebody tears them off."""

    machine: VirtualPrinter
    codes: dict[str, float] = field(default_factory=dict)
    """What a scanner has read on every sheet that came out, and when its first byte came."""
    _hanging: list[str] = field(default_factory=list)
    _seen: int = 0

    def tear_off(self, code: str) -> str | None:
        """Return what the scanner reads on the sheet of that label, once it has come out."""
        self.look()
        found = next((read for read in self._hanging if is_of(read, code)), None)
        if found is not None:
            self._hanging.remove(found)
        return found

    def is_out(self) -> bool:
        """Tell whether its lamp is red."""
        return self.machine.status().paper_out

    def load(self) -> None:
        """Put in a new roll."""
        self.machine.load_paper()

    def let_last(self, labels: int) -> None:
        """Let the roll end after so many labels."""
        self.machine.let_paper_last(labels)

    def look(self) -> None:
        """Read what has come out since somebody looked last."""
        fresh = self.machine.sheets[self._seen :]
        self._seen += len(fresh)
        for sheet in fresh:
            read = sheet.codes()
            self.codes |= dict.fromkeys(read, sheet.arrived_at)
            self._hanging += read


def is_of(read: str, code: str) -> bool:
    """Tell whether a barcode is that of a label: carriers write more around the number."""
    bare = code.replace(" ", "").upper().lstrip("0")
    return bool(bare) and read.replace(" ", "").upper().endswith(bare)


class BenchScale:
    """The scale: what lies on it is told to the house by the bench's own agent."""

    def __init__(self, database: Database, clock: Clock, device_id: int, dice: Random) -> None:
        """Take the device that the house knows."""
        self._database, self._clock, self._device_id = database, clock, device_id
        self._dice = dice
        self._told = 0

    def put_on(self, grams: int) -> None:
        """Let something lie on it, and tell what it shows."""
        self._told += 1
        shows = max(1, grams + self._dice.randint(-WOBBLE_G, WOBBLE_G))
        at = self._clock.now()
        act = Command("stations.reading", f"scale-{self._device_id}-{self._told}", 0, at)

        def tell(session: Session) -> None:
            stations.take_reading(
                session,
                device_id=self._device_id,
                weight_g=shows,
                is_stable=True,
                read_at=at,
                by=0,
                at=at,
            )

        self._database.write(act, tell)


@contextmanager
def benches(database: Database, clock: Clock, filled: Filled, lead: int) -> Iterator[list[Bench]]:
    """Yield the packing benches, each with a printer and a scale that the house knows."""
    posts = packing_posts(filled)
    sizes = {
        made.sku: Size(made.length_mm * made.width_mm * made.height_mm, made.weight_g)
        for made in filled.items.values()
    }
    with ExitStack() as switched_on:
        machines = [switched_on.enter_context(VirtualPrinter()) for _ in posts]
        at = clock.now()
        act = Command("trial.equip", "equip", lead, at)
        addresses = [machine.address for machine in machines]
        scales: list[int] = []

        def do(session: Session) -> None:
            scales[:] = equip(session, filled, addresses, by=lead, at=at)

        database.write(act, do)
        yield [
            Bench(
                f"WXP{post.id}",
                LabelPrinter(machine),
                BenchScale(database, clock, scale, Random(f"scale {filled.seed} {scale}")),
                sizes,
            )
            for post, machine, scale in zip(posts, machines, scales, strict=True)
        ]


def packing_posts(filled: Filled) -> list[Post]:
    """Return the packing benches of a filled house."""
    return [post for post in filled.building.stations if post.kind == StationKind.PACKING]


def equip(
    session: Session, filled: Filled, addresses: Sequence[str], *, by: int, at: datetime
) -> list[int]:
    """Give each packing bench a printer at that address and a scale, and parcels a sender; returns the scales."""
    shipping.set_ship_from(
        session,
        warehouse_id=filled.building.warehouse.id,
        sender=SENDERS[filled.building.warehouse.country],
        by=by,
        at=at,
    )
    return [
        _equip(session, post, address, by=by, at=at)
        for post, address in zip(packing_posts(filled), addresses, strict=True)
    ]


def printer_name(post: str) -> str:
    """Return what the printer of a bench is called."""
    return f"Labels {post}"


def _equip(session: Session, post: Post, address: str, *, by: int, at: datetime) -> int:
    printer = stations.add_device(
        session,
        name=printer_name(post.name),
        kind=DeviceKind.PRINTER,
        address=address,
        by=by,
        at=at,
    )
    scale = stations.add_device(
        session, name=f"Scale {post.name}", kind=DeviceKind.SCALE, address=None, by=by, at=at
    )
    for device, part in ((printer, Part.LABELS), (scale, Part.SCALE)):
        stations.bind(session, station_id=post.id, device_id=device.id, part=part, by=by, at=at)
    return scale.id
