"""What came of a trip, as it is read at its end: lines, minutes, metres and what was not there."""

from wms.floor.turn import Fact, Tone, say
from wms.picking.dialogue.trip import Trip

NAMED = 3
"""So many items that were short are named; of more, only how many."""


def came_of(trip: Trip) -> tuple[Fact, ...]:
    """Return the figures of a trip that is over; how far it was where the plan knows."""
    lines = Fact(
        say("picking.sum_lines", n=trip.done, units=trip.units),
        say("picking.figure", figure=trip.done),
    )
    minutes = Fact(say("picking.sum_minutes"), say("picking.minutes", minutes=trip.minutes))
    metres = Fact(say("picking.sum_metres"), say("picking.metres", metres=trip.metres))
    return (lines, minutes, *((metres,) if trip.metres else ()), _short(trip))


def _short(trip: Trip) -> Fact:
    figure = say("picking.figure", figure=trip.shorts)
    if not trip.shorts:
        return Fact(say("picking.sum_nothing_short"), figure)
    if not 0 < len(trip.short_skus) <= NAMED:
        return Fact(say("picking.sum_short"), figure, Tone.ATTENTION)
    return Fact(
        say("picking.sum_short_of", skus=", ".join(trip.short_skus)), figure, Tone.ATTENTION
    )
