"""Which bins a promise is of: what expires first, then the pick face, then few bins, then the shortest walk.

Inputs and choices are plain JSON, so that every choice can be made again from what was kept of it.
"""

from collections.abc import Collection, Iterable, Iterator, Sequence
from itertools import groupby
from operator import itemgetter
from typing import Any

from wms.kernel.decisions import Plain, Rule

WEIGHED_LIMIT = 60
"""Most bins that one line weighs, unless it takes more to fill it: beyond that nobody reads the reasons."""

NEVER = "9999-12-31"

FAR = 10**9
"""Further than any bin whose way is known: where the plan does not say where a bin is, others come first."""

Bin = list[Any]
"""`[balance, code, free, expires_on or None, 1 for a pick face else 0, way in millimetres or None]`."""

BALANCE, CODE, FREE, EXPIRES_ON, PICK_FACE, WAY = range(6)


def weighed(
    bins: Sequence[Bin], quantity: int, today: str, avoid: Collection[int] = ()
) -> list[Bin]:
    """Return the bins worth weighing for so many units: all of them, or the best that fill it."""
    if len(bins) <= WEIGHED_LIMIT:
        return list(bins)
    best: list[Bin] = []
    covered = 0
    for bin_ in sorted(
        bins, key=lambda b: (bool(_out(b, today, avoid)), *_rank(b), -b[FREE], *_near(b))
    ):
        if len(best) >= WEIGHED_LIMIT and covered >= quantity:
            break
        best.append(bin_)
        covered += 0 if _out(bin_, today, avoid) else bin_[FREE]
    return best


def choose(inputs: Plain) -> dict[str, Any]:
    """Say of each line what is taken from which bin, what is short, and why the others were passed over."""
    is_hard = inputs["hardness"] == "hard"
    avoid, today = inputs.get("avoid", ()), inputs["today"]
    lines = [_line(line, today, avoid, is_hard=is_hard) for line in inputs["lines"]]
    is_short = any(line["short"] for line in lines)
    granted = not is_short or inputs["if_short"] != "refuse"
    if not granted:
        lines = [line | {"promised": 0, "took": []} for line in lines]
    return {"granted": granted, "lines": lines}


ALLOCATE = Rule("stock.allocate", 1, choose)


def _line(line: Plain, today: str, avoid: Collection[int], *, is_hard: bool) -> dict[str, Any]:
    wanted = min(line["quantity"], max(line["free"], 0))
    if not is_hard:
        return _said(line, wanted, [], [])
    usable = [bin_ for bin_ in line["bins"] if not _out(bin_, today, avoid)]
    took = list(_take(usable, wanted))
    passed = list(_passed(line["bins"], took, today, avoid))
    return _said(line, sum(n for _, n in took), [[bin_[BALANCE], n] for bin_, n in took], passed)


def _said(line: Plain, promised: int, took: list[Any], passed: list[Any]) -> dict[str, Any]:
    short = line["quantity"] - promised
    return {
        "item": line["item"],
        "quantity": line["quantity"],
        "promised": promised,
        "short": short,
        "took": took,
        "passed": passed,
    }


def _take(bins: Iterable[Bin], wanted: int) -> Iterator[tuple[Bin, int]]:
    """Yield bins with how much each gives, group by group: within a group one bin that has it all, else the fullest."""
    ranked = sorted(bins, key=_order)
    for _, group in groupby(ranked, key=_rank):
        rest = list(group)
        while wanted and rest:
            best = next((b for b in rest if b[FREE] >= wanted), None) or max(
                rest, key=itemgetter(FREE)
            )
            rest.remove(best)
            taken = min(best[FREE], wanted)
            wanted -= taken
            yield best, taken
        if not wanted:
            return


def _passed(
    bins: Iterable[Bin], took: Sequence[tuple[Bin, int]], today: str, avoid: Collection[int]
) -> Iterator[list[Any]]:
    """Yield each bin that gave nothing, and in what it was second to the last one that gave."""
    given = {bin_[BALANCE] for bin_, _ in took}
    last = took[-1] if took else None
    for bin_ in bins:
        if bin_[BALANCE] in given:
            continue
        yield [bin_[BALANCE], _out(bin_, today, avoid) or _why_not(bin_, last)]


def _out(bin_: Bin, today: str, avoid: Collection[int]) -> str:
    """Return why nothing may be taken from a bin; empty where it may."""
    if bin_[EXPIRES_ON] is not None and bin_[EXPIRES_ON] < today:
        return "expired"
    return "avoided" if bin_[BALANCE] in avoid else ""


def _why_not(bin_: Bin, took: tuple[Bin, int] | None) -> str:
    if took is None:
        return "not_needed"
    last, units = took
    if (bin_[EXPIRES_ON] or NEVER) != (last[EXPIRES_ON] or NEVER):
        return "expires_later"
    if bin_[PICK_FACE] != last[PICK_FACE]:
        return "no_pick_face"
    if bin_[FREE] < units:
        return "more_bins"
    return "farther" if _near(bin_)[0] > _near(last)[0] else "higher_code"


def _rank(bin_: Bin) -> tuple[str, bool]:
    return bin_[EXPIRES_ON] or NEVER, not bin_[PICK_FACE]


def _order(bin_: Bin) -> tuple[str, bool, int, str, int]:
    return *_rank(bin_), *_near(bin_)


def _near(bin_: Bin) -> tuple[int, str, int]:
    way = bin_[WAY]
    return FAR if way is None else way, bin_[CODE], bin_[BALANCE]
