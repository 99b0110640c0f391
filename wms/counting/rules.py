"""What becomes of a count: whether it is believed, and what the book must say of each condition afterwards.

Inputs and choices are plain JSON, so that every verdict can be made again from what was kept of it.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from wms.kernel.decisions import Plain, Rule
from wms.stock.moves import StockStatus

TOLERATED_UNITS = 1
TOLERATED_PERCENT = 1


@dataclass(frozen=True)
class Tolerance:
    """How far a count may be from the book and still be believed at once: the larger of both, for each thing."""

    units: int = TOLERATED_UNITS
    percent: int = TOLERATED_PERCENT


class Verdict(StrEnum):
    """What becomes of a count."""

    ACCEPT = "accept"
    RECOUNT = "recount"
    REVIEW = "review"


def judge(inputs: Plain) -> dict[str, Any]:
    """Say whether a count is believed, and why.

    `lines` are `[expected, held, counted]` for each thing. `held` are units that somebody on the floor said are
    missing: a second person who does not find them either agrees with the first, and that is believed.
    """
    lines = inputs["lines"]
    if all(counted == expected for expected, _, counted in lines):
        return {"verdict": Verdict.ACCEPT.value, "why": "agrees"}
    if inputs["independent"] and all(
        counted == expected - held for expected, held, counted in lines
    ):
        return {"verdict": Verdict.ACCEPT.value, "why": "floor_agrees"}
    if all(_is_near(expected, counted, inputs) for expected, _, counted in lines):
        return {"verdict": Verdict.ACCEPT.value, "why": "within_tolerance"}
    verdict = Verdict.RECOUNT if inputs["round"] == 1 else Verdict.REVIEW
    return {"verdict": verdict.value, "why": "too_far_off"}


JUDGE = Rule("counting.judge", 1, judge)


def truth(
    booked: Mapping[StockStatus, int], counted: int, *, frees_held: bool
) -> dict[StockStatus, int]:
    """Return how many units of each condition there must be, where so many were counted in all.

    Whoever counts does not see conditions. Damaged units and their like are taken to be still there; what is missing
    is missing of what is for sale. Held units that were found are for sale again where the floor had held them.
    Units of a return without a grade are in the hands of a clerk, who alone says what becomes of them.
    """
    ungraded = booked.get(StockStatus.RETURNED_UNGRADED, 0)
    others = {
        status: units
        for status, units in booked.items()
        if status not in (StockStatus.AVAILABLE, StockStatus.HELD, StockStatus.RETURNED_UNGRADED)
    }
    left = max(0, counted - ungraded)
    after = {StockStatus.RETURNED_UNGRADED: ungraded} if ungraded else {}
    for status, units in sorted(others.items()):
        after[status] = max(0, min(units, left))
        left -= after[status]
    held = booked.get(StockStatus.HELD, 0)
    after[StockStatus.HELD] = 0 if frees_held else max(0, min(held, left))
    after[StockStatus.AVAILABLE] = left - after[StockStatus.HELD]
    return after


@dataclass(frozen=True)
class Steps:
    """What takes the book of one thing to where it must be: units that are no longer held, and what differs."""

    freed: int
    differences: Mapping[StockStatus, int]


def steps(booked: Mapping[StockStatus, int], after: Mapping[StockStatus, int]) -> Steps:
    """Return what is to be booked; units that only change from held to available are not lost and found."""
    differences = {
        status: after.get(status, 0) - booked.get(status, 0)
        for status in StockStatus
        if after.get(status, 0) != booked.get(status, 0)
    }
    freed = min(
        max(0, differences.get(StockStatus.AVAILABLE, 0)),
        max(0, -differences.get(StockStatus.HELD, 0)),
    )
    if freed:
        differences[StockStatus.AVAILABLE] -= freed
        differences[StockStatus.HELD] += freed
    return Steps(freed, {status: units for status, units in differences.items() if units})


def _is_near(expected: int, counted: int, inputs: Plain) -> bool:
    allowed = max(inputs["units"], expected * inputs["percent"] // 100)
    return abs(counted - expected) <= int(allowed)
