"""Where units may be put down, and where they go best: beside their like, else into the nearest free bin.

What is not sold goes where things are set aside, beside whatever lies there where the bin takes it.

Inputs and choices are plain JSON, so that every suggestion can be made again from what was kept of it.
"""

from collections.abc import Iterator, Sequence
from enum import StrEnum
from typing import Any

from wms.kernel.decisions import Plain, Rule

FAR = 10**12
"""Millimetres to a place that no path leads to: it comes last."""


class Misfit(StrEnum):
    """Why a place does not take the units."""

    FULL = "full"
    TOO_HEAVY = "too_heavy"
    ONE_ITEM = "one_item"
    ONE_LOT = "one_lot"


def misfit(load: Plain, room: Plain) -> Misfit | None:
    """Return why a place does not take a load; None where it does.

    A load is `{units, weight_g}`, its weight None where nobody knows it; a room is `{units_free, g_free, mixing,
    other_item, other_lot}`, where None is no limit and the last two say what lies there besides.
    """
    if room["other_item"] and room["mixing"] != "any":
        return Misfit.ONE_ITEM
    if room["other_lot"] and room["mixing"] == "one_lot":
        return Misfit.ONE_LOT
    if room["units_free"] is not None and load["units"] > room["units_free"]:
        return Misfit.FULL
    if room["g_free"] is not None and (load["weight_g"] or 0) > room["g_free"]:
        return Misfit.TOO_HEAVY
    return None


def choose(inputs: Plain) -> dict[str, Any]:
    """Say which place is suggested, why, and why the others were passed over."""
    rooms: Sequence[Plain] = inputs["rooms"]
    fitting = [room for room in rooms if misfit(inputs["load"], room) is None]
    offered = sorted((room for room in fitting if _is_offered(room)), key=_rank)
    if not offered:
        return {"took": None, "why": "none", "passed": [*_passed(inputs, None)]}
    best = offered[0]
    return {"took": best["id"], "why": _why(best), "passed": [*_passed(inputs, best)]}


SUGGEST = Rule("moving.suggest", 1, choose)


def _is_offered(room: Plain) -> bool:
    """Tell whether it would be right; rooms that were kept before there was `apart` have none."""
    return bool(room["same"] or room["empty"] or room.get("apart"))


def _why(best: Plain) -> str:
    if best["same"]:
        return "same_item"
    return "set_aside" if best.get("apart") else "nearest_free"


def _passed(inputs: Plain, best: Plain | None) -> Iterator[list[Any]]:
    for room in inputs["rooms"]:
        if best is None or room["id"] != best["id"]:
            yield [room["id"], _why_not(inputs["load"], room, best)]


def _why_not(load: Plain, room: Plain, best: Plain | None) -> str:
    if wrong := misfit(load, room):
        return wrong.value
    if best is None or not _is_offered(room):
        return "holds_others"
    if best["same"] and not room["same"]:
        return "without_its_like"
    if best["same"] and best["pick_face"] != room["pick_face"]:
        return "no_pick_face"
    return "farther" if _metres(room) > _metres(best) else "higher_code"


def _rank(room: Plain) -> tuple[bool, bool, int, str]:
    return not room["same"], room["same"] and not room["pick_face"], _metres(room), room["code"]


def _metres(room: Plain) -> int:
    return FAR if room["way_mm"] is None else int(room["way_mm"])
