"""Which bins a promise is of: what expires first, then the pick face, then few bins, then the lowest code.

Inputs and choices are plain JSON, so that every choice can be made again from what was kept of it.
"""

from collections.abc import Iterable, Iterator, Sequence
from operator import itemgetter
from typing import Any

from wms.kernel.decisions import Plain, Rule

WEIGHED_LIMIT = 60
"""Most bins that one line weighs, unless it takes more to fill it: beyond that nobody reads the reasons."""

NEVER = "9999-12-31"

Bin = list[Any]
"""`[balance, code, free, expires_on or None, 1 for a pick face else 0]`."""

BALANCE, CODE, FREE, EXPIRES_ON, PICK_FACE = range(5)


def weighed(bins: Sequence[Bin], quantity: int, today: str) -> list[Bin]:
    """Return the bins worth weighing for so many units: all of them, or the best that fill it."""
    if len(bins) <= WEIGHED_LIMIT:
        return list(bins)
    best: list[Bin] = []
    covered = 0
    for bin_ in sorted(bins, key=lambda b: (_is_expired(b, today), *_rank(b), -b[FREE], b[CODE])):
        if len(best) >= WEIGHED_LIMIT and covered >= quantity:
            break
        best.append(bin_)
        covered += 0 if _is_expired(bin_, today) else bin_[FREE]
    return best


def choose(inputs: Plain) -> dict[str, Any]:
    """Say of each line what is taken from which bin, what is short, and why the others were passed over."""
    is_hard = inputs["hardness"] == "hard"
    lines = [_line(line, inputs["today"], is_hard=is_hard) for line in inputs["lines"]]
    is_short = any(line["short"] for line in lines)
    granted = not is_short or inputs["if_short"] != "refuse"
    if not granted:
        lines = [line | {"promised": 0, "took": []} for line in lines]
    return {"granted": granted, "lines": lines}


ALLOCATE = Rule("stock.allocate", 1, choose)


def _line(line: Plain, today: str, *, is_hard: bool) -> dict[str, Any]:
    wanted = min(line["quantity"], max(line["free"], 0))
    if not is_hard:
        return _said(line, wanted, [], [])
    usable = [bin_ for bin_ in line["bins"] if not _is_expired(bin_, today)]
    took = list(_take(usable, wanted))
    passed = list(_passed(line["bins"], took, today))
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
    groups: dict[tuple[str, bool], list[Bin]] = {}
    for bin_ in bins:
        groups.setdefault(_rank(bin_), []).append(bin_)
    for rank in sorted(groups):
        rest = sorted(groups[rank], key=itemgetter(CODE, BALANCE))
        while wanted and rest:
            best = next((b for b in rest if b[FREE] >= wanted), None) or max(
                rest, key=itemgetter(FREE)
            )
            rest.remove(best)
            taken = min(best[FREE], wanted)
            wanted -= taken
            yield best, taken


def _passed(
    bins: Iterable[Bin], took: Sequence[tuple[Bin, int]], today: str
) -> Iterator[list[Any]]:
    """Yield each bin that gave nothing, and in what it was second to the last one that gave."""
    given = {bin_[BALANCE] for bin_, _ in took}
    last = took[-1][0] if took else None
    for bin_ in bins:
        if bin_[BALANCE] in given:
            continue
        yield [bin_[BALANCE], _why_not(bin_, last, today)]


def _why_not(bin_: Bin, last: Bin | None, today: str) -> str:
    if _is_expired(bin_, today):
        return "expired"
    if last is None:
        return "not_needed"
    if (bin_[EXPIRES_ON] or NEVER) != (last[EXPIRES_ON] or NEVER):
        return "expires_later"
    if bin_[PICK_FACE] != last[PICK_FACE]:
        return "no_pick_face"
    return "more_bins" if bin_[FREE] < last[FREE] else "higher_code"


def _rank(bin_: Bin) -> tuple[str, bool]:
    return bin_[EXPIRES_ON] or NEVER, not bin_[PICK_FACE]


def _is_expired(bin_: Bin, today: str) -> bool:
    return bin_[EXPIRES_ON] is not None and bin_[EXPIRES_ON] < today
