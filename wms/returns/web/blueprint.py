"""The pages of this slice, and its words for states, grades and what became of units."""

from flask import Blueprint

from wms.kernel.words import say
from wms.people.policy import LEADS, Role
from wms.returns.grades import Disposition
from wms.returns.queries import State, Unit

pages = Blueprint("returns", __name__)


CLERKS = (*LEADS, Role.RETURNS)
QUARTERS = {
    State.ANNOUNCED: 0,
    State.LABEL_SENT: 0,
    State.IN_TRANSIT: 1,
    State.LOST: 1,
    State.ARRIVED: 2,
    State.INSPECTING: 3,
    State.GRADED: 3,
}
"""How far along a return is, of four."""


@pages.app_template_filter("return_state")
def worded_state(state: str) -> str:
    """Return where the goods of a return are, in words."""
    return say(f"returns.state_{state}")


@pages.app_template_filter("return_quarters")
def quarters(state: State) -> int:
    """Return how far along a return is, of four."""
    return QUARTERS.get(state, 4)


def worded_grade(unit: Unit) -> str:
    """Return in what condition units came back, in words."""
    if unit.is_wrong_item:
        return say("returns.grade_wrong")
    return say(f"returns.grade_{unit.grade.lower() or 'none'}")


def worded_fate(fate: str) -> str:
    """Return what became of units, in words."""
    return say(f"returns.fate_{Disposition(fate)}") if fate else ""
