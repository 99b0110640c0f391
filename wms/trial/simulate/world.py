"""What really lies where: bins, totes, boxes and hands as people see them, whatever the book says."""

from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

from wms.codes.queries import normal
from wms.trial.seed.goods import Made, Printed
from wms.trial.seed.shelves import Shelved


@dataclass(frozen=True, order=True)
class Goods:
    """What tells units apart by looking at them: the item, its lot, its own number."""

    sku: str
    lot: str = ""
    serial: str = ""


@dataclass(frozen=True)
class Loss:
    """Units that are gone from a bin without anybody having told the book."""

    bin: str
    sku: str
    units: int


class World:
    """Places by their code, and what lies in each."""

    def __init__(self, stock: Iterable[Shelved], made: Iterable[Made]) -> None:
        """Begin with the opening stock on the shelves."""
        self._here: dict[str, Counter[Goods]] = {}
        self._made = {normal(one.sku): one for one in made}
        self.losses: list[Loss] = []
        self.stack: list[str] = []
        """Empty totes, ready to be taken along."""
        self._totes: frozenset[str] = frozenset()
        self.benched: dict[str, str] = {}
        """Totes that stand before a packer or belong before one, and at which bench."""
        self.begun: dict[str, str] = {}
        """Orders of which something lies in a box, and at which bench."""
        self._marks: dict[str, set[str]] = {}
        for one in stock:
            self._marks.setdefault(one.sku, set()).update({one.lot, one.serial} - {""})
            self.put(one.bin, Goods(one.sku, one.lot, one.serial), one.quantity)

    def put(self, place: str, goods: Goods, units: int) -> None:
        """Lay units down."""
        if units:
            self._here.setdefault(place, Counter())[goods] += units

    def take(self, place: str, goods: Goods, units: int) -> None:
        """Take units away that lie there."""
        here = self._here[place]
        assert here[goods] >= units, f"{place} holds {here[goods]} of {goods}, not {units}"
        here[goods] -= units
        if not here[goods]:
            del here[goods]

    def bring(self, totes: Sequence[str]) -> None:
        """Have these totes in the house; those that are empty stand ready."""
        self._totes = frozenset(totes)
        self.stack = [tote for tote in totes if not self.here(tote)]

    def stack_up(self, place: str) -> None:
        """Put a tote that is empty with the others; any other place stays where it is."""
        self.benched.pop(place, None)
        if place in self._totes and place not in self.stack and not self.here(place):
            self.stack.append(place)

    def pour(self, source: str, target: str) -> None:
        """Put everything from one place into another."""
        for goods, units in sorted(self._here.pop(source, Counter()).items()):
            self.put(target, goods, units)

    def lose(self, place: str, goods: Goods, units: int) -> None:
        """Let units disappear: broken, stolen, or never there."""
        self.take(place, goods, units)
        self.losses.append(Loss(place, goods.sku, units))

    def here(self, place: str) -> list[tuple[Goods, int]]:
        """Return what lies in a place, in an order that is always the same."""
        return sorted(self._here.get(place, Counter()).items())

    def find(self, place: str, sku: str, told: Sequence[str] = ()) -> tuple[Goods, int]:
        """Return the pile of an item that somebody means, by the lot or number they were told, and its units."""
        piles = [(goods, units) for goods, units in self.here(place) if goods.sku == sku]
        named = [pile for pile in piles if {pile[0].lot, pile[0].serial} & (set(told) - {""})]
        is_told = bool(set(told) & self._marks.get(sku, set()))
        found = (named if is_told else piles) or [(Goods(sku), 0)]
        return max(found, key=lambda pile: (pile[1], pile[0]))

    def codes(self, sku: str) -> tuple[Printed, ...]:
        """Return the barcodes on an item's units, packs and cases."""
        made = self._made.get(normal(sku))
        return made.barcodes if made else ()

    def another(self, sku: str) -> Goods:
        """Return what a unit of an item looks like that was bought long ago."""
        made = self._made[normal(sku)]
        return Goods(made.sku, made.batches[0].code if made.batches else "")

    def unit_code(self, sku: str) -> str:
        """Return what is scanned of a single unit: its barcode, or the item's own code where it has none."""
        return next((code.code for code in self.codes(sku) if code.quantity == 1), sku)

    def units(self, is_meant: Callable[[str], bool]) -> Counter[str]:
        """Return by item how many units there are in all places that are meant."""
        found: Counter[str] = Counter()
        for place, here in self._here.items():
            for goods, units in here.items():
                found[goods.sku] += units if is_meant(place) else 0
        return +found
