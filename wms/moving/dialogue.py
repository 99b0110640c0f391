"""What a person who moves units is told: go there, take so many, put them down here. Sentence ids and values only."""

from dataclasses import dataclass, replace
from enum import StrEnum

from wms.floor.turn import Order, Sentence, Tone, say


class Step(StrEnum):
    """Where a person stands in a move."""

    SOURCE = "source"
    ITEM = "item"
    TARGET = "target"


class Act(StrEnum):
    """What a scan makes happen."""

    LIFT = "lift"
    SHORT = "short"
    DROP = "drop"
    PUT_DOWN = "put_down"
    ELSEWHERE = "elsewhere"
    LEAVE = "leave"
    UNDO_DROP = "undo_drop"


@dataclass(frozen=True)
class Job:
    """What matters of a move task to whoever does it."""

    source_id: int
    source: str
    item_id: int
    sku: str
    asked: int
    lot: str = ""
    target_id: int | None = None
    target: str | None = None
    lifted: int = 0


@dataclass(frozen=True)
class Said:
    """One scan, button or number, by what it can mean here."""

    code: str = ""
    place_id: int | None = None
    place: str = ""
    item_id: int | None = None
    item: str = ""
    lot: str = ""
    units: int = 1
    order: Order | None = None
    number: int | None = None


@dataclass(frozen=True)
class Where:
    """How far a person is: the step, what was counted into the hand, and another place scanned once."""

    step: Step
    counted: int = 0
    other_id: int | None = None


@dataclass(frozen=True)
class Answer:
    """Where the person stands after a scan, what came of it, and what is to be done before it is shown."""

    where: Where
    say: Sentence
    tone: Tone = Tone.GOOD
    act: Act | None = None
    units: int = 0
    place_id: int | None = None


def hear(job: Job, where: Where, said: Said) -> Answer:
    """Answer one scan."""
    if said.order is Order.SKIP and where.step is not Step.TARGET:
        return Answer(where, say("moving.skipped"), Tone.QUIET, Act.LEAVE)
    match where.step:
        case Step.SOURCE:
            return _at_source(job, where, said)
        case Step.ITEM:
            return _at_item(job, where, said)
        case Step.TARGET:
            return _at_target(job, where, said)


def _at_source(job: Job, where: Where, said: Said) -> Answer:
    if said.order is Order.UNDO:
        return Answer(where, say("moving.undo"), act=Act.UNDO_DROP)
    if said.place_id == job.source_id:
        return Answer(Where(Step.ITEM), say("moving.take", quantity=job.asked, item=job.sku))
    if said.place_id is not None:
        return _wrong(where, say("moving.wrong_place", here=said.place, there=job.source))
    return _wrong(where, say("moving.scan_the_place", place=job.source))


def _at_item(job: Job, where: Where, said: Said) -> Answer:
    if said.order is not None:
        return _ordered(job, where, said)
    if said.item_id == job.item_id:
        if said.lot and job.lot and said.lot != job.lot:
            return _wrong(where, say("moving.wrong_lot", here=said.lot, there=job.lot))
        return _counted(job, where, where.counted + said.units)
    if said.item_id is not None:
        return _wrong(where, say("moving.wrong_item", here=said.item, there=job.sku))
    if said.place_id == job.source_id:
        return Answer(where, say("moving.take", quantity=job.asked, item=job.sku), Tone.QUIET)
    return _wrong(where, say("moving.scan_the_item", item=job.sku))


def _ordered(job: Job, where: Where, said: Said) -> Answer:
    match said.order:
        case Order.UNDO:
            return Answer(Where(Step.ITEM), say("moving.counted_anew"), Tone.QUIET)
        case Order.EMPTY if where.counted == 0:
            return Answer(where, say("moving.nothing_there"), Tone.ATTENTION, Act.SHORT)
        case Order.EMPTY | Order.SHORT | Order.DONE:
            return _fewer(job, where)
        case Order.QUANTITY if where.counted == 0:
            return _wrong(where, say("moving.scan_one_first", item=job.sku))
        case Order.QUANTITY:
            return _counted(job, where, said.number or 0)
        case _:
            return _wrong(where, say("moving.scan_the_item", item=job.sku))


def _at_target(job: Job, where: Where, said: Said) -> Answer:
    if said.order is Order.UNDO or (said.place_id is not None and said.place_id == job.source_id):
        return Answer(
            Where(Step.SOURCE), say("moving.put_back_there", place=job.source), act=Act.PUT_DOWN
        )
    if said.order is Order.FULL:
        return Answer(where, say("moving.looked_elsewhere"), Tone.ATTENTION, Act.ELSEWHERE)
    if said.place_id is None:
        return _wrong(where, _where_to(job))
    if job.target_id is None or said.place_id in (job.target_id, where.other_id):
        done = say("moving.done", quantity=job.lifted, item=job.sku, place=said.place)
        return Answer(where, done, Tone.TASK, Act.DROP, place_id=said.place_id)
    question = say("moving.other_place", here=said.place, there=job.target)
    return Answer(replace(where, other_id=said.place_id), question, Tone.ATTENTION)


def _counted(job: Job, where: Where, units: int) -> Answer:
    if units > job.asked:
        return _wrong(where, say("moving.too_many_taken", counted=where.counted, asked=job.asked))
    if units < 1:
        return _wrong(where, say("moving.scan_the_item", item=job.sku))
    if units < job.asked:
        return Answer(
            replace(where, counted=units), say("moving.so_far", counted=units, asked=job.asked)
        )
    taken = say("moving.taken", quantity=units, item=job.sku)
    return Answer(Where(Step.TARGET), taken, Tone.LINE, Act.LIFT, units=units)


def _fewer(job: Job, where: Where) -> Answer:
    if where.counted == 0:
        return _wrong(where, say("moving.scan_or_empty", item=job.sku))
    told = say("moving.fewer", counted=where.counted, asked=job.asked, place=job.source)
    return Answer(Where(Step.TARGET), told, Tone.ATTENTION, Act.LIFT, units=where.counted)


def _where_to(job: Job) -> Sentence:
    if job.target:
        return say("moving.scan_the_place", place=job.target)
    return say("moving.scan_any_place")


def _wrong(where: Where, sentence: Sentence) -> Answer:
    return Answer(where, sentence, Tone.WRONG)
