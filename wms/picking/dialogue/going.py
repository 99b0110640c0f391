"""Where the person stands next."""

from wms.picking.dialogue.trip import At, Step, Trip


def onward(trip: Trip, at: At) -> At:
    """Return where somebody who stood there goes on: `at` names the task in hand, if any, and the bin before them."""
    if trip.wants:
        return At(Step.LOAD, at.task_id, at.counts, at.rest, bin_id=at.bin_id)
    pick = trip.pick(at.task_id) or next(iter(trip.picks), None)
    if pick is None:
        return At(Step.DROP if trip.holds_units else Step.DONE)
    counts = at.counts if pick.task_id == at.task_id else ()
    if counts and at.bin_id == pick.bin_id:
        is_all = sum(counts) >= pick.left or at.rest
        step = Step.TOTE if is_all else Step.ITEM
        return At(step, pick.task_id, counts, at.rest, bin_id=at.bin_id)
    if at.bin_id == pick.bin_id:
        return At(Step.ITEM, pick.task_id, bin_id=at.bin_id)
    return At(Step.GO, pick.task_id)
