"""What a scan, button or number means at each step. A wrong one says what to do, not what went wrong."""

from dataclasses import replace

from wms.floor.turn import Order, say
from wms.picking.dialogue.acts import Arrive, Full, GetWork, Skip, Undo
from wms.picking.dialogue.counting import at_fewer, at_item, at_lot
from wms.picking.dialogue.filling import at_tote
from wms.picking.dialogue.going import onward
from wms.picking.dialogue.placing import at_drop, at_load, at_zero
from wms.picking.dialogue.reply import Reply, good, wrong
from wms.picking.dialogue.trip import At, Pick, Said, Step, Trip

SKIPS = 2
"""How often a task may be put off before a supervisor is asked."""


def hear(trip: Trip, at: At, said: Said) -> Reply:
    """Answer one scan, button or number."""
    reply = _undo(at) if said.order is Order.UNDO else _heard(trip, at, said)
    if reply.act is None and trip.wants:
        return replace(reply, at=_at_load(trip, reply.at))
    return reply


def _heard(trip: Trip, at: At, said: Said) -> Reply:
    match at.step:
        case Step.LOAD:
            return at_load(trip, at, said)
        case Step.ZERO:
            return at_zero(at, said)
        case Step.DROP:
            return at_drop(trip, at, said)
        case Step.DONE:
            wants_more = said.order in {Order.DONE, Order.YES, Order.WORK}
            return good(at, act=GetWork()) if wants_more else Reply(at)
        case _:
            pick = trip.pick(at.task_id)
            return _with_pick(trip, at, pick, said) if pick else Reply(onward(trip, at))


def _with_pick(trip: Trip, at: At, pick: Pick, said: Said) -> Reply:
    if said.order is Order.SKIP:
        return _skip(at, pick, said)
    if said.order is Order.FULL:
        return _full(trip, at, pick)
    if at.step is Step.GO:
        return _go(at, pick, said)
    steps = {Step.ITEM: at_item, Step.LOT: at_lot, Step.FEWER: at_fewer, Step.TOTE: at_tote}
    return steps[at.step](trip, at, pick, said)


def _at_load(trip: Trip, at: At) -> At:
    return at if at.step is Step.LOAD else onward(trip, at)


def _undo(at: At) -> Reply:
    """Take back what is in hand first, scan by scan; then what was done."""
    if at.asked is not None and at.step is Step.LOT:
        return good(at.to(Step.ITEM, asked=None))
    if at.counts:
        left = at.counts[:-1]
        back = at.to(Step.ITEM, counts=left, rest=None, asked=None)
        return good(back, say("picking.count_taken_back", n=at.counts[-1], left=sum(left)))
    if at.step is Step.FEWER:
        return good(at.to(Step.ITEM, rest=None))
    return good(at, act=Undo())


def _skip(at: At, pick: Pick, said: Said) -> Reply:
    if at.counts:
        return wrong(at, say("picking.put_back_first", n=at.count, bin=pick.bin))
    if pick.skips >= SKIPS and not said.is_lead:
        return wrong(at, say("picking.skipped_enough", skips=pick.skips))
    return good(
        at.to(Step.GO, task_id=None), say("picking.skipped", bin=pick.bin), Skip(pick.task_id)
    )


def _full(trip: Trip, at: At, pick: Pick) -> Reply:
    tote = next(iter(trip.open_totes(pick.fo_id)), None)
    if tote is None:
        return Reply(onward(trip, at))
    return good(at, say("picking.tote_full", tote=tote.code, slot=tote.slot), Full(tote.id))


def _go(at: At, pick: Pick, said: Said) -> Reply:
    arrived = good(
        At(Step.ITEM, pick.task_id, bin_id=pick.bin_id),
        say("picking.take", n=pick.left, sku=pick.sku, name=pick.name),
        Arrive(pick.task_id),
    )
    if any(spot.id == pick.bin_id for spot in said.spots):
        return arrived
    if said.spots:
        return wrong(at, say("picking.wrong_bin", here=said.spots[0].code, there=pick.bin))
    if said.order is Order.UNREADABLE:
        return arrived if said.is_lead else wrong(at, say("picking.unreadable", code=pick.bin))
    if said.order is None and said.code and not said.goods:
        return wrong(at, say("picking.unknown_go", code=said.code, bin=pick.bin))
    return wrong(at, say("picking.bin_first", bin=pick.bin))
