"""What may be done with a box that was scanned away from the bench: one that waits in its lane can be opened again."""

from sqlalchemy.orm import Session

from wms.floor.process import Offer, Stand
from wms.floor.turn import say
from wms.packing.dialogue import OPEN_AGAIN, At, Step, ask_again
from wms.packing.meaning import parcel_of
from wms.packing.tables import Package

NAME = "packing"


def may_be_opened(session: Session, package: Package) -> Offer | None:
    """Return how packers may open a box again that waits for its truck; None for any other box."""
    parcel = parcel_of(session, package)
    if not parcel.label:
        return None
    asked = ask_again(At(Step.TOTE), parcel)
    assert asked.say is not None
    told = say("packing.may_be_opened", **asked.say.values)
    stand = Stand(NAME, asked.at.step.value, None, asked.at.data())
    return Offer(OPEN_AGAIN, stand, told, (parcel.label,))
