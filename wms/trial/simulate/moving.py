"""Somebody who moves goods: puts back what is not wanted, puts away what came, refills what people reach."""

from collections.abc import Sequence
from datetime import timedelta
from random import Random

from wms.floor.turn import Order, Turn
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
)
from wms.trial.simulate.world import Goods, World


class Moving:
    """What a mover holds in the hand, and what they answer."""

    def __init__(self, world: World, bins: Sequence[str]) -> None:
        """Take the bins to put things into where the screen names none."""
        self._world, self._bins = world, bins
        self._goods = Goods("")
        self._hand = 0

    def press(self, turn: Turn) -> Press | None:
        """Answer the step that the screen shows."""
        match turn.step:
            case "source":
                return scanned(turn.target)
            case "item":
                return self._at_item(turn)
            case _:
                return scanned(turn.target or self._some_bin(turn))

    def wrong(self, turn: Turn) -> Press | None:
        """Slip at the place to take from."""
        return scanned(self._bins[0]) if turn.step == "source" != self._bins[0] else None

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Take up what was lifted, and lay it down where it was dropped."""
        if is_no(after):
            return
        lifts = before.step == "item" and after.step == "target"
        if lifts and after.amount:
            self._goods = self._pile(before)[0]
            self._hand = after.amount.of if after.amount.done == 0 else after.amount.done
            self._world.take(before.came_from, self._goods, self._hand)
            self._world.stack_up(before.came_from)
        elif before.step == "target" and not (
            after.step == "target" and sku_of(after) == sku_of(before) and after.tone == "attention"
        ):
            self._world.put(press.code, self._goods, self._hand)
            self._hand = 0

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Walking takes longest."""
        return seconds(dice, 3, 6) if turn.step == "item" else seconds(dice, 10, 40)

    def _at_item(self, turn: Turn) -> Press:
        counted = turn.amount.done if turn.amount else 0
        left = left_of(turn)
        there = self._pile(turn)[1] - counted
        if there <= 0:
            return pressed(Order.EMPTY)
        if counted and (counted + left >= KEYPAD_FROM or there < left):
            return (
                pressed(Order.QUANTITY, counted + min(there, left))
                if there >= left
                else pressed(Order.SHORT)
            )
        return scanned(label(self._world, sku_of(turn), min(left, there)))

    def _pile(self, turn: Turn) -> tuple[Goods, int]:
        more = turn.thing.more if turn.thing else ()
        return self._world.find(turn.came_from, sku_of(turn), more)

    def _some_bin(self, turn: Turn) -> str:
        """Return where the item lies already, else a bin that is always the same for it."""
        sku = sku_of(turn)
        lies = [code for code in self._bins if self._world.find(code, sku)[1]]
        return (lies or [self._bins[sum(map(ord, sku)) % len(self._bins)]])[0]
