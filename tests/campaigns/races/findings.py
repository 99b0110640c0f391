"""What a judge can find, and the figures of a race."""

from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from tests.campaigns.races.asking import Ask, Told


class Sin(StrEnum):
    """What must not happen in a race."""

    OVERSOLD = "more is promised than there is"
    FALSE_STOCK_OUT = "refused although there was enough all the while"
    ANSWER_WITHOUT_EFFECT = "a yes whose rows are not in the tables"
    EFFECT_WITHOUT_ANSWER = "rows in the tables that nobody got a yes for"
    DONE_TWICE = "one command, two effects"
    ANSWERS_DIFFER = "one command, two answers"
    NOT_TOLD_AGAIN = "of two sends not exactly one says that it was told again"
    BOOKS_DIFFER = "a sum in the tables is not the sum of its rows"
    WRONG_TOTAL = "a list that adds up to something else than there is"
    STRANGE_ANSWER = "an answer that no client foresees"
    BROKEN_PROMISE = "something that `verify` finds"
    DEADLOCK = "two transactions died of each other"
    BUG = "a request stopped for a reason nobody foresaw"


@dataclass(frozen=True)
class Finding:
    """One thing that must not happen, and where it did."""

    sin: Sin
    what: str


@dataclass(frozen=True)
class Figures:
    """How a race went by the clock."""

    requests: int
    granted: int
    refused: int
    put_off: int
    seconds: float
    p50_ms: float
    p99_ms: float

    @property
    def per_second(self) -> float:
        return self.requests / self.seconds if self.seconds else 0.0


@dataclass(frozen=True)
class Outcome:
    """What came of a race."""

    race: str
    figures: Figures
    findings: Sequence[Finding]

    def sins(self) -> set[Sin]:
        """Return which kinds of wrongs were found."""
        return {finding.sin for finding in self.findings}


def measured(told: Sequence[tuple[Ask, Told]]) -> Figures:
    """Return the figures of what was told; what was put off counts from its first send."""
    took = sorted(one.answered_at - one.sent_at for _, one in told)
    return Figures(
        requests=sum(len(one.bodies) for _, one in told),
        granted=sum(one.status < 300 for _, one in told),
        refused=sum(one.status >= 300 for _, one in told),
        put_off=sum(one.put_off for _, one in told),
        seconds=max(one.answered_at for _, one in told) - min(one.sent_at for _, one in told),
        p50_ms=1000 * took[len(took) // 2],
        p99_ms=1000 * took[min(len(took) - 1, int(len(took) * 0.99))],
    )
