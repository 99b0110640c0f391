"""What a command code asks for: `WXCDONE`, `CMD:SHORT`, `WXCQ5`."""

import re
from typing import NamedTuple

from wms.codes.queries import Kind, kinds_of, normal
from wms.floor.turn import Order

_QUANTITY = re.compile(r"Q([0-9]{1,6})")
_BOX = re.compile(r"BOX([1-6])")
_BEGINS = "WXC"
_ALSO = {"NEXT": Order.WORK}


class Spoken(NamedTuple):
    """What is asked for, with the figure that the code carries."""

    order: Order
    quantity: int | None = None


def is_command(text: str) -> bool:
    """Tell whether a scan is a command code by its prefix, known or not."""
    return kinds_of(text) == frozenset({Kind.COMMAND})


def is_badge(text: str) -> bool:
    """Tell whether a scan is a badge by its prefix."""
    return kinds_of(text) == frozenset({Kind.BADGE})


def order_of(text: str) -> Spoken | None:
    """Return what a command code asks for; None where nobody knows it."""
    word = normal(text).removeprefix(_BEGINS)
    if figure := _QUANTITY.fullmatch(word):
        return Spoken(Order.QUANTITY, int(figure[1])) if int(figure[1]) else None
    if box := _BOX.fullmatch(word):
        return Spoken(Order.BOX, int(box[1]))
    known = {order.value.upper(): order for order in Order} | _ALSO
    return Spoken(known[word]) if word in known else None
