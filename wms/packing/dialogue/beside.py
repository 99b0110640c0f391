"""What a bench shows on both sides of the instruction: what is in the box and how it will leave."""

from typing import Any

from wms.floor.turn import Amount, Bench, Check, Fact, Sentence, Thing, Tone, say
from wms.orders import money
from wms.packing.dialogue.again import ENDING
from wms.packing.dialogue.at import At, Step
from wms.packing.dialogue.job import Box, InHand, Job, LabelState, Sheet, Want

SOON_MINUTES = 30
"""A truck that leaves within so long is told in yellow."""

KILOGRAM_G = 1000


def beside(job: Job, at: At) -> Bench:
    """Return both sides of the screen."""
    return Bench(
        checks=_checks(job, at),
        facts=tuple(_facts(job, at)),
        note=_note(job),
        picture=job.sheet.picture if job.sheet and at.step is Step.STICK else "",
        scale=_is_watched(job, at),
    )


def _checks(job: Job, at: At) -> tuple[Check, ...]:
    if job.lines:
        now = at.key[0] if at.key else None
        return tuple(
            Check(
                Thing(
                    line.item.name,
                    line.item.sku,
                    line.item.picture,
                    _more(line.item.personalisation),
                ),
                Amount(line.done, line.of),
                is_now=line.id == now and line.done < line.of,
            )
            for line in job.lines
        )
    return tuple(_waiting(want) for want in job.wants)


def _waiting(want: Want) -> Check:
    item = want.item
    return Check(Thing(item.name, item.sku, item.picture, (want.order,)), Amount(0, want.left))


def _more(text: str) -> tuple[str, ...]:
    return (text,) if text else ()


def _note(job: Job) -> str:
    if job.order is None:
        return ""
    return "\n".join(text for text in (job.order.gift_note, job.order.note) if text)


def _facts(job: Job, at: At) -> list[Fact]:
    facts = []
    if job.order is not None:
        facts += _leaving(job.order)
    if job.box is not None:
        facts.append(_box(job.box))
    if _has_scale(job) or (job.box and job.box.weight_g):
        facts.append(_weight(job))
    if job.box is not None and job.box.expected_g and not job.box.weight_g:
        facts.append(
            Fact(say("packing.fact_expected"), say("packing.kilograms", kg=_kg(job.box.expected_g)))
        )
    if job.box is not None:
        facts += _label(job.box)
    if at.void_label:
        thrown = say("packing.throw_away", ends=at.void_label[-ENDING:])
        facts.append(Fact(say("packing.fact_old_label"), thrown, Tone.ATTENTION))
    if job.sheet is not None:
        facts.append(_sheet(job.sheet))
    if at.step in {Step.ITEM, Step.MORE} and job.other_totes:
        totes = ", ".join(tote.code for tote in job.other_totes)
        facts.append(Fact(say("packing.fact_more"), say("packing.in_totes", totes=totes)))
    return facts


def _leaving(order: InHand) -> list[Fact]:
    if order.minutes is None:
        return []
    tone = Tone.QUIET
    if order.minutes < SOON_MINUTES:
        tone = Tone.WRONG if order.minutes < 0 else Tone.ATTENTION
    values = {"carrier": order.carrier, "clock": order.leaves}
    told = _span("packing.leaves_in" if order.minutes >= 0 else "packing.left_ago", order.minutes)
    return [Fact(say("packing.fact_leaves"), say(told.id, **values, **told.values), tone)]


def _span(sentence: str, minutes: int) -> Sentence:
    hours, rest = divmod(abs(minutes), 60)
    return say(sentence, hours=hours, minutes=rest)


def _box(box: Box) -> Fact:
    told = say("packing.box_open", box=box.number, n=box.units)
    if box.name:
        told = say("packing.box_closed", box=box.number, name=box.name, n=box.units)
    return Fact(say("packing.fact_box"), told)


def _weight(job: Job) -> Fact:
    label, box = say("packing.fact_weight"), job.box
    if box is not None and box.weight_g:
        words = "packing.kilograms_typed" if box.is_by_hand else "packing.kilograms"
        return Fact(label, say(words, kg=_kg(box.weight_g)))
    scale = job.bench.scale if job.bench else None
    if scale is None or not scale.is_fresh:
        return Fact(say("packing.fact_scale"), say("packing.scale_says_nothing"))
    told = say("packing.kilograms", kg=_kg(scale.weight_g))
    return Fact(label, told, Tone.GOOD if scale.is_stable else Tone.QUIET)


def _label(box: Box) -> list[Fact]:
    words = box.label_words
    facts = []
    if words.get("service") or words.get("carrier"):
        service = " ".join(filter(None, [words.get("carrier"), words.get("service")]))
        facts.append(Fact(say("packing.fact_service"), say("packing.plain", text=service)))
    if words.get("price_minor") is not None and words.get("currency"):
        facts.append(Fact(say("packing.fact_price"), _price(words)))
    tones = {LabelState.IN_DOUBT: Tone.ATTENTION, LabelState.REFUSED: Tone.WRONG}
    if box.label_state is not LabelState.NONE:
        told = say(f"packing.label_{box.label_state.value}")
        tone = tones.get(box.label_state, Tone.QUIET)
        facts.append(Fact(say("packing.fact_label"), told, tone))
    if box.label_state is LabelState.BOUGHT and words.get("why"):  # no printer serves this bench
        note = say("packing.plain", text=str(words["why"]))
        facts.append(Fact(say("packing.fact_print"), note, Tone.ATTENTION))
    return facts


def _price(words: Any) -> Sentence:
    amount = money.written(words["price_minor"], words["currency"])
    if words.get("days"):
        return say(
            "packing.price_and_days", amount=amount, currency=words["currency"], n=words["days"]
        )
    return say("packing.price", amount=amount, currency=words["currency"])


def _sheet(sheet: Sheet) -> Fact:
    told = say(f"packing.sheet_{sheet.state}", printer=sheet.printer)
    if sheet.is_open and sheet.condition:
        told = say(f"packing.printer_{sheet.condition}", printer=sheet.printer)
        return Fact(say("packing.fact_print"), told, Tone.WRONG)
    tone = Tone.ATTENTION if sheet.state == "unsure" else Tone.QUIET
    return Fact(say("packing.fact_print"), told, tone)


def _has_scale(job: Job) -> bool:
    return job.bench is not None and job.bench.has_scale


def _is_watched(job: Job, at: At) -> bool:
    """Whether the scale is shown as it changes: when the box is weighed, and before that if it talks."""
    if not _has_scale(job):
        return False
    scale = job.bench.scale if job.bench else None
    talks = scale is not None and scale.is_fresh
    return at.step in {Step.WEIGH, Step.OFF} or (talks and at.step in {Step.ITEM, Step.BOX})


def _kg(grams: int) -> str:
    return f"{grams / KILOGRAM_G:.3f}"
