"""Closing the box and weighing it."""

from wms.floor.turn import Order, Sentence, say
from wms.packing.dialogue.acts import Close, Reopen, Weigh
from wms.packing.dialogue.at import At, Said, Step
from wms.packing.dialogue.counting import at_item
from wms.packing.dialogue.job import Box, Job
from wms.packing.dialogue.reply import Reply, ask, good, wrong

CONFIRMS = frozenset({Order.YES, Order.DONE})


def at_box(job: Job, at: At, said: Said) -> Reply:
    """Hear into which type of box it goes: a figure, or a yes for the first."""
    if said.goods and job.wants:
        return at_item(job, at.to(Step.ITEM), said)
    if not job.options:
        return wrong(at, say("packing.no_boxes"))
    number = 1 if said.order in CONFIRMS else said.quantity if said.order is Order.BOX else None
    if number is None:
        return wrong(at, say("packing.choose_box", box=job.options[0].name))
    if not 0 < number <= len(job.options):
        return wrong(at, say("packing.no_such_choice", most=len(job.options)))
    option = job.options[number - 1]
    return good(at, say("packing.closed", box=option.name), Close(option.box_type_id))


def at_weigh(job: Job, at: At, said: Said) -> Reply:
    """Hear what it weighs: from the scale, or typed."""
    if said.order is Order.QUANTITY and said.quantity:
        return good(at, act=Weigh(said.quantity, is_by_hand=True))
    if said.order is Order.WEIGH or (said.order in CONFIRMS and _has_scale(job)):
        return _from_scale(job, at)
    if said.order is Order.NO or said.goods:
        return wrong(at, say("packing.box_is_closed"))
    return wrong(at, _put_on(job))


def at_off(job: Job, at: At, said: Said) -> Reply:
    """Hear what is done about a weight that cannot be: count once more, weigh once more, or a lead says it is right."""
    if said.order is Order.NO:
        return good(at, say("packing.count_the_box"), Reopen())
    if said.order in CONFIRMS and said.is_lead and at.asked:
        return good(at, act=Weigh(at.asked, is_by_hand=at.is_by_hand, is_right=True))
    if said.order in CONFIRMS:
        return wrong(at, say("packing.lead_says_it_is_right"))
    return at_weigh(job, at, said)


def _from_scale(job: Job, at: At) -> Reply:
    if not _has_scale(job):
        return ask(at, say("packing.no_scale"))
    scale = job.bench.scale if job.bench else None
    if scale is None or not scale.is_fresh or not scale.weight_g:
        return wrong(at, say("packing.scale_is_silent"))
    if not scale.is_stable:
        return wrong(at, say("packing.scale_moves"))
    return good(at, act=Weigh(scale.weight_g, is_by_hand=False))


def _put_on(job: Job) -> Sentence:
    return say("packing.put_on_scale") if _has_scale(job) else say("packing.type_weight")


def _has_scale(job: Job) -> bool:
    return job.bench is not None and job.bench.has_scale


def plausible(box: Box) -> int:
    """Return what the box should weigh; half a kilogram where nobody knows."""
    return box.expected_g or 500
