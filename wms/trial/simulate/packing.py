"""A packer: empties totes unit by unit into boxes, weighs them, sticks on the label that comes out of the printer."""

import time
from dataclasses import dataclass
from datetime import timedelta
from random import Random

from wms.floor.turn import Order, Turn
from wms.trial.simulate.bench import BOX_G, Bench, Box
from wms.trial.simulate.chance import Planted
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

LOOKS = 6
"""So often somebody looks at a printer without paper before they fetch a new roll."""

ASKS = 3
"""So often somebody asks again for a label that was refused before they put the box aside."""

COMMAND = "WXCQ"


@dataclass
class Row:
    """Units of one thing that went into the box one after the other."""

    goods: Goods
    units: int = 0
    by_scan: bool = False
    """Whether the rest of it is scanned one by one, because a number was not taken."""


class Packing:
    """What a packer has before them, and what they answer."""

    def __init__(self, world: World, bench: Bench, planted: Planted) -> None:
        """Take the bench; nothing lies on it yet."""
        self._world, self._bench, self._planted = world, bench, planted
        self._tote = ""
        self._box: Box | None = None
        self._row = Row(Goods(""))
        self._others = 0
        self.parcels: dict[str, str] = {}
        """By the code of its label, the order of each parcel that was made here."""
        self.weighed: dict[str, float] = {}
        """When its weight was taken, by this machine's own clock."""

    def press(self, turn: Turn) -> Press | None:
        """Answer the step that the screen shows."""
        match turn.step:
            case "item" | "lot":
                return self._at_item(turn) if turn.step == "item" else self._which(turn)
            case "weigh" | "off":
                return self._at_scale(turn)
            case "label" | "number" | "stick":
                return self._at_label(turn)
            case "bench":
                return scanned(self._bench.station)
            case "tote" | "more" | "back":
                return self._some_tote(turn)
            case _:
                return scanned(turn.expects[0]) if turn.expects else pressed(Order.YES)

    def wrong(self, turn: Turn) -> Press | None:
        """Slip where a slip is told: a thing that is no item, another label."""
        match turn.step:
            case "item" | "empty":
                return scanned("00000000")
            case "stick":
                return scanned("1Z0000000000000000")
            case _:
                return None

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Lay units into the box as they are booked, and the parcel aside once its label sits on it."""
        if after.step == "tote" and before.step != "tote":
            self._world.benched.pop(self._tote, None)
        if after.say is not None and after.say.id == "packing.taken_over":
            self._brought(press, before, str(after.say.values["order"]))
        elif before.step in {"tote", "more"}:
            self._opened(press, after)
        elif is_no(after):
            self._row.by_scan |= press.order is Order.QUANTITY
        elif before.step in {"item", "lot"}:
            self._packed(before, press, after)
        elif before.step == "stick" and after.step != "stick":
            self._stuck(before)
        elif before.step == "empty" and after.step != "leftover":
            self._world.stack_up(self._tote)
        elif before.step == "back":
            self._give_back(press.code)

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Folding a box takes longest."""
        return seconds(dice, 8, 15) if turn.step in {"box", "tote"} else seconds(dice, 2, 5)

    def _some_tote(self, turn: Turn) -> Press | None:
        """Reach for the first tote that the screen names and nobody else has before them."""
        here = self._bench.station
        codes = turn.expects or ((turn.target,) if turn.target else ())
        free = [code for code in codes if self._world.benched.get(code, here) == here]
        if self._others >= len(free):
            self._others = 0
            return None
        return scanned(free[self._others])

    def _brought(self, press: Press, before: Turn, order: str) -> None:
        """Bring a tote to the bench where its order is packed already: a box has one bench."""
        tote = press.code if before.step in {"tote", "more"} else self._tote
        self._world.benched[tote] = self._world.begun[order]

    def _opened(self, press: Press, after: Turn) -> None:
        is_open = not is_no(after) and after.step != "tote"
        self._others = 0 if is_open else self._others + 1
        if is_open:
            self._tote, self._row = press.code, Row(Goods(""))
            self._world.benched[self._tote] = self._bench.station

    def _at_item(self, turn: Turn) -> Press:
        box = self._box = self._box if self._box and self._box.is_open else self._bench.next_box()
        goods, there = self._pile(turn)
        if not there:
            return pressed(Order.SHORT)
        left = min(there, left_of(turn))
        fits = self._bench.fits(box, goods.sku, left)
        if not fits:
            return pressed(Order.FULL)
        is_row = self._row.goods == goods and self._row.units
        if (
            is_row
            and not self._row.by_scan
            and turn.asks_quantity
            and self._row.units + left >= KEYPAD_FROM
        ):
            return pressed(Order.QUANTITY, self._row.units + fits)
        return scanned(label(self._world, goods.sku, fits))

    def _which(self, turn: Turn) -> Press:
        lies = {
            text for goods, _ in self._world.here(self._tote) for text in (goods.lot, goods.serial)
        }
        return scanned(next(code for code in turn.expects if code in lies))

    def _pile(self, turn: Turn) -> tuple[Goods, int]:
        more = turn.thing.more if turn.thing else ()
        return self._world.find(self._tote, sku_of(turn), more)

    def _packed(self, before: Turn, press: Press, after: Turn) -> None:
        if press.order is Order.QUANTITY:
            self._begin(before)
            self._put((press.quantity or 0) - self._row.units, self._row.goods)
        elif press.code and after.step != "lot":
            self._begin(before)
            goods = self._pile(before)[0]
            if before.step == "lot":
                goods = next(
                    one
                    for one, _ in self._world.here(self._tote)
                    if press.code in {one.lot, one.serial}
                )
                self._put(1, goods)
            else:
                self._put(units_of(self._world, goods.sku, press), goods)

    def _begin(self, before: Turn) -> None:
        if order := before.title.values.get("order") if before.title else None:
            self._world.begun[str(order)] = self._bench.station

    def _put(self, units: int, goods: Goods) -> None:
        assert self._box is not None
        self._bench.put_in(self._world, self._tote, self._box, goods, units)
        before = self._row if self._row.goods == goods else Row(goods)
        self._row = Row(goods, before.units + units, before.by_scan)

    def _at_scale(self, turn: Turn) -> Press:
        assert self._box is not None
        self._box.is_open, self._box.weighed_at = False, time.monotonic()
        grams = self._box.goods_g + BOX_G[_box_name(turn)]
        if "WXCWEIGH" in turn.expects:
            self._bench.scale.put_on(grams)
            return pressed(Order.WEIGH)
        return pressed(Order.QUANTITY, grams)

    def _at_label(self, turn: Turn) -> Press | None:
        """Wait for the label, and stick it on once it is in the hand: none that did not come out can be scanned."""
        assert self._box is not None
        if turn.step != "stick":
            return self._ask_for_label(turn)
        sheet = self._bench.printer.tear_off(turn.expects[0])
        if sheet is not None:
            return scanned(sheet)
        self._box.waits += 1
        if self._bench.printer.is_out() and self._box.waits > LOOKS:
            self._bench.printer.load()
            self._planted.happened("paper out")
        return None

    def _ask_for_label(self, turn: Turn) -> Press | None:
        """Wait where nothing is asked; what is refused again and again is left to the desk."""
        assert self._box is not None
        if not turn.expects:
            return None
        self._box.asks += 1
        if self._box.asks > ASKS:
            self._box, self._row = None, Row(Goods(""))
            return pressed(Order.SKIP)
        return scanned(turn.expects[0])

    def _stuck(self, before: Turn) -> None:
        assert self._box is not None
        code = before.expects[0]
        self._world.pour(self._box.place, code)
        values = before.title.values if before.title else {}
        self.parcels[code] = str(values.get("order", ""))
        self.weighed[code] = self._box.weighed_at
        self._box, self._row = None, Row(Goods(""))

    def _give_back(self, tote: str) -> None:
        if self._box is not None:
            self._world.pour(self._box.place, tote)
        self._box = None


def _box_name(turn: Turn) -> str:
    """Return which type of box was closed, as the bench shows it."""
    facts = turn.bench.facts if turn.bench else ()
    return next(
        str(fact.value.values["name"]) for fact in facts if fact.label.id == "packing.fact_box"
    )
