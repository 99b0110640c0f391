"""Every unit is checked on its way into the box: never a foreign one, never one too many."""

from collections.abc import Callable

from wms.floor.turn import Order, Sentence, say
from wms.packing.dialogue.acts import Damaged, Missing, Open, Put, Spoiled
from wms.packing.dialogue.at import At, Goods, Said, Step
from wms.packing.dialogue.job import KEYPAD_ABOVE, Job, Want
from wms.packing.dialogue.reply import Reply, ask, good, look, wrong
from wms.packing.dialogue.spoiling import held_of, out_of_box

NAMED = 3
"""Of so many things that were not scanned the sentence tells; the list beside it shows all."""


def at_item(job: Job, at: At, said: Said) -> Reply:
    """Count the item into the box, or hear what is wrong with it."""
    if said.order is not None:
        return _ordered(job, at, said)
    if said.goods:
        return _scanned(job, at, said.goods)
    return _no_goods(job, at, said)


def at_lot(job: Job, at: At, said: Said) -> Reply:
    """Hear which lot, or which single piece it is, where orders of several wait in one tote."""
    asked = job.want(at.key)
    if asked is None:
        return Reply(at.to(Step.ITEM))
    same = [want for want in job.wants if want.item.id == asked.item.id]
    told = {said.code, *(text for goods in said.goods for text in (goods.lot, goods.serial))}
    mine = next((want for want in same if {want.lot, want.serial} - {""} & told), None)
    if mine is not None:
        return _put(at.to(Step.ITEM, asked=None, key=None), mine, at.asked or 1)
    lots = ", ".join(sorted({want.lot or want.serial for want in same}))
    return ask(at, say("packing.which_lot", sku=asked.item.sku, lots=lots))


def at_short(job: Job, at: At, said: Said) -> Reply:
    """Hear once more that what should be in the tote is not there."""
    back = at.to(Step.ITEM)
    if said.order in {Order.YES, Order.DONE, Order.SHORT, Order.EMPTY}:
        return look(back, say("packing.are_missing", n=job.left), Missing())
    if said.goods:
        return at_item(job, back, said)
    return ask(at, _gone(job))


def at_damaged(job: Job, at: At, said: Said) -> Reply:
    """Hear which one is damaged, in the tote or in the box; what was scanned last may be said by a yes."""
    ids = {goods.item_id for goods in said.goods}
    mine = next((want for want in job.wants if want.item.id in ids), None)
    if said.order in {Order.YES, Order.DONE, Order.DAMAGED}:
        mine = job.want(at.key) or (job.wants[0] if len(job.wants) == 1 else None)
    if mine is None and (held := held_of(job, said)) is not None:
        return out_of_box(job, at, Spoiled(held))
    if mine is None:
        return ask(at, say("packing.scan_damaged"))
    return look(at.to(Step.ITEM), say("packing.is_damaged", sku=mine.item.sku), Damaged(mine))


def next_want(job: Job, at: At) -> Want | None:
    """Return what is taken next: more of what was scanned last, else the first that waits."""
    return job.want(at.key) or next(iter(job.wants), None)


def may_type(job: Job, at: At) -> int:
    """Return the number that would be right to type now; 0 where each unit is scanned."""
    want = job.want(at.key)
    total = at.counted + want.left if want else 0
    return total if total > KEYPAD_ABOVE else 0


def _scanned(job: Job, at: At, goods: tuple[Goods, ...]) -> Reply:
    ids = {one.item_id: one for one in goods}
    wants = [want for want in job.wants if want.item.id in ids]
    if not wants:
        return wrong(at, _not_wanted(job, at, goods[0]))
    one = ids[wants[0].item.id]
    mine = [want for want in wants if _fits(want, one)]
    if not mine:
        return wrong(at, _other_lot(wants[0], one))
    if _is_unclear(mine, one):
        return ask(
            at.to(Step.LOT, key=mine[0].key, asked=one.quantity),
            say("packing.which_lot", sku=one.sku, lots=_lots(mine)),
        )
    enough = next((want for want in mine if want.left >= one.quantity), None)
    if enough is None:
        left = max(want.left for want in mine)
        return wrong(at, say("packing.too_many", n=one.quantity, left=left, sku=one.sku))
    return _put(at, enough, one.quantity)


def _fits(want: Want, goods: Goods) -> bool:
    is_lot = not (goods.lot and want.lot) or goods.lot == want.lot
    return is_lot and (not (goods.serial and want.serial) or goods.serial == want.serial)


def _is_unclear(wants: list[Want], goods: Goods) -> bool:
    """Whether the lot decides which customer gets the unit, and the code did not say it."""
    lots = {(want.lot_id, want.serial_id) for want in wants}
    return len(lots) > 1 and len({want.fo_id for want in wants}) > 1 and not goods.lot


def _put(at: At, want: Want, units: int) -> Reply:
    counted = at.counted + units if at.key == want.key else units
    there = at.to(Step.ITEM, fo_id=want.fo_id, key=want.key, counted=counted, asked=None)
    left = want.left - units
    told = say("packing.in", n=units, sku=want.item.sku, left=left)
    if not left:
        told = say("packing.all_in", sku=want.item.sku, n=counted)
    elif left > KEYPAD_ABOVE:
        told = say("packing.in_or_type", n=units, sku=want.item.sku, left=left)
    return good(there, told, Put(want, units))


def _not_wanted(job: Job, at: At, goods: Goods) -> Sentence:
    line = next((line for line in job.lines if line.item.id == goods.item_id), None)
    if line is not None and line.done >= line.of:
        return say("packing.enough", done=line.done, sku=goods.sku)
    if line is not None:
        totes = ", ".join(tote.code for tote in job.other_totes)
        return say("packing.in_other_tote", sku=goods.sku, totes=totes)
    want = next_want(job, at)
    wanted, name = (want.item.sku, want.item.name) if want else ("", "")
    return say("packing.wrong_item", here=goods.sku, sku=wanted, name=name)


def _other_lot(want: Want, goods: Goods) -> Sentence:
    if goods.serial and want.serial and goods.serial != want.serial:
        return say("packing.wrong_serial", here=goods.serial, serial=want.serial)
    return say("packing.wrong_lot", here=goods.lot or "", lot=want.lot, sku=want.item.sku)


def _lots(wants: list[Want]) -> str:
    return ", ".join(sorted({want.lot or want.serial for want in wants}))


def _no_goods(job: Job, at: At, said: Said) -> Reply:
    sku = _sku(job, at)
    tote = said.tote()
    other = next((one for one in job.other_totes if tote and one.id == tote.id), None)
    if other is not None:
        return good(at, act=Open(other.id, other.code, is_sure=True))
    if tote is not None and job.tote is not None and tote.id == job.tote.id:
        return wrong(at, say("packing.not_scanned", n=job.left, sku=sku))
    if tote is not None:
        return wrong(at, say("packing.finish_first", here=tote.code, sku=sku))
    if said.is_label or said.parcels or said.spots or said.orders or said.stations:
        return wrong(at, say("packing.scan_item", sku=sku))
    return wrong(at, say("packing.unknown_item", code=said.code, sku=sku))


def _ordered(job: Job, at: At, said: Said) -> Reply:
    answer = _ORDERS.get(said.order) if said.order else None
    if answer is not None:
        return answer(job, at, said)
    return wrong(at, say("packing.scan_item", sku=_sku(job, at)))


def _short(job: Job, at: At, _said: Said) -> Reply:
    return ask(at.to(Step.SHORT), _gone(job))


def _damaged(_job: Job, at: At, _said: Said) -> Reply:
    return ask(at.to(Step.DAMAGED), say("packing.scan_damaged"))


def _foreign(job: Job, at: At, _said: Said) -> Reply:
    return ask(at, say("packing.lay_aside", sku=_sku(job, at)))


def _not_all(job: Job, at: At, _said: Said) -> Reply:
    return wrong(at, say("packing.not_scanned", n=job.left, sku=_sku(job, at)))


def _full(job: Job, at: At, _said: Said) -> Reply:
    if job.box is None or not job.box.units:
        return wrong(at, say("packing.nothing_in_yet", sku=_sku(job, at)))
    return good(at.to(Step.BOX), say("packing.close_this_one", box=job.box.number))


def _choose(job: Job, at: At, said: Said) -> Reply:
    number = said.quantity or 0
    if not 0 < number <= len(job.options):
        return wrong(at, say("packing.no_such_choice", most=len(job.options)))
    option = job.options[number - 1]
    return good(
        at.to(at.step, box_type_id=option.box_type_id),
        say("packing.box_chosen", box=option.name, sku=_sku(job, at)),
    )


def _unreadable(job: Job, at: At, said: Said) -> Reply:
    want = next_want(job, at)
    if want is None or not said.is_lead:
        return wrong(at, say("packing.unreadable", sku=_sku(job, at)))
    return _put(at, want, 1)


def _typed(job: Job, at: At, said: Said) -> Reply:
    units = said.quantity or 0
    want = job.want(at.key)
    sku = _sku(job, at)
    if not may_type(job, at) or want is None:
        first = next_want(job, at)
        is_many = first is not None and first.left > KEYPAD_ABOVE
        told = "packing.scan_one_first" if is_many else "packing.scan_each"
        return wrong(at, say(told, sku=sku))
    if units < at.counted:
        return wrong(at, say("packing.scanned_already", n=at.counted, sku=sku))
    if units == at.counted:
        return good(at, say("packing.in", n=units, sku=sku, left=want.left))
    if units - at.counted > want.left:
        most = at.counted + want.left
        return wrong(at, say("packing.only_so_many", most=most, sku=sku))
    return _put(at, want, units - at.counted)


def _gone(job: Job) -> Sentence:
    named = [f"{want.left} × {want.item.sku}" for want in job.wants]
    missing = ", ".join(named[:NAMED]) + (" …" if len(named) > NAMED else "")
    return say("packing.ask_missing", n=job.left, what=missing)


def _sku(job: Job, at: At) -> str:
    want = next_want(job, at)
    return want.item.sku if want else ""


_ORDERS: dict[Order, Callable[[Job, At, Said], Reply]] = {
    Order.QUANTITY: _typed,
    Order.SHORT: _short,
    Order.EMPTY: _short,
    Order.DAMAGED: _damaged,
    Order.FULL: _full,
    Order.BOX: _choose,
    Order.WRONG_ITEM: _foreign,
    Order.UNREADABLE: _unreadable,
    Order.DONE: _not_all,
    Order.WEIGH: _not_all,
    Order.YES: _not_all,
}
