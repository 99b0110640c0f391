"""Totes before and after the walk: loading them onto the trip, looking into a bin, putting them down."""

from wms.floor.turn import Order, say
from wms.picking.dialogue.acts import Drop, Load, LoadCart, Looked, TakeOver
from wms.picking.dialogue.going import onward
from wms.picking.dialogue.reply import Reply, ask, good, wrong
from wms.picking.dialogue.trip import At, Said, Spot, Trip

CARTS = frozenset({"cart"})
TOTES = frozenset({"tote"})
RESTS = frozenset({"stage", "bench", "lane", "dock"})
"""Kinds of places where totes are put down at the end."""


def at_load(trip: Trip, at: At, said: Said) -> Reply:
    """Hear which tote or cart is taken along."""
    if not trip.wants:
        return Reply(onward(trip, at))
    if cart := _of(said, CARTS):
        return good(at, act=LoadCart(cart.id))
    want = trip.wants[0]
    tote = _of(said, TOTES)
    if tote is None:
        return wrong(at, say("picking.scan_tote", order=want.order, slot=want.slot))
    if mine := trip.tote(tote.id):
        return wrong(at, say("picking.tote_stands", tote=mine.code, slot=mine.slot))
    if tote.run_id is not None and not trip.totes:
        return _take_over(at, tote, tote.run_id)
    loaded = say("picking.loaded", tote=tote.code, slot=want.slot, order=want.order)
    return good(at.to(at.step, asked=None), loaded, Load(tote.id, want.fo_id))


def _take_over(at: At, tote: Spot, run_id: int) -> Reply:
    """Ask once; the same scan again is a yes."""
    if at.asked == tote.id:
        return good(at, act=TakeOver(run_id))
    return ask(at.to(at.step, asked=tote.id), say("picking.take_over", tote=tote.code))


def at_zero(at: At, said: Said) -> Reply:
    """Hear whether a bin is empty that is empty by the book: a count for free."""
    is_same_bin = any(spot.id == at.bin_id for spot in said.spots)
    if at.bin_id is None:
        return Reply(at)
    if said.order in {Order.YES, Order.EMPTY, Order.DONE} or is_same_bin:
        return good(at, say("picking.is_empty"), Looked(at.bin_id, is_empty=True))
    if said.order is Order.NO:
        return good(at, say("picking.count_asked"), Looked(at.bin_id, is_empty=False))
    return ask(at, say("picking.ask_empty"))


def at_drop(trip: Trip, at: At, said: Said) -> Reply:
    """Hear where the totes are put down."""
    place = _of(said, RESTS)
    if place is None:
        return wrong(at, say("picking.scan_place"))
    down = say("picking.put_down", n=len(trip.totes), place=place.code)
    return good(at, down, Drop(place.id))


def _of(said: Said, kinds: frozenset[str]) -> Spot | None:
    return next((spot for spot in said.spots if spot.kind in kinds), None)
