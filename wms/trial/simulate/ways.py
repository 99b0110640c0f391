"""How somebody answers the screen of one kind of work, by what it says and what lies before them."""

from datetime import timedelta
from random import Random
from typing import Protocol

from wms.floor.turn import Order, Tone, Turn
from wms.trial.simulate.hands import Press
from wms.trial.simulate.world import World

KEYPAD_FROM = 6
"""From so many units on, one is scanned and the number is typed."""


class Way(Protocol):
    """One kind of work as one person does it. It remembers only what they have in their hands."""

    def press(self, turn: Turn) -> Press | None:
        """Return what they do next; None where they cannot go on now and look again a little later."""

    def wrong(self, turn: Turn) -> Press | None:
        """Return a slip: a code that is wrong here; None where a slip would do something."""

    def came(self, before: Turn, press: Press, after: Turn) -> None:
        """Do with the things what the answer says was done with them in the book."""

    def lasts(self, turn: Turn, dice: Random) -> timedelta:
        """Return how long it takes until they press."""


def scanned(code: str) -> Press:
    """Return the scan of a code."""
    return Press(code=code)


def pressed(order: Order, quantity: int | None = None) -> Press:
    """Return the press of a button, with the number that goes with it."""
    return Press(order=order, quantity=quantity)


def seconds(dice: Random, least: float, most: float) -> timedelta:
    """Return a time in between, to the second: people are not machines."""
    return timedelta(seconds=round(dice.uniform(least, most)))


def is_no(turn: Turn) -> bool:
    """Tell whether nothing was done."""
    return turn.tone in {Tone.WRONG, Tone.STOPPED}


def left_of(turn: Turn) -> int:
    """Return how many units the screen still asks for."""
    return turn.amount.of - turn.amount.done if turn.amount else 0


def sku_of(turn: Turn) -> str:
    """Return the item on the card."""
    return turn.thing.code if turn.thing else ""


def offers(turn: Turn, order: Order) -> bool:
    """Tell whether a button stands on the screen, or in the list of problems."""
    return any(button.order is order for button in (*turn.buttons, *turn.problems))


def label(world: World, sku: str, left: int) -> str:
    """Return the barcode to scan where so many units are wanted: of a case, a pack, or a unit."""
    fitting = [code for code in world.codes(sku) if code.quantity <= left]
    largest = max(fitting, key=lambda code: code.quantity, default=None)
    return largest.code if largest else world.unit_code(sku)


def units_of(world: World, sku: str, press: Press) -> int:
    """Return how many units the scan of a barcode stands for."""
    found = (code.quantity for code in world.codes(sku) if code.code == press.code)
    return next(found, 1)
