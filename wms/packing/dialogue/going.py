"""Where a packer stands next, as box and tote say it."""

from wms.packing.dialogue.at import ASIDES, At, Step
from wms.packing.dialogue.job import Box, Job, LabelState
from wms.packing.dialogue.spoiling import WITH_A_BOX
from wms.packing.lifecycle import PackageState


def onward(job: Job, at: At) -> At:
    """Return where somebody who stood there goes on. A question in between stays, as long as what it is about does."""
    step = where(job, at)
    return at if at.step in ASIDES and step in _ABOUT[at.step] else at.to(step)


_ABOUT = {
    Step.LOT: {Step.ITEM},
    Step.SHORT: {Step.ITEM},
    Step.DAMAGED: {Step.ITEM},
    Step.SPOILED: WITH_A_BOX,
    Step.FOREIGN: WITH_A_BOX,
    Step.AGAIN: {Step.TOTE},
    Step.OFF: {Step.WEIGH},
    Step.REPRINT: {Step.STICK},
    Step.UNPACK: WITH_A_BOX | {Step.ITEM},
    Step.LEFTOVER: {Step.EMPTY},
}


CHOOSING = frozenset({Step.ITEM, Step.BOX})
"""Where boxes are offered."""


def chooses_box(job: Job, at: At) -> bool:
    """Tell whether boxes are offered to somebody who stands there, or where they go on to."""
    return not CHOOSING.isdisjoint({at.step, where(job, at)})


def where(job: Job, at: At) -> Step:
    """Return the step that box and tote ask for."""
    if job.bench is None:
        return Step.BENCH
    if job.order is not None and job.order.is_cancelled:
        return Step.BACK
    if job.box is not None:
        return _with_box(job, at, job.box)
    if job.wants:
        return Step.ITEM
    if job.tote is not None and not job.kept:
        return Step.EMPTY
    return Step.MORE if job.order and job.other_totes else Step.TOTE


def _with_box(job: Job, at: At, box: Box) -> Step:
    match box.state:
        case PackageState.OPEN:
            return _with_open_box(job, at, box)
        case PackageState.CLOSED:
            return Step.WEIGH
        case PackageState.WEIGHED:
            is_typed = box.label_state is LabelState.TYPED and not at.asked
            return Step.NUMBER if is_typed else Step.LABEL
        case _:
            return Step.STICK


def _with_open_box(job: Job, at: At, box: Box) -> Step:
    is_full = at.step is Step.BOX and box.units > 0
    if job.wants and not is_full:
        return Step.ITEM
    if job.other_totes and not is_full:
        return Step.EMPTY if job.tote is not None and not job.kept else Step.MORE
    return Step.BOX if box.units else Step.EMPTY
