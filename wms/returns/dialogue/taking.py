"""What comes out of the parcel: of the order, of another, or nothing at all."""

from collections.abc import Sequence
from dataclasses import replace

from wms.floor.turn import Order, Sentence, Tone, say
from wms.returns.dialogue.acts import AskLead, Finish, PutAside, SetAside, TakeIn, Undo
from wms.returns.dialogue.reply import Reply, ask, good, wrong
from wms.returns.dialogue.scene import Hand, Parcel, Said, Scanned, Step, Want, Where, Why


def at_item(parcel: Parcel, where: Where, said: Said) -> Reply:
    """Hear what comes out of the parcel next, or that nothing does."""
    if said.order is not None:
        return _ordered(parcel, where, said.order)
    scanned = _wanted(parcel, said)
    if scanned is not None:
        return take(parcel, where, scanned, said.key)
    if said.parcels:
        return wrong(where, say("returns.finish_first", number=parcel.number))
    return ask(where.to(Step.ITEM, unknown=said.code), say("returns.unknown_thing", code=said.seen))


def take(parcel: Parcel, where: Where, scanned: Scanned, key: str) -> Reply:
    """Take a scanned thing in, as far as it belongs to the order and is told apart from its like."""
    hand = Hand(
        scanned.item_id,
        scanned.sku,
        1 if scanned.has_serials else scanned.units,
        scanned.lot if scanned.has_lots else "",
        scanned.serial if scanned.has_serials else "",
        scanned.has_lots,
        scanned.has_serials,
        key=key,
    )
    if parcel.is_blind:
        return _told_apart(parcel, where, hand)
    want = parcel.want(hand.item_id)
    if want is None:
        return _foreign(parcel, where, hand, Why.FOREIGN)
    if not want.left:
        return _foreign(parcel, where, hand, Why.TOO_MANY)
    if want.left < hand.units:
        told = say("returns.scan_single", n=hand.units, left=want.left, sku=hand.sku)
        return wrong(where, told)
    return _of_order(parcel, where, hand, want)


def at_foreign(parcel: Parcel, where: Where, said: Said) -> Reply:
    """Hear whether what does not belong to the order is set aside."""
    hand = where.hand
    assert hand is not None, "there is a question only about something"
    is_same = said.order is None and said.key == hand.key
    if said.order in {Order.YES, Order.WRONG_ITEM} or is_same:
        return _told_apart(parcel, where, hand)
    if said.order in {Order.NO, Order.UNDO, Order.SKIP}:
        return ask(_back(parcel, where), say("returns.left_in_parcel", sku=hand.sku))
    if said.goods and parcel.lying is None:
        return at_item(parcel, where.to(Step.ITEM), said)
    return wrong(where, say("returns.yes_or_no"))


def at_lot(parcel: Parcel, where: Where, said: Said) -> Reply:
    """Hear which lot it is: its code, scanned or typed; a person who cannot read it says no."""
    hand = where.hand
    assert hand is not None
    if said.order in {Order.UNDO, Order.SKIP}:
        return ask(_back(parcel, where), say("returns.left_in_parcel", sku=hand.sku))
    if said.order in {Order.NO, Order.UNREADABLE}:
        unread = replace(hand, lot=parcel.number)
        if parcel.is_blind or hand.why:
            return _told_apart(parcel, where, unread)
        return _foreign(parcel, where, unread, Why.UNREAD_LOT)
    if said.order is not None:
        return wrong(where, say("returns.ask_lot", sku=hand.sku))
    lot = _lot_said(hand, said)
    if not lot:
        return wrong(where, say("returns.ask_lot", sku=hand.sku))
    return _again(parcel, where, replace(hand, lot=lot))


def at_serial(parcel: Parcel, where: Where, said: Said) -> Reply:
    """Hear which piece it is: its number, scanned or typed."""
    hand = where.hand
    assert hand is not None
    if said.order in {Order.UNDO, Order.SKIP}:
        return ask(_back(parcel, where), say("returns.left_in_parcel", sku=hand.sku))
    if said.order in {Order.NO, Order.UNREADABLE}:
        unread = replace(hand, serial=f"{parcel.number}-{parcel.came + 1}")
        if parcel.is_blind or hand.why:
            return _told_apart(parcel, where, unread)
        return _foreign(parcel, where, unread, Why.OTHER_SERIAL)
    if said.order is not None:
        return wrong(where, say("returns.ask_serial", sku=hand.sku))
    serial = next((its.serial for its in said.goods if its.serial), "") or said.code.strip()
    return _again(parcel, where, replace(hand, serial=serial))


def at_empty(parcel: Parcel, where: Where, said: Said) -> Reply:
    """Hear whether the parcel was empty."""
    if said.order in {Order.YES, Order.EMPTY, Order.DONE}:
        return ask(where.to(Step.PARCEL), say("returns.was_empty", number=parcel.number), Finish())
    back = where.to(Step.ITEM)
    if said.order is not None:
        return good(back, say("returns.scan_what_is_in"))
    return at_item(parcel, back, said)


def _back(parcel: Parcel, where: Where) -> Where:
    """Return where the person goes on once nothing is asked any more."""
    return where.to(Step.GRADE if parcel.lying else Step.ITEM)


def _of_order(parcel: Parcel, where: Where, hand: Hand, want: Want) -> Reply:
    """Take what belongs to the order, unless its lot or number says that another one left the house."""
    if hand.has_lots and hand.lot and want.lots:
        lot = _among(hand.lot, want.lots)
        if not lot:
            return _foreign(parcel, where, hand, Why.OTHER_LOT)
        hand = replace(hand, lot=lot)
    if hand.has_lots and not hand.lot and len(want.lots) == 1:
        hand = replace(hand, lot=want.lots[0])
    if hand.has_serials and hand.serial:
        serial = _among(hand.serial, want.serials)
        if not serial:
            return _foreign(parcel, where, hand, Why.OTHER_SERIAL)
        hand = replace(hand, serial=serial)
    return _told_apart(parcel, where, hand)


def _among(code: str, known: Sequence[str]) -> str:
    """Return the code as the house writes it; empty where it is none of these."""
    return next((one for one in known if one.upper() == code.strip().upper()), "")


def _again(parcel: Parcel, where: Where, hand: Hand) -> Reply:
    """Go on with a thing whose lot or number is known now."""
    want = parcel.want(hand.item_id)
    if parcel.is_blind or hand.why or want is None:
        return _told_apart(parcel, where, hand)
    return _of_order(parcel, where, hand, want)


def _told_apart(parcel: Parcel, where: Where, hand: Hand) -> Reply:
    """Ask for the lot or the number where they are wanted; else do what is to be done with the thing."""
    if hand.has_lots and not hand.lot:
        return ask(where.to(Step.LOT, hand), say("returns.ask_lot", sku=hand.sku))
    if hand.has_serials and not hand.serial:
        return ask(where.to(Step.SERIAL, hand), say("returns.ask_serial", sku=hand.sku))
    if hand.why:
        told = say("returns.set_aside", n=hand.units, sku=hand.sku)
        return ask(where.to(Step.ITEM), told, SetAside(hand))
    return good(where.to(Step.GRADE), _taken(parcel, hand), TakeIn(hand))


def _taken(parcel: Parcel, hand: Hand) -> Sentence:
    lying = parcel.lying.units if parcel.lying else 0
    return say("returns.taken", n=lying + hand.units, sku=hand.sku)


def _foreign(parcel: Parcel, where: Where, hand: Hand, why: Why) -> Reply:
    asked = replace(hand, why=why.value)
    values = {"sku": hand.sku, "order": parcel.order, "lot": hand.lot, "serial": hand.serial}
    return ask(where.to(Step.FOREIGN, asked), say(f"returns.{why}", **values))


def _wanted(parcel: Parcel, said: Said) -> Scanned | None:
    """Return the item that was scanned: of several, one that is in the order."""
    of_order = [goods for goods in said.goods if parcel.want(goods.item_id)]
    return next(iter([*of_order, *said.goods]), None)


def _lot_said(hand: Hand, said: Said) -> str:
    lots = [goods.lot for goods in said.goods if goods.item_id == hand.item_id and goods.lot]
    if lots:
        return lots[0]
    return "" if any(goods.item_id == hand.item_id for goods in said.goods) else said.code.strip()


def _ordered(parcel: Parcel, where: Where, order: Order) -> Reply:
    number = parcel.number
    match order:
        case Order.DONE | Order.EMPTY:
            return _done(parcel, where, order)
        case Order.UNDO if parcel.came:
            return ask(where, say("returns.undone"), Undo())
        case Order.UNDO:
            return wrong(where, say("returns.nothing_to_undo", number=number))
        case Order.SKIP:
            return ask(where.to(Step.PARCEL), say("returns.put_aside", number=number), PutAside())
        case Order.WRONG_ITEM if where.unknown:
            return ask(where.to(Step.ITEM), say("returns.lead_asked"), AskLead(where.unknown))
        case _:
            return wrong(where, say("returns.scan_what_is_in"))


def _done(parcel: Parcel, where: Where, order: Order) -> Reply:
    number = parcel.number
    if not parcel.came:
        return ask(where.to(Step.EMPTY), say("returns.ask_empty", number=number))
    if order is Order.EMPTY:
        return wrong(where, say("returns.scan_what_is_in"))
    return Reply(where.to(Step.PARCEL), say("returns.done", number=number), Tone.TASK, Finish())
