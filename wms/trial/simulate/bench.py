"""What stands on a packing bench beside the screen: a scale and a printer, as hands and eyes know them."""

from dataclasses import dataclass, field
from typing import Protocol

from wms.trial.seed.shelves import BOXES
from wms.trial.simulate.world import Goods, World

FILLED = 0.75
"""So much of a box can be filled; the rest is air and paper."""

ROOM_MM3 = FILLED * max(length * width * height for _, length, width, height, *_ in BOXES)
MOST_G = max(box[5] for box in BOXES) * 0.95
BOX_G = {box[0]: box[4] for box in BOXES}


class Printer(Protocol):
    """The printer as somebody sees it who stands before it."""

    codes: dict[str, float]
    """What a scanner has read on every sheet that came out, and when its first byte came."""

    def look(self) -> None:
        """Read what has come out since somebody looked last."""

    def tear_off(self, code: str) -> str | None:
        """Return what the scanner reads on the sheet of that label, once it has come out."""

    def is_out(self) -> bool:
        """Tell whether its lamp is red: no paper."""

    def load(self) -> None:
        """Put paper in."""

    def let_last(self, labels: int) -> None:
        """Let the roll end after so many labels."""


class Scale(Protocol):
    """The scale of a bench."""

    def put_on(self, grams: int) -> None:
        """Lay something on it that weighs so much."""


@dataclass
class Box:
    """The box before the packer, with what is in it."""

    place: str
    room_mm3: float = 0.0
    goods_g: int = 0
    is_open: bool = True
    waits: int = 0
    """How often somebody looked for its label in vain."""
    asks: int = 0
    """How often somebody asked again for a label that was refused."""
    weighed_at: float = 0.0
    """When its weight was taken, by this machine's own clock."""


@dataclass(frozen=True)
class Size:
    """How large one unit is, and how heavy."""

    mm3: float
    grams: int


@dataclass
class Bench:
    """One bench with what is on it."""

    station: str
    printer: Printer
    scale: Scale
    sizes: dict[str, Size] = field(default_factory=dict)
    boxes: int = 0

    def next_box(self) -> Box:
        """Unfold a new box."""
        self.boxes += 1
        return Box(f"{self.station} box {self.boxes}")

    def fits(self, box: Box, sku: str, units: int) -> int:
        """Return how many of so many units still go into a box; one always goes into an empty one."""
        size = self.sizes[sku]
        by_room = int((ROOM_MM3 - box.room_mm3) // size.mm3)
        by_weight = int((MOST_G - box.goods_g) // max(size.grams, 1))
        return max(min(units, by_room, by_weight), 0 if box.goods_g else 1)

    def put_in(self, world: World, tote: str, box: Box, goods: Goods, units: int) -> None:
        """Lay units from the tote into the box."""
        world.take(tote, goods, units)
        world.put(box.place, goods, units)
        box.room_mm3 += self.sizes[goods.sku].mm3 * units
        box.goods_g += self.sizes[goods.sku].grams * units
