"""A picker: loads totes, walks to bins, counts units out of them, says what is not there, puts the totes down."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from wms.floor.turn import Order, Turn
from wms.trial.simulate.chance import FULL_TOTES, SHORT_LINES, Planted
from wms.trial.simulate.hands import Press
from wms.trial.simulate.ways import (
    KEYPAD_FROM,
    is_no,
    label,
    left_of,
    pressed,
    scanned,
    seconds,
    sku_of,
    units_of,
)
from wms.trial.simulate.world import Goods, World

NEAR = 4
"""A loss is planted where at most so many units lie beside those that are asked for: nobody notices it elsewhere.
Twice as many for each walk on which no bin was that empty though a loss was due."""

DOUBLINGS = 12

NOT_TAKEN = frozenset({"picking.gone", "picking.task_over"})
"""What is said when units in the hand are wanted no more."""


class Picking:
    """What a picker holds in the hand, and what they answer."""

    def __init__(self, world: World, planted: Planted, rests: Sequence[str]) -> None:
        """Take the benches to which full totes go."""
        self._world, self._planted, self._rests = world, planted, rests
        self._goods, self._bin = Goods(""), ""
        self._hand = 0
        self._asked = 0
        """Units of the scan that waits for an answer about their lot."""
        self._looked = ""

    def press(self, turn: Turn) -> Press | None:
        """Answer the step that the screen shows."""
        match turn.step:
            case "go" | "item":
                return self._at_bin(turn) if turn.step == "go" else self._at_item(turn)
            case "lot" | "fewer" | "zero":
                return self._answer(turn)
            case "load":
                return scanned(self._world.stack[0]) if self._world.stack else None
            case "tote":
                return scanned(turn.into)
            case "drop":
                return scanned(next(code for code in turn.expects if code in self._rests))
            case _:
                return pressed(Order.WORK)

    def wrong(self, turn: Turn) -> Press | None:
        """Slip where a slip is told: another bin, a label that is none of the item, another place than the tote."""
        match turn.step:
            case "go":
                return scanned(turn.next or self._rests[0])
            case "item" if not self._hand:
                return scanned(turn.into or self._rests[0])
            case "tote":
                return scanned(turn.came_from)
            case _:
                return None

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Take units out of the bin as they are counted, and lay them into the tote as they are booked."""
        said = after.say.id if after.say else ""
        if before.step == "load" and press.code in self._world.stack:
            self._world.stack.remove(press.code)
            if is_no(after):  # it is still somebody's: the next one will do
                self._world.stack.append(press.code)
        if said in NOT_TAKEN or after.tone == "stopped":
            self._world.put(self._bin, self._goods, self._hand)
            self._hand = 0
        elif not is_no(after):
            self._done(before, press, after)

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Walking takes longest."""
        return seconds(dice, 8, 30) if turn.step in {"go", "drop"} else seconds(dice, 2, 5)

    def _answer(self, turn: Turn) -> Press:
        """Say which lot it is, how many there are, whether the bin is empty: by looking into it."""
        if turn.step == "lot":
            return pressed(Order.YES)
        if turn.step == "fewer":
            return pressed(Order.QUANTITY, self._hand + self._pile(turn)[1])
        return pressed(Order.NO if self._world.here(self._bin) else Order.YES)

    def _at_bin(self, turn: Turn) -> Press:
        if self._world.here(turn.into) and self._planted.strikes("full totes", FULL_TOTES):
            self._planted.happened("full totes")
            return pressed(Order.FULL)
        return scanned(turn.target)

    def _at_item(self, turn: Turn) -> Press:
        left = left_of(turn)
        if not self._hand:
            self._bin = turn.came_from
            self._goods = self._pile(turn)[0]
            self._vanish(turn, left)
        there = self._pile(turn)[1]
        if there == 0:
            return pressed(Order.EMPTY)
        if there < left:
            return pressed(Order.SHORT)
        if self._hand and turn.asks_quantity and self._hand + left >= KEYPAD_FROM:
            return pressed(Order.QUANTITY, self._hand + left)
        return scanned(label(self._world, sku_of(turn), left))

    def _vanish(self, turn: Turn, left: int) -> None:
        """Let units be gone from the bin before which the picker stands, as often as planted."""
        here = f"{turn.came_from} {sku_of(turn)} {turn.progress} {turn.into}"
        if here == self._looked:
            return
        self._looked = here
        there = self._pile(turn)[1]
        is_due = self._planted.strikes("short lines", SHORT_LINES)
        walks = int(self._planted.overdue("short lines") / SHORT_LINES)
        if is_due and left <= there <= left + NEAR * 2 ** min(walks, DOUBLINGS):
            gone = there - left + self._planted.dice.randint(1, left)
            self._world.lose(turn.came_from, self._goods, gone)
            self._planted.happened("short lines")

    def _done(self, before: Turn, press: Press, after: Turn) -> None:
        match before.step:
            case "item" | "fewer" if press.order is Order.QUANTITY:
                self._lift((press.quantity or 0) - self._hand)
            case "item" if press.code and after.step == "lot":
                self._asked = units_of(self._world, sku_of(before), press)
            case "item" if press.code:
                self._counted(before, units_of(self._world, sku_of(before), press), after)
            case "lot" if press.order is Order.YES:
                self._counted(before, self._asked, after)
            case "tote" if press.code:
                self._into(before.into)

    def _counted(self, before: Turn, units: int, after: Turn) -> None:
        """Hold the units, or lay the only one that was asked for straight into the only tote."""
        is_all = units == left_of(before)
        self._lift(units)
        if is_all and after.step not in {"tote", "load"}:
            self._into(before.into)

    def _pile(self, turn: Turn) -> tuple[Goods, int]:
        """Return the pile that the card on the screen means, and how many lie in it."""
        more = turn.thing.more if turn.thing else ()
        return self._world.find(turn.came_from, sku_of(turn), more)

    def _lift(self, units: int) -> None:
        self._world.take(self._bin, self._goods, units)
        self._hand += units

    def _into(self, tote: str) -> None:
        self._world.put(tote, self._goods, self._hand)
        self._hand = 0
