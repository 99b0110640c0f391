"""How the label of a parcel comes about, and whose lane it goes to."""

from collections.abc import Sequence
from dataclasses import dataclass

from wms.shipping.means import Means


@dataclass(frozen=True)
class Lane:
    """A carrier's lane in the warehouse of the parcel; `means` is None where nobody said."""

    carrier: str
    means: Means | None = None


@dataclass(frozen=True)
class Way:
    """How the label comes about. `means` is None where the house decides by what it has: Shippo, or typing."""

    means: Means | None
    carriers: tuple[str, ...] = ()
    """Who may take it; none named: whoever offers."""


def way(carrier: str, lanes: Sequence[Lane]) -> Way:
    """Return the way of a parcel whose order names this carrier, or none."""
    if carrier:
        lane = next((one for one in lanes if one.carrier.casefold() == carrier.casefold()), None)
        return Way(lane.means if lane else None, (lane.carrier if lane else carrier,))
    bought = tuple(lane.carrier for lane in lanes if lane.means in (None, Means.SHIPPO))
    if bought or not lanes:
        sold = any(lane.means is Means.SHIPPO for lane in lanes)
        return Way(Means.SHIPPO if sold else None, bought)
    for means in (Means.OWN, Means.TYPED, Means.COLLECTION):
        for lane in lanes:
            if lane.means is means:
                return Way(means, (lane.carrier,))
    raise AssertionError("a lane has one of the four means")
