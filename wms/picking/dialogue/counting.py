"""Counting units out of a bin: every scan counts what its barcode stands for, never more than is asked."""

from wms.floor.turn import Order, Sentence, say
from wms.picking.dialogue.acts import Short, Take
from wms.picking.dialogue.reply import Reply, ask, good, wrong
from wms.picking.dialogue.trip import (
    KEYPAD_ABOVE,
    At,
    Goods,
    Pick,
    Said,
    ShortReason,
    Spot,
    Step,
    Trip,
)

REASONS = {
    Order.EMPTY: ShortReason.EMPTY,
    Order.DAMAGED: ShortReason.DAMAGED,
    Order.WRONG_ITEM: ShortReason.WRONG_ITEM,
}


def at_item(trip: Trip, at: At, pick: Pick, said: Said) -> Reply:
    """Count the item, or hear why it is not there."""
    if said.order is not None:
        return _ordered(trip, at, pick, said)
    mine = next((goods for goods in said.goods if goods.item_id == pick.item_id), None)
    if mine is not None:
        return _right_item(trip, at, pick, mine)
    if _names_lot_or_serial(pick, said) and at.counts:
        return good(at, say("picking.scan_item", sku=pick.sku))
    if said.goods:
        return wrong(
            at, say("picking.wrong_item", here=said.goods[0].sku, sku=pick.sku, name=pick.name)
        )
    if said.spots:
        return _place_at_item(trip, at, pick, said.spots)
    return wrong(at, say("picking.unknown_item", code=said.code, sku=pick.sku))


def at_lot(trip: Trip, at: At, pick: Pick, said: Said) -> Reply:
    """Hear whether it is the lot that is promised, where several lie in the bin."""
    units = at.asked or 1
    back = at.to(Step.ITEM, asked=None)
    lots = {goods.lot for goods in said.goods if goods.item_id == pick.item_id and goods.lot}
    if said.order is Order.YES or said.code == pick.lot or pick.lot in lots:
        return counted(trip, back, pick, units)
    if said.order is Order.NO:
        return wrong(back, say("picking.wrong_lot", lot=pick.lot, sku=pick.sku))
    if lots:
        return wrong(at, say("picking.other_lot", here=min(lots), lot=pick.lot))
    return ask(at, say("picking.ask_lot", lot=pick.lot, sku=pick.sku))


def at_fewer(trip: Trip, at: At, pick: Pick, said: Said) -> Reply:
    """Hear how many there are."""
    found = said.quantity
    if said.order is not Order.QUANTITY or found is None:
        return ask(at, say("picking.ask_found", left=pick.left))
    if found >= pick.left:
        back = at.to(Step.ITEM, rest=None)
        return wrong(back, say("picking.not_fewer", left=pick.left))
    if found <= 0:
        return _nothing(at.to(Step.ITEM, counts=()), pick, ShortReason.FEWER)
    return _in_hand(trip, at.to(Step.TOTE, counts=(found,), rest=ShortReason.FEWER), pick)


def counted(trip: Trip, at: At, pick: Pick, units: int) -> Reply:
    """Add units to what is in hand; refuses more than is asked."""
    if units < 1 or at.count + units > pick.left:
        return wrong(at, say("picking.too_many", already=pick.done + at.count, of=pick.of, n=units))
    at = at.to(Step.ITEM, counts=(*at.counts, units))
    if at.count < pick.left:
        left = pick.left - at.count
        keypad = "picking.counting_or_tap" if pick.left > KEYPAD_ABOVE else "picking.counting"
        return good(at, say(keypad, done=pick.done + at.count, of=pick.of, left=left))
    return _in_hand(trip, at.to(Step.TOTE), pick)


def _right_item(trip: Trip, at: At, pick: Pick, goods: Goods) -> Reply:
    if pick.serial and goods.serial and goods.serial != pick.serial:
        return wrong(at, say("picking.wrong_serial", here=goods.serial, serial=pick.serial))
    if pick.lot and goods.lot and goods.lot != pick.lot:
        return wrong(at, say("picking.other_lot", here=goods.lot, lot=pick.lot))
    if pick.asks_lot and not goods.lot and not at.counts:
        if goods.quantity > pick.left:
            return counted(trip, at, pick, goods.quantity)
        return ask(
            at.to(Step.LOT, asked=goods.quantity),
            say("picking.ask_lot", lot=pick.lot, sku=pick.sku),
        )
    return counted(trip, at, pick, goods.quantity)


def _names_lot_or_serial(pick: Pick, said: Said) -> bool:
    return bool(said.code) and said.code in {pick.lot, pick.serial}


def _in_hand(trip: Trip, at: At, pick: Pick) -> Reply:
    """Send one unit straight into the only tote; several are confirmed first, or go where the slot says."""
    totes = trip.open_totes(pick.fo_id)
    if not totes:
        return Reply(at)
    tote = totes[0]
    if trip.has_one_tote and at.count == 1 and at.rest is None:
        done = say("picking.one_in", sku=pick.sku, tote=tote.code)
        return good(at, done, Take(pick.task_id, tote.id, 1))
    return good(at, say("picking.into", n=at.count, sku=pick.sku, tote=tote.code, slot=tote.slot))


def _place_at_item(trip: Trip, at: At, pick: Pick, spots: tuple[Spot, ...]) -> Reply:
    if any(spot.id == pick.bin_id for spot in spots):
        return good(at, say("picking.scan_item", sku=pick.sku))
    into = [tote for tote in trip.open_totes(pick.fo_id) if tote.id in {spot.id for spot in spots}]
    if into and at.count:
        act = Take(pick.task_id, into[0].id, at.count)
        told = say("picking.part_in", n=at.count, tote=into[0].code)
        return good(at.to(Step.ITEM, counts=()), told, act)
    return wrong(at, say("picking.item_first", sku=pick.sku, bin=pick.bin))


def _ordered(trip: Trip, at: At, pick: Pick, said: Said) -> Reply:
    match said.order:
        case Order.QUANTITY:
            return _typed(trip, at, pick, said.quantity or 0)
        case Order.SHORT:
            return ask(at.to(Step.FEWER), say("picking.ask_found", left=pick.left))
        case Order.EMPTY | Order.DAMAGED | Order.WRONG_ITEM:
            return _not_there(trip, at, pick, REASONS[said.order])
        case Order.UNREADABLE if said.is_lead:
            return counted(trip, at, pick, 1)
        case _:
            return wrong(at, _scan_on(at, pick, said.order))


def _not_there(trip: Trip, at: At, pick: Pick, reason: ShortReason) -> Reply:
    if at.counts:
        return _in_hand(trip, at.to(Step.TOTE, rest=reason), pick)
    return _nothing(at, pick, reason)


def _scan_on(at: At, pick: Pick, order: Order | None) -> Sentence:
    if order is Order.UNREADABLE:
        return say("picking.unreadable", code=pick.sku)
    if order is Order.DONE and at.counts:
        return say("picking.not_all", done=pick.done + at.count, of=pick.of)
    return say("picking.scan_item", sku=pick.sku)


def _typed(trip: Trip, at: At, pick: Pick, units: int) -> Reply:
    if pick.left <= KEYPAD_ABOVE:
        return wrong(at, say("picking.scan_each", left=pick.left - at.count, sku=pick.sku))
    if not at.counts:
        return wrong(at, say("picking.scan_one_first", sku=pick.sku))
    if units == 0:
        return good(at.to(Step.ITEM, counts=()), say("picking.scan_item", sku=pick.sku))
    return counted(trip, at.to(Step.ITEM, counts=()), pick, units)


def _nothing(at: At, pick: Pick, reason: ShortReason) -> Reply:
    gone = say("picking.short", n=pick.left, sku=pick.sku, bin=pick.bin)
    return Reply(at, gone, act=Short(pick.task_id, reason))
