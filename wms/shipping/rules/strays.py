"""Whether a purchase that the carrier platform knows is one of ours, or money that nobody stands for."""

from enum import StrEnum

from wms.shipping.lifecycle import State

EMPTY = frozenset({State.FAILED, State.SUPERSEDED})
"""Labels that ended because nothing was bought for them, as far as the house knew."""

UNDECIDED = frozenset({State.DRAFT, State.RATED, State.BUYING, State.IN_DOUBT})
"""Labels whose purchase is still to come, or to be found: another look tells."""


class Verdict(StrEnum):
    """What a purchase is to the house."""

    KNOWN = "known"
    WAITS = "waits"
    """Its label is still being bought, or looked up."""
    STRAY = "stray"
    """Paid for, and no label is it: its money is asked back."""
    IN_USE = "in_use"
    """As a stray, but its parcel travels: a person looks at it."""
    FOREIGN = "foreign"
    """It carries our mark and a number that this house does not know: perhaps another house's."""


def judge(
    *, held_by: State | None, is_worn: bool, meant_for: State | None, has_moved: bool
) -> Verdict:
    """Tell what a purchase is to the house.

    `held_by` is the state of the label that has the purchase's own number, `meant_for` that of the label whose mark it
    carries; None where there is none. `is_worn`: a box wears its tracking number, wherever that came from.
    """
    if is_worn or (held_by is not None and held_by not in EMPTY):
        return Verdict.KNOWN
    if meant_for is None:
        return Verdict.FOREIGN
    if meant_for in UNDECIDED:
        return Verdict.WAITS
    return Verdict.IN_USE if has_moved else Verdict.STRAY
