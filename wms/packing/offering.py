"""What is told away from the bench: a box that waits in its lane can be opened again, a void label is thrown away."""

from sqlalchemy.orm import Session

from wms.floor.process import Offer, Stand
from wms.floor.turn import Sentence, say
from wms.packing import queries
from wms.packing.dialogue import OPEN_AGAIN, At, Step, ask_again
from wms.packing.dialogue.again import ENDING
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


def told_of_void_label(session: Session, code: str) -> Sentence | None:
    """Say of a code that stands for nothing that it is a label which was given back; None where it is not."""
    if not queries.is_void_label(session, code):
        return None
    return say("packing.label_is_void", ends=code.strip()[-ENDING:])
