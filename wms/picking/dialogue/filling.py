"""Putting what is in hand into the tote of its order."""

from wms.floor.turn import Order, Sentence, say
from wms.picking.dialogue.acts import Take
from wms.picking.dialogue.reply import Reply, ask, good, wrong
from wms.picking.dialogue.trip import At, Pick, Said, Step, Tote, Trip


def at_tote(trip: Trip, at: At, pick: Pick, said: Said) -> Reply:
    """Hear which tote it went into; where there is only one, a yes will do."""
    totes = trip.open_totes(pick.fo_id)
    if not totes:
        return Reply(at)
    if said.order is Order.QUANTITY:
        return _corrected(at, pick, said.quantity or 0)
    if said.order is not None:
        return _ordered(trip, at, pick, said.order, totes[0])
    numbers = {spot.id for spot in said.spots}
    into = next((tote for tote in totes if tote.id in numbers), None)
    if into:
        return _taken(at, pick, into)
    return wrong(at, _elsewhere(trip, at, pick, said, totes[0]))


def _elsewhere(trip: Trip, at: At, pick: Pick, said: Said, tote: Tote) -> Sentence:
    if any(goods.item_id == pick.item_id for goods in said.goods):
        return say("picking.enough", already=pick.done + at.count, sku=pick.sku, tote=tote.code)
    other = next((its for spot in said.spots if (its := trip.tote(spot.id))), None)
    if other and other.is_full and other.fo_id == tote.fo_id:
        return say("picking.that_is_full", here=other.code, tote=tote.code, slot=tote.slot)
    if other:
        return say("picking.other_slot", here=other.slot, tote=tote.code, slot=tote.slot)
    if said.spots:
        here = said.spots[0].code
        return say("picking.wrong_tote", here=here, tote=tote.code, slot=tote.slot)
    return say("picking.tote_first", n=at.count, tote=tote.code, slot=tote.slot)


def _ordered(trip: Trip, at: At, pick: Pick, order: Order, tote: Tote) -> Reply:
    if order in {Order.YES, Order.DONE} and trip.has_one_tote:
        return _taken(at, pick, tote)
    if order is Order.NO:
        back = at.to(Step.ITEM, counts=(), rest=None)
        return ask(back, say("picking.count_again", of=pick.left, sku=pick.sku))
    return wrong(at, say("picking.tote_first", n=at.count, tote=tote.code, slot=tote.slot))


def _corrected(at: At, pick: Pick, units: int) -> Reply:
    if not 0 <= units <= pick.left:
        return wrong(at, say("picking.too_many", already=pick.done, of=pick.of, n=units))
    if units == 0:
        return good(at.to(Step.ITEM, counts=(), rest=None), say("picking.scan_item", sku=pick.sku))
    is_all = units == pick.left or at.rest is not None
    rest = None if units == pick.left else at.rest
    at = at.to(Step.TOTE if is_all else Step.ITEM, counts=(units,), rest=rest)
    left = pick.left - units
    return good(at, say("picking.counting", done=pick.done + units, of=pick.of, left=left))


def _taken(at: At, pick: Pick, tote: Tote) -> Reply:
    done = say("picking.in", n=at.count, sku=pick.sku, tote=tote.code, slot=tote.slot)
    return good(at, done, Take(pick.task_id, tote.id, at.count, at.rest))
