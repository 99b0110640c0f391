"""Somebody who counts: scans everything that lies in the bin, and knows nothing of what should lie there."""

from datetime import timedelta
from random import Random

from wms.floor.turn import Order, Turn
from wms.trial.simulate.hands import Press
from wms.trial.simulate.ways import is_no, pressed, scanned, seconds
from wms.trial.simulate.world import Goods, World


class Counting:
    """Which piles are left to count in the bin, and how many of the one in hand."""

    def __init__(self, world: World) -> None:
        """Stand before no bin yet."""
        self._world = world
        self._piles: list[tuple[Goods, int]] = []
        self._typed = 0

    def press(self, turn: Turn) -> Press | None:
        """Answer the step that the screen shows."""
        match turn.step:
            case "place":
                return scanned(turn.target)
            case "lot":
                return scanned(self._piles[0][0].lot)
            case "serial":
                return scanned(self._piles[0][0].serial)
            case _ if self._typed:
                return pressed(Order.QUANTITY, self._typed)
            case _ if self._piles:
                return scanned(self._world.unit_code(self._piles[0][0].sku))
            case _:
                counted = any(button.order is Order.DONE for button in turn.buttons)
                return pressed(Order.DONE if counted else Order.EMPTY)

    def wrong(self, turn: Turn) -> Press | None:
        """Slip at the bin."""
        return scanned("00000000") if turn.step == "place" else None

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Go on to the next pile once one is noted."""
        if is_no(after):
            return
        if before.step == "place":
            self._piles, self._typed = self._world.here(before.target), 0
        elif press.order is Order.QUANTITY:
            self._typed = 0
            self._piles = self._piles[1:]
        elif press.code and after.step == "things":
            units = self._piles[0][1]
            self._typed = units if units > 1 else 0
            self._piles = self._piles if self._typed else self._piles[1:]

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Counting a pile takes a look at each unit."""
        return seconds(dice, 10, 40) if turn.step == "place" else seconds(dice, 3, 9)
