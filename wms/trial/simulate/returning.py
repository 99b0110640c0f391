"""A clerk at the returns bench: opens parcels that came back, scans what is in them, says how it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from wms.floor.turn import Order, Turn
from wms.trial.simulate.hands import Press
from wms.trial.simulate.ways import is_no, pressed, scanned, seconds, units_of
from wms.trial.simulate.world import Goods, World

GRADES = (Order.GOOD, Order.GOOD, Order.GOOD, Order.OPENED, Order.WORN, Order.SCRAP)
"""In which condition things come back, each as likely as it stands here."""

SCRAPPED = "SCRAPPED"

THROWN_AWAY = "returns.graded_scrap"
"""What the screen says then. What nobody knows the order of is set aside, however bad it is."""


@dataclass(frozen=True)
class Parcel:
    """Something that came back: what is written on it, and the place that is its inside."""

    code: str
    place: str


class Returning:
    """What a clerk has before them, and what they answer."""

    def __init__(self, world: World, bench: str, dice: Random) -> None:
        """Take the bench; no parcel has come yet."""
        self._world, self._bench, self._dice = world, bench, dice
        self.parcels: list[Parcel] = []
        self.done: list[Parcel] = []
        self.blind = 0
        self._here: tuple[Goods, int] | None = None
        self._booked = 0

    def press(self, turn: Turn) -> Press | None:
        """Answer the step that the screen shows."""
        match turn.step:
            case "bench":
                return scanned(self._bench)
            case "parcel":
                return self._at_parcel(turn)
            case "item":
                return self._at_item()
            case "lot" | "serial":
                assert self._here is not None
                goods = self._here[0]
                return scanned(goods.lot if turn.step == "lot" else goods.serial)
            case "grade":
                return self._at_grade()
            case _:
                return pressed(Order.YES)

    def wrong(self, turn: Turn) -> Press | None:
        """Slip at the question how it is."""
        return scanned("00000000") if turn.step == "grade" else None

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Take things out of the parcel, and lay them where their grade sends them."""
        if is_no(after):
            return
        match before.step:
            case "parcel" if press.order is Order.NO:
                self.blind += 1
            case "item" | "lot" | "serial" if after.step == "grade" and press.order is None:
                self._booked = self._booked or self._scan(press, before)
            case "grade" if press.order is Order.QUANTITY:
                self._booked = press.quantity or 0
            case "grade" if press.order in GRADES:
                said = after.say.id if after.say else ""
                self._laid(SCRAPPED if said == THROWN_AWAY else self._bench)
            case "item" if press.order is Order.DONE:
                self.done.append(self.parcels.pop(0))

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Looking at a thing takes longest."""
        return seconds(dice, 8, 25) if turn.step == "grade" else seconds(dice, 3, 6)

    def _at_parcel(self, turn: Turn) -> Press | None:
        if not self.parcels:
            return None
        is_unknown = turn.say is not None and turn.say.id in UNKNOWN
        return pressed(Order.NO) if is_unknown else scanned(self.parcels[0].code)

    def _at_item(self) -> Press:
        piles: Sequence[tuple[Goods, int]] = self._world.here(self.parcels[0].place)
        if not piles:
            return pressed(Order.DONE)
        self._here, self._booked = piles[0], 0
        return scanned(self._world.unit_code(piles[0][0].sku))

    def _at_grade(self) -> Press:
        assert self._here is not None
        units = self._here[1]
        if self._booked != units:
            return pressed(Order.QUANTITY, units)
        return pressed(self._dice.choice(GRADES))

    def _scan(self, press: Press, before: Turn) -> int:
        assert self._here is not None
        return units_of(self._world, self._here[0].sku, press) if before.step == "item" else 1

    def _laid(self, place: str) -> None:
        assert self._here is not None
        goods, units = self._here
        self._world.take(self.parcels[0].place, goods, units)
        self._world.put(place, goods, units)
        self._here, self._booked = None, 0


UNKNOWN = frozenset({"returns.none_found", "returns.not_shipped", "returns.all_back"})
