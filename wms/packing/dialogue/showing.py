"""What the screen shows at each step: one verb, one target, the thing in hand, and four keys."""

from dataclasses import replace

from wms.floor.turn import Amount, Sentence, Thing, Tone, Turn, say
from wms.packing.dialogue.at import At, Step
from wms.packing.dialogue.beside import beside
from wms.packing.dialogue.counting import may_type, next_want
from wms.packing.dialogue.expecting import expects
from wms.packing.dialogue.job import Item, Job, LabelState, Want
from wms.packing.dialogue.keys import keys, problems
from wms.packing.dialogue.labelling import why_none

PROCESS = "packing"


def show(job: Job, at: At, sentence: Sentence | None = None, tone: Tone = Tone.QUIET) -> Turn:
    """Return the screen for where somebody stands."""
    turn = Turn(
        process=PROCESS,
        step=at.step.value,
        verb=_verb(job, at),
        target=_target(job, at),
        say=sentence or _told(job, at),
        tone=tone,
        title=_title(job),
        progress=_progress(job),
        buttons=keys(job, at),
        problems=problems(job, at),
        bench=beside(job, at),
        waits=_waits(job, at),
        settled=_settled(job, at),
        expects=expects(job, at),
    )
    want = next_want(job, at) if at.step in {Step.ITEM, Step.LOT, Step.DAMAGED} else None
    if want is not None:
        turn = replace(turn, thing=_thing(want), amount=_amount(job, want))
    is_typed = at.step is Step.WEIGH or (at.step is Step.ITEM and may_type(job, at) > 0)
    return replace(turn, asks_quantity=is_typed)


def _verb(job: Job, at: At) -> Sentence:
    if at.step is Step.LABEL and job.box and job.box.label_state is LabelState.REFUSED:
        return say("packing.verb_refused")
    if at.step is Step.WEIGH and not (job.bench and job.bench.has_scale):
        return say("packing.verb_type_weight")
    return say(f"packing.verb_{at.step.value}")


def _target(job: Job, at: At) -> str:
    match at.step:
        case Step.TOTE:
            return next(iter(job.offers), "")
        case Step.MORE:
            return job.other_totes[0].code if job.other_totes else ""
        case Step.EMPTY | Step.LEFTOVER | Step.SHORT:
            return job.tote.code if job.tote else ""
        case Step.BACK:
            return job.tote.code if job.tote else ""
        case _:
            return ""


def _told(job: Job, at: At) -> Sentence | None:
    """Return what is said where nothing came of a scan: what is the matter with the label."""
    if at.step is Step.LABEL and job.box and job.box.label_state is LabelState.REFUSED:
        return why_none(job.box)
    return None


def _title(job: Job) -> Sentence:
    bench = job.bench.name if job.bench else ""
    if job.order is None:
        return say("packing.title_bench", bench=bench) if bench else say("packing.tile")
    return say("packing.title", bench=bench, order=job.order.number)


def _progress(job: Job) -> Amount | None:
    if job.lines:
        return Amount(sum(line.done for line in job.lines), sum(line.of for line in job.lines))
    return None


def _thing(want: Want) -> Thing:
    item: Item = want.item
    codes = [code for code, _units in item.codes[:1]]
    more = (*codes, want.lot, want.serial, item.personalisation)
    return Thing(item.name, item.sku, item.picture, tuple(text for text in more if text))


def _amount(job: Job, want: Want) -> Amount:
    line = job.line(want.line_id)
    return Amount(line.done, line.of) if line else Amount(0, want.left)


def _waits(job: Job, at: At) -> bool:
    """Tell whether the screen will change by itself."""
    box = job.box
    if at.step is Step.WEIGH:
        return False  # the page looks at the scale by itself
    if at.step is Step.LABEL:
        return box is None or box.label_state is not LabelState.REFUSED
    return at.step is Step.STICK and job.sheet is not None and job.sheet.is_open


def _settled(job: Job, at: At) -> tuple[str, ...]:
    """Return what was said about the scale and holds no longer: it speaks now, and lies still."""
    scale = job.bench.scale if job.bench else None
    if at.step not in {Step.WEIGH, Step.OFF} or scale is None or not scale.is_fresh:
        return ()
    if not scale.weight_g:
        return ()
    silent = ("packing.scale_is_silent",)
    return (*silent, "packing.scale_moves") if scale.is_stable else silent
