"""What a scan, button or number means at each step. A wrong one says what to do, not what went wrong."""

from collections.abc import Callable

from wms.floor.turn import Order, Sentence, say
from wms.packing.dialogue.acts import (
    Emptied,
    GiveBack,
    Hold,
    Leftover,
    Open,
    Resume,
    Sit,
    Undo,
    Unpack,
)
from wms.packing.dialogue.again import ask_again, at_again, at_bench, hear_old_label
from wms.packing.dialogue.at import ASIDES, At, Said, Step
from wms.packing.dialogue.boxing import at_box, at_off, at_weigh
from wms.packing.dialogue.counting import at_damaged, at_item, at_lot, at_short
from wms.packing.dialogue.going import onward
from wms.packing.dialogue.job import Job
from wms.packing.dialogue.labelling import at_label, at_number, at_reprint, at_stick
from wms.packing.dialogue.reply import Reply, ask, good, look, wrong
from wms.packing.dialogue.spoiling import (
    WITH_A_BOX,
    WRONG_IN_IT,
    at_foreign,
    at_spoiled,
    wrong_in_box,
)
from wms.packing.lifecycle import PackageState

CONFIRMS = frozenset({Order.YES, Order.DONE, Order.EMPTY})


def hear(job: Job, at: At, said: Said) -> Reply:
    """Answer one scan, button or number."""
    if said.order in _ANYWHERE:
        return _ANYWHERE[said.order](job, at)
    if said.order is Order.NO and at.step in ASIDES - {Step.OFF}:
        return good(_back(job, at))
    if said.order in WRONG_IN_IT and at.step in WITH_A_BOX and job.box is not None:
        return wrong_in_box(job, at, said.order)
    return hear_old_label(at, said) or _STEPS[at.step](job, at, said)


def _undo(job: Job, at: At) -> Reply:
    """Leave a question first; then take back what was done."""
    if at.step in ASIDES or (at.step is Step.BENCH and at.asked):
        return good(_back(job, at))
    return good(at, act=Undo())


def _back(job: Job, at: At) -> At:
    there = at.to(Step.ITEM, asked=None, is_by_hand=False, old_label=at.void_label)
    return onward(job, there)


def _photo(_job: Job, at: At) -> Reply:
    return ask(at, say("packing.photo_at_the_tablet"))


def _hold(_job: Job, at: At) -> Reply:
    if at.step in {Step.BENCH, Step.TOTE, Step.AGAIN}:
        return wrong(at, say("packing.nothing_in_hand"))
    return good(at, act=Hold())


def _unpack(job: Job, at: At) -> Reply:
    if job.box is None:
        return wrong(at, say("packing.no_box_in_hand"))
    asked = say("packing.ask_unpack", box=job.box.number, n=job.box.units)
    return ask(at.to(Step.UNPACK), asked)


def _at_unpack(job: Job, at: At, said: Said) -> Reply:
    if said.order in {Order.YES, Order.DONE} and job.box is not None:
        told = say("packing.unpacked", box=job.box.number, n=job.box.units)
        old_label = job.box.label_code or at.old_label
        return good(at.to(Step.ITEM, old_label=old_label), told, Unpack())
    return _unpack(job, at)


def _at_bench(job: Job, at: At, said: Said) -> Reply:
    del job
    if (asked := at_bench(at, said)) is not None:
        return asked
    if said.stations:
        return good(at, act=Sit(said.stations[0]))
    return wrong(at, say("packing.scan_bench"))


def _at_tote(job: Job, at: At, said: Said) -> Reply:
    """Hear which tote, order or box is packed next; another bench's code moves the packer there."""
    if said.stations:
        return good(at, act=Sit(said.stations[0]))
    if tote := said.tote():
        return good(at, act=Open(tote.id, tote.code, is_sure=at.asked == tote.id))
    if said.parcels:
        return _parcel(at, said)
    if said.orders:
        number, totes = said.orders[0]
        lies = say("packing.order_lies_in", order=number, totes=totes)
        return ask(at, lies if totes else say("packing.order_lies_nowhere", order=number))
    return wrong(at, _which_tote(job))


def _parcel(at: At, said: Said) -> Reply:
    parcel = said.parcels[0]
    if parcel.is_live:
        return good(at, act=Resume(parcel.id))
    if parcel.label:
        return ask_again(at, parcel)
    told = _OVER.get(parcel.state, "packing.box_is_done")
    return ask(at, say(told, box=parcel.number, order=parcel.order))


_OVER = {
    PackageState.HANDED_OVER: "packing.box_left",
    PackageState.VOID: "packing.box_given_up",
}


def _which_tote(job: Job) -> Sentence:
    if job.offers:
        return say("packing.scan_tote", tote=job.offers[0])
    return say("packing.scan_any_tote")


def _at_more(job: Job, at: At, said: Said) -> Reply:
    """Hear the next tote of the same order."""
    totes = ", ".join(tote.code for tote in job.other_totes)
    order = job.order.number if job.order else ""
    tote = said.tote()
    mine = next((one for one in job.other_totes if tote and one.id == tote.id), None)
    if mine is not None:
        return good(at, act=Open(mine.id, mine.code, is_sure=True))
    if tote is not None:
        return wrong(at, say("packing.other_tote", here=tote.code, order=order, totes=totes))
    if said.order in {Order.FULL, Order.DONE} and job.box is not None and job.box.units:
        return good(at.to(Step.BOX), say("packing.close_this_one", box=job.box.number))
    return wrong(at, say("packing.scan_more", order=order, totes=totes))


def _at_empty(job: Job, at: At, said: Said) -> Reply:
    """Hear that the tote is empty, best by its own code; or what is in it still."""
    tote = job.tote
    if tote is None:
        return Reply(at.between())
    if said.order in CONFIRMS or any(spot.id == tote.id for spot in said.spots):
        return good(at, say("packing.tote_is_free", tote=tote.code), Emptied())
    if said.order in {Order.NO, Order.WRONG_ITEM}:
        return ask(at.to(Step.LEFTOVER), say("packing.scan_leftover", tote=tote.code))
    if said.goods:
        return _at_leftover(job, at, said)
    return wrong(at, say("packing.empty_first", tote=tote.code))


def _at_leftover(job: Job, at: At, said: Said) -> Reply:
    tote = job.tote.code if job.tote else ""
    if said.goods:
        sku = said.goods[0].sku
        return look(at, say("packing.left_over", sku=sku, tote=tote), Leftover(sku))
    if said.code and said.order is None and not said.spots:
        told = say("packing.left_over", sku=said.code, tote=tote)
        return look(at, told, Leftover(said.code))
    return ask(at.to(Step.LEFTOVER), say("packing.scan_leftover", tote=tote))


def _at_back(job: Job, at: At, said: Said) -> Reply:
    """Hear into which tote the units of a cancelled order were put back."""
    order = job.order.number if job.order else ""
    if tote := said.tote():
        told = say("packing.given_back", order=order, tote=tote.code)
        return good(at, told, GiveBack(tote.id, tote.code))
    return wrong(at, say("packing.give_back", order=order))


_ANYWHERE: dict[Order, Callable[[Job, At], Reply]] = {
    Order.UNDO: _undo,
    Order.SKIP: _hold,
    Order.PHOTO: _photo,
    Order.UNPACK: _unpack,
}

_STEPS: dict[Step, Callable[[Job, At, Said], Reply]] = {
    Step.BENCH: _at_bench,
    Step.TOTE: _at_tote,
    Step.ITEM: at_item,
    Step.LOT: at_lot,
    Step.SHORT: at_short,
    Step.DAMAGED: at_damaged,
    Step.SPOILED: at_spoiled,
    Step.FOREIGN: at_foreign,
    Step.MORE: _at_more,
    Step.BOX: at_box,
    Step.WEIGH: at_weigh,
    Step.OFF: at_off,
    Step.LABEL: at_label,
    Step.NUMBER: at_number,
    Step.STICK: at_stick,
    Step.REPRINT: at_reprint,
    Step.AGAIN: at_again,
    Step.UNPACK: _at_unpack,
    Step.EMPTY: _at_empty,
    Step.LEFTOVER: _at_leftover,
    Step.BACK: _at_back,
}
