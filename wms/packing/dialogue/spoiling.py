"""What is found wrong once it is in the box: a damaged unit, or a thing that should not be there."""

from collections.abc import Mapping

from wms.floor.turn import Order, Sentence, say
from wms.packing.dialogue.acts import Foreign, Spoiled
from wms.packing.dialogue.again import ENDING
from wms.packing.dialogue.at import At, Said, Step
from wms.packing.dialogue.job import Held, Job
from wms.packing.dialogue.reply import Reply, ask, look, wrong

WITH_A_BOX = frozenset({Step.MORE, Step.BOX, Step.WEIGH, Step.LABEL, Step.NUMBER, Step.STICK})
"""Where somebody may say that something in the box is wrong. While it is filled the tote is asked first."""

CONFIRMS = frozenset({Order.YES, Order.DONE, Order.DAMAGED})

WRONG_IN_IT = {Order.DAMAGED: Step.SPOILED, Order.WRONG_ITEM: Step.FOREIGN}


def wrong_in_box(job: Job, at: At, order: Order) -> Reply:
    """Ask which unit in the box is wrong."""
    there = at.to(WRONG_IN_IT[order], asked=None)
    return ask(there, _question(job, there))


def at_spoiled(job: Job, at: At, said: Said) -> Reply:
    """Hear which one in the box is damaged: by its code, by its figure, or by a yes where there is one thing only."""
    mine = _chosen(job, said)
    if mine is None:
        return ask(at, _question(job, at))
    return out_of_box(job, at, Spoiled(mine))


def at_foreign(job: Job, at: At, said: Said) -> Reply:
    """Hear what lay in the box, then what should have been there in its place."""
    mine = _chosen(job, said)
    if mine is not None:
        return out_of_box(job, at, Foreign(mine, at.asked))
    if said.goods:
        one = said.goods[0]
        return ask(at.to(Step.FOREIGN, asked=one.item_id), say("packing.instead_of", sku=one.sku))
    return wrong(at, _question(job, at))


def out_of_box(job: Job, at: At, act: Spoiled | Foreign) -> Reply:
    """Let a unit come out of the box; where the box wears a label, that one is thrown away."""
    told, label = _OUT[type(act)], job.box.label_code if job.box else ""
    there = at.to(Step.ITEM, asked=None, old_label=label or at.old_label)
    if not label:
        return look(there, say(told, sku=act.held.sku), act)
    return look(there, say(f"{told}_labelled", sku=act.held.sku, ends=label[-ENDING:]), act)


_OUT: Mapping[type, str] = {
    Spoiled: "packing.is_damaged_in_box",
    Foreign: "packing.is_foreign",
}


def held_of(job: Job, said: Said) -> Held | None:
    """Return what in the box was scanned."""
    for goods in said.goods:
        for held in _holds(job):
            is_lot = not (goods.lot and held.lot) or goods.lot == held.lot
            is_serial = not (goods.serial and held.serial) or goods.serial == held.serial
            if held.item_id == goods.item_id and is_lot and is_serial:
                return held
    return None


def _chosen(job: Job, said: Said) -> Held | None:
    holds = _holds(job)
    if said.order is Order.QUANTITY and said.quantity:
        return holds[said.quantity - 1] if said.quantity <= len(holds) else None
    if said.order in CONFIRMS:
        return holds[0] if len(holds) == 1 else None
    return held_of(job, said)


def _question(job: Job, at: At) -> Sentence:
    box = job.box.number if job.box else ""
    if at.step is Step.SPOILED:
        return say("packing.which_is_damaged", box=box)
    return say("packing.which_is_foreign", box=box)


def _holds(job: Job) -> tuple[Held, ...]:
    return job.box.holds if job.box else ()
