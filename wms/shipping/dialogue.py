"""What a person who loads a truck is told: scan the lane, scan each parcel, say when it leaves. Sentence ids only."""

from dataclasses import dataclass
from enum import StrEnum

from wms.floor.turn import Order, Sentence, Tone, say


class Step(StrEnum):
    """Where a person stands while loading."""

    LANE = "lane"
    PARCEL = "parcel"


class Act(StrEnum):
    """What a scan makes happen."""

    GO_TO_LANE = "go_to_lane"
    LOAD = "load"
    LEAVE = "leave"


@dataclass(frozen=True)
class Lane:
    """The lane whose truck is being loaded."""

    id: int
    carrier: str
    loaded: int
    waiting: int


@dataclass(frozen=True)
class Said:
    """One scan or button, by what it can mean here."""

    code: str = ""
    lane_id: int | None = None
    """Of the carrier whose lane was scanned."""
    is_place: bool = False
    package_id: int | None = None
    package: str = ""
    is_label: bool = False
    """Whether it was the barcode of the parcel's label, not another code of the box."""
    is_void: bool = False
    """Whether it is a label that counts for no parcel any more."""
    order: Order | None = None


@dataclass(frozen=True)
class Answer:
    """What came of a scan, and what is to be done before the next screen is shown."""

    say: Sentence
    tone: Tone = Tone.GOOD
    act: Act | None = None


def hear(lane: Lane | None, said: Said) -> Answer:
    """Answer one scan."""
    if said.lane_id is not None:
        return Answer(say("shipping.at_lane"), act=Act.GO_TO_LANE)
    if said.is_place:
        return _wrong(say("shipping.no_lane_there", code=said.code))
    if lane is None:
        return _wrong(say("shipping.scan_a_lane"))
    return _ordered(lane, said.order) if said.order is not None else _scanned(lane, said)


def _scanned(lane: Lane, said: Said) -> Answer:
    if said.is_void:
        return _wrong(say("shipping.label_is_void", code=said.code))
    if said.package_id is None:
        return _wrong(say("shipping.unknown_parcel", code=said.code))
    if not said.is_label:
        return _wrong(say("shipping.scan_its_label", package=said.package))
    loaded = say("shipping.loaded", package=said.package, carrier=lane.carrier)
    return Answer(loaded, Tone.LINE, Act.LOAD)


def _ordered(lane: Lane, order: Order) -> Answer:
    match order:
        case Order.DONE if lane.loaded:
            left = say("shipping.truck_left", carrier=lane.carrier, n=lane.loaded)
            return Answer(left, Tone.TASK, Act.LEAVE)
        case Order.DONE:
            return _wrong(say("shipping.nothing_loaded", lane=lane.carrier))
        case Order.UNDO:
            return _wrong(say("shipping.cannot_unload"))
        case _:
            return _wrong(say("shipping.scan_a_parcel"))


def _wrong(sentence: Sentence) -> Answer:
    return Answer(sentence, Tone.WRONG)
