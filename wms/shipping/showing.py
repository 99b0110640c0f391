"""What the screen shows a person who loads a truck."""

from collections.abc import Sequence

from wms.floor.turn import Amount, Button, Order, Sentence, Tone, Turn, say
from wms.shipping.dialogue import Lane, Step

PROCESS = "loading"

DONE = Button(Order.DONE, "shipping.truck_leaves", "done")


def at_lanes(
    lanes: Sequence[str], waiting: int, said: Sentence | None = None, tone: Tone = Tone.QUIET
) -> Turn:
    """Return the screen that asks for a lane: `lanes` are the codes of those where parcels wait."""
    return Turn(
        PROCESS,
        Step.LANE,
        say("shipping.verb_lane"),
        target=lanes[0] if lanes else "",
        say=said,
        tone=tone,
        title=say("shipping.title"),
        amount=Amount(0, waiting) if waiting else None,
        expects=tuple(lanes),
    )


def at_parcels(
    lane: Lane, labels: Sequence[str], said: Sentence | None = None, tone: Tone = Tone.QUIET
) -> Turn:
    """Return the screen that asks for the next parcel of a lane: `labels` are the codes of those that wait."""
    verb = "shipping.verb_parcel" if lane.waiting else "shipping.verb_nothing_waits"
    return Turn(
        PROCESS,
        Step.PARCEL,
        say(verb),
        target=lane.carrier,
        say=said,
        tone=tone,
        title=say("shipping.title_of", carrier=lane.carrier),
        amount=Amount(lane.loaded, lane.loaded + lane.waiting),
        buttons=(DONE,),
        expects=tuple(labels),
    )
