"""The label: waited for, doubted, refused, typed; then stuck on the box and scanned, which proves all of it."""

from wms.floor.turn import Order, Sentence, say
from wms.packing.dialogue.acts import Answer, AskAgain, Number, Reprint, Stage
from wms.packing.dialogue.again import ENDING
from wms.packing.dialogue.at import At, Said, Step
from wms.packing.dialogue.job import Box, Job, LabelState
from wms.packing.dialogue.reply import Reply, ask, good, wrong

CONFIRMS = frozenset({Order.YES, Order.DONE})

REASONS = ("packing.why_not_out", "packing.why_torn", "packing.why_unreadable")
"""Why a label is printed once more."""

UNSURE = "unsure"
"""Of a sheet: the printer does not say whether it came out, so a person does."""

SHORTEST_NUMBER = 5
"""No carrier's number is shorter."""


def at_label(job: Job, at: At, said: Said) -> Reply:
    """Hear somebody who waits for the label."""
    box = job.box
    if box is None:
        return Reply(at)
    if box.label_state is LabelState.REFUSED:
        if said.order in CONFIRMS:
            return good(at, say("packing.asked_again"), AskAgain())
        return wrong(at, why_none(box))
    if box.label_state is LabelState.TYPED and said.code and said.order is None:
        return at_number(job, at, said)
    return ask(at, waits_for(box))


def at_number(job: Job, at: At, said: Said) -> Reply:
    """Hear the number of a label that was had elsewhere: what nobody knows yet."""
    number = said.code.strip()
    is_known = said.goods or said.spots or said.stations or said.parcels or said.orders
    if said.order is not None or is_known or len(number) < SHORTEST_NUMBER:
        return wrong(at, say("packing.scan_number", box=job.box.number if job.box else ""))
    there = at.to(Step.LABEL, asked=1)
    return good(there, say("packing.number_noted", number=number), Number(number))


def at_stick(job: Job, at: At, said: Said) -> Reply:
    """Hear the label's own barcode, which proves that it came out and sits on the right box."""
    box = job.box
    if box is None:
        return Reply(at)
    if said.is_label:
        there = at.to(at.step, old_label="")
        return good(there, say("packing.labelled", box=box.number), Stage())
    if said.order is Order.REPRINT:
        return ask(at.to(Step.REPRINT), say("packing.why_again"))
    if said.order in {Order.YES, Order.NO} and job.sheet is not None and job.sheet.state == UNSURE:
        came_out = said.order is Order.YES
        told = "packing.stick_it" if came_out else "packing.comes_again"
        return good(at, say(told, printer=job.sheet.printer), Answer(came_out=came_out))
    return wrong(at, _other_label(box, said))


def _other_label(box: Box, said: Said) -> Sentence:
    if said.parcels:
        other = said.parcels[0]
        return say("packing.other_label", box=other.number, order=other.order)
    if said.order is None and said.code and not (said.goods or said.spots):
        return say("packing.not_its_label", code=said.code, ends=ending(box))
    return say("packing.scan_label", ends=ending(box))


def at_reprint(job: Job, at: At, said: Said) -> Reply:
    """Hear why the label is printed once more."""
    if said.is_label:
        return at_stick(job, at.to(Step.STICK), said)
    number = said.quantity if said.order is Order.QUANTITY else None
    if number is None or not 0 < number <= len(REASONS):
        return ask(at, say("packing.why_again"))
    if job.sheet is None:
        return wrong(at.to(Step.STICK), say("packing.no_sheet"))
    told = say("packing.prints_again", printer=job.sheet.printer)
    return good(at.to(Step.STICK), told, Reprint(REASONS[number - 1]))


def waits_for(box: Box) -> Sentence:
    """Say what is being waited for."""
    if box.label_state is LabelState.IN_DOUBT:
        return say("packing.in_doubt", carrier=box.label_words.get("carrier") or "")
    if box.label_state is LabelState.TYPED:
        return say("packing.number_is_checked")
    return say("packing.label_is_bought")


def why_none(box: Box) -> Sentence:
    """Say why there is no label."""
    return say("packing.refused", why=str(box.label_words.get("why") or ""))


def ending(box: Box) -> str:
    """Return the last signs of a label's number, by which people tell labels apart."""
    return box.label_code[-ENDING:]
