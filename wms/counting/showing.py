"""What the screen shows a person who counts: the place, and what they counted last. Never what the book says."""

from collections.abc import Sequence

from wms.counting.dialogue import Sheet, Step, Where
from wms.counting.queries import Count
from wms.floor.turn import Button, Order, Thing, Turn, say

PROCESS = "counting"

UNDO = Button(Order.UNDO, "counting.undo", "undo")
SKIP = Button(Order.SKIP, "counting.later", "skip")
EMPTY = Button(Order.EMPTY, "counting.bin_empty", "bins")
DONE = Button(Order.DONE, "counting.bin_done", "check")

VERBS = {
    Step.PLACE: "counting.scan_place",
    Step.THINGS: "counting.scan_everything",
    Step.LOT: "counting.scan_lot",
    Step.SERIAL: "counting.scan_serial",
}


def shown(
    count: Count,
    sheet: Sheet,
    where: Where,
    card: Thing | None = None,
    expects: Sequence[str] = (),
) -> Turn:
    """Return the screen of one step."""
    at_place = where.step is Step.PLACE
    return Turn(
        PROCESS,
        where.step,
        say(VERBS[where.step]),
        target=count.location,
        title=say("counting.recount" if count.round > 1 else "counting.count"),
        thing=card,
        came_from="" if at_place else count.location,
        buttons=_buttons(sheet, where),
        asks_quantity=where.step is Step.THINGS and bool(where.done),
        expects=(count.location,) if at_place else tuple(expects),
    )


def _buttons(sheet: Sheet, where: Where) -> tuple[Button, ...]:
    if where.step is Step.PLACE:
        return (SKIP,)
    if where.step is Step.THINGS:
        return (UNDO, SKIP, DONE if sheet.counted else EMPTY)
    return (UNDO, SKIP)
