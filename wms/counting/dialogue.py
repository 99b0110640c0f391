"""What a person who counts is told. Blind: nothing here knows what the book expects. Sentence ids and values only."""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum

from wms.counting.things import Thing
from wms.floor.turn import Order, Sentence, Tone, say
from wms.kernel.fields import QUANTITY_LIMIT

UNDO_LIMIT = 10
"""So many scans can be taken back."""


class Step(StrEnum):
    """Where a person stands in a count."""

    PLACE = "place"
    THINGS = "things"
    LOT = "lot"
    SERIAL = "serial"


class Act(StrEnum):
    """What a scan makes happen."""

    NOTE = "note"
    SUBMIT = "submit"
    LEAVE = "leave"


@dataclass(frozen=True)
class Scanned:
    """An item as it was scanned: what it is called, what tells its units apart, how many one scan stands for."""

    item_id: int
    sku: str
    tracks_lots: bool = False
    tracks_serials: bool = False
    lot_id: int = 0
    serial_id: int = 0
    units: int = 1


@dataclass(frozen=True)
class Said:
    """One scan, button or number, by what it can mean here."""

    place_id: int | None = None
    place: str = ""
    item: Scanned | None = None
    lot_id: int = 0
    serial_id: int = 0
    order: Order | None = None
    number: int | None = None


@dataclass(frozen=True)
class Noted:
    """A scan that was counted, and how many there were of the thing before it."""

    thing: Thing
    before: int


@dataclass(frozen=True)
class Where:
    """How far a person is: the step, an item whose lot or number is still to be scanned, and what can be undone."""

    step: Step
    pending: Scanned | None = None
    done: tuple[Noted, ...] = ()


@dataclass(frozen=True)
class Sheet:
    """The place that is counted, and what this person has counted in it so far."""

    place_id: int
    place: str
    counted: Mapping[Thing, int] = field(default_factory=dict)
    skus: Mapping[int, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Answer:
    """Where the person stands after a scan, what came of it, and what is to be done before it is shown."""

    where: Where
    say: Sentence
    tone: Tone = Tone.GOOD
    act: Act | None = None
    thing: Thing | None = None
    counted: int = 0


def hear(sheet: Sheet, where: Where, said: Said) -> Answer:
    """Answer one scan."""
    if said.order is Order.SKIP:
        return Answer(where, say("counting.left", place=sheet.place), Tone.QUIET, Act.LEAVE)
    match where.step:
        case Step.PLACE:
            return _at_place(sheet, where, said)
        case Step.THINGS:
            return _ordered(sheet, where, said) if said.order else _at_things(sheet, where, said)
        case Step.LOT | Step.SERIAL:
            return _telling_apart(sheet, where, said)


def _at_place(sheet: Sheet, where: Where, said: Said) -> Answer:
    if said.place_id == sheet.place_id:
        return Answer(Where(Step.THINGS), say("counting.count_all", place=sheet.place))
    if said.place_id is not None:
        return _wrong(where, say("counting.wrong_place", here=said.place, there=sheet.place))
    return _wrong(where, say("counting.scan_the_place", place=sheet.place))


def _at_things(sheet: Sheet, where: Where, said: Said) -> Answer:
    if said.item is not None:
        return _scanned(sheet, where, said.item)
    if said.place_id == sheet.place_id:
        return Answer(where, say("counting.count_all", place=sheet.place), Tone.QUIET)
    if said.place_id is not None:
        return _wrong(where, say("counting.finish_first", here=said.place, place=sheet.place))
    return _wrong(where, say("counting.scan_a_thing"))


def _ordered(sheet: Sheet, where: Where, said: Said) -> Answer:
    match said.order:
        case Order.QUANTITY:
            return _typed(sheet, where, said.number or 0)
        case Order.UNDO:
            return _undone(sheet, where)
        case Order.DONE | Order.EMPTY:
            return _finished(sheet, where, said.order)
        case _:
            return _wrong(where, say("counting.scan_a_thing"))


def _undone(sheet: Sheet, where: Where) -> Answer:
    if not where.done:
        return _wrong(where, say("counting.nothing_to_undo"))
    last = where.done[-1]
    back = say("counting.taken_back", counted=last.before, item=_name(sheet, last.thing))
    return _noted(replace(where, done=where.done[:-1]), last.thing, last.before, back)


def _finished(sheet: Sheet, where: Where, order: Order) -> Answer:
    """Hand in what was counted; an empty bin is said to be empty, so that nobody hands in nothing by mistake."""
    if order is Order.DONE and not sheet.counted:
        return _wrong(where, say("counting.scan_or_empty"))
    if order is Order.EMPTY and sheet.counted:
        return _wrong(where, say("counting.not_empty", counted=sum(sheet.counted.values())))
    return Answer(where, say("counting.thanks", place=sheet.place), Tone.TASK, Act.SUBMIT)


def _telling_apart(sheet: Sheet, where: Where, said: Said) -> Answer:
    """Hear which lot, or which single piece, the item is of that was scanned before."""
    item = where.pending
    assert item is not None
    if said.order is Order.UNDO:
        return Answer(replace(where, step=Step.THINGS, pending=None), say("counting.forgotten"))
    if where.step is Step.LOT and said.lot_id:
        return _scanned(sheet, where, replace(item, lot_id=said.lot_id))
    if where.step is Step.SERIAL and said.serial_id:
        return _scanned(sheet, where, replace(item, serial_id=said.serial_id))
    if said.item is not None:
        return _scanned(sheet, where, said.item)
    return _wrong(where, _apart(where.step, item))


def _scanned(sheet: Sheet, where: Where, item: Scanned) -> Answer:
    if item.tracks_lots and not item.lot_id:
        return _ask(where, Step.LOT, item)
    if item.tracks_serials and not item.serial_id:
        return _ask(where, Step.SERIAL, item)
    thing = Thing(item.item_id, item.lot_id, item.serial_id)
    before = sheet.counted.get(thing, 0)
    here = replace(where, step=Step.THINGS, pending=None)
    if item.serial_id and before:
        return _wrong(here, say("counting.counted_already", item=item.sku))
    counted = before + (1 if item.serial_id else item.units)
    return _counted(here, Noted(thing, before), counted, item.sku)


def _typed(sheet: Sheet, where: Where, number: int) -> Answer:
    """Take a typed number for the last scan: so many were there of it, instead of the one that was scanned."""
    if not where.done:
        return _wrong(where, say("counting.scan_one_first"))
    last = where.done[-1]
    if last.thing.serial_id:
        return _wrong(where, say("counting.pieces_one_by_one"))
    here = replace(where, done=where.done[:-1])
    return _counted(here, last, last.before + number, _name(sheet, last.thing))


def _counted(where: Where, noted: Noted, counted: int, sku: str) -> Answer:
    if counted > QUANTITY_LIMIT:
        return _wrong(where, say("counting.too_many", most=QUANTITY_LIMIT))
    here = replace(where, done=(*where.done, noted)[-UNDO_LIMIT:])
    return _noted(here, noted.thing, counted, say("counting.so_far", counted=counted, item=sku))


def _noted(where: Where, thing: Thing, counted: int, sentence: Sentence) -> Answer:
    return Answer(where, sentence, Tone.GOOD, Act.NOTE, thing, counted)


def _ask(where: Where, step: Step, item: Scanned) -> Answer:
    return Answer(replace(where, step=step, pending=item), _apart(step, item), Tone.ATTENTION)


def _apart(step: Step, item: Scanned) -> Sentence:
    if step is Step.LOT:
        return say("counting.which_lot", item=item.sku)
    return say("counting.which_piece", item=item.sku)


def _name(sheet: Sheet, thing: Thing) -> str:
    return sheet.skus.get(thing.item_id, "")


def _wrong(where: Where, sentence: Sentence) -> Answer:
    return Answer(where, sentence, Tone.WRONG)
