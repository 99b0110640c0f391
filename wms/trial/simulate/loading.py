"""Somebody at the dock: scans the lane, scans each parcel onto the truck, sends the truck off."""

from datetime import timedelta
from random import Random

from wms.floor.turn import Order, Turn
from wms.trial.simulate.hands import Press
from wms.trial.simulate.homecoming import outside
from wms.trial.simulate.ways import is_no, left_of, pressed, scanned, seconds
from wms.trial.simulate.world import World

LOOKS = 8
"""So often somebody looks whether another parcel comes before the truck leaves."""


class Loading:
    """What somebody at the dock answers."""

    def __init__(self, world: World) -> None:
        """Stand at no lane yet."""
        self._world = world
        self.loaded: list[str] = []
        self._looks = 0
        self._later: set[str] = set()
        """Parcels that may not go yet: the rest of their order is still being packed."""

    def press(self, turn: Turn) -> Press | None:
        """Answer the step that the screen shows."""
        if turn.step == "lane":
            return scanned(turn.expects[0]) if turn.expects else None
        near = [code for code in turn.expects if code not in self._later]
        if left_of(turn) and near:
            self._looks = 0
            return scanned(near[0])
        self._looks += 1
        self._later.clear()
        is_loaded = turn.amount is not None and turn.amount.done > 0
        return pressed(Order.DONE) if is_loaded and self._looks > LOOKS else None

    def wrong(self, turn: Turn) -> Press | None:
        """Slip at a parcel: scan a label that is none of ours."""
        return scanned("1Z0000000000000000") if turn.step == "parcel" else None

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Carry the parcel onto the truck."""
        if before.step == "parcel" and is_no(after):
            self._later.add(press.code)
        elif before.step == "parcel" and press.code:
            assert self._world.here(press.code), f"nobody made the parcel {press.code}"
            self._world.pour(press.code, outside(press.code))
            self.loaded.append(press.code)

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Parcels are carried."""
        del turn
        return seconds(dice, 4, 9)
