"""How often the platform may be asked: budgets by kind of question, so that we slow down before it tells us to.

Its own limits a minute, live and test: POST 500 and 50, GET one 4,000 and 400, GET list 50 and 10, GET track 500 and 50
(docs.goshippo.com, rate limits).
"""

import threading
import time
from collections.abc import Callable
from enum import StrEnum

MINUTE_S = 60.0
CLOSED_S = 10.0
"""So long we ask nothing more after being told to slow down, where the platform does not say how long."""
PRACTICE = "shippo_practice_"
"""The platform gives out no such key: a house that buys from its own stand-in may buy as fast as it can."""
TEST = "shippo_test_"


class Question(StrEnum):
    """Kinds of questions that the platform counts apart."""

    POST = "post"
    GET = "get"
    LIST = "list"
    TRACK = "track"


LIVE_LIMITS = {Question.POST: 500, Question.GET: 4000, Question.LIST: 50, Question.TRACK: 500}
TEST_LIMITS = {Question.POST: 50, Question.GET: 400, Question.LIST: 10, Question.TRACK: 50}
NO_LIMIT = 1_000_000
NO_LIMITS = dict.fromkeys(Question, NO_LIMIT)


class Budget:
    """Fills by `a_minute` and holds no more than that. Shared by all threads that ask with one key."""

    def __init__(self, a_minute: int, now: Callable[[], float] = time.monotonic) -> None:
        self._a_second = a_minute / MINUTE_S
        self._full = float(a_minute)
        self._left = self._full
        self._now = now
        self._seen = now()
        self._closed_until = self._seen
        self._lock = threading.Lock()

    def take(self) -> float:
        """Take one question. 0: go ahead. Otherwise nothing is taken, and that many seconds are to be waited."""
        with self._lock:
            now = self._now()
            self._left = min(self._full, self._left + (now - self._seen) * self._a_second)
            self._seen = now
            if now < self._closed_until:
                return self._closed_until - now
            if self._left < 1:
                return (1 - self._left) / self._a_second
            self._left -= 1
            return 0.0

    def close(self, seconds: float | None) -> float:
        """The platform said to slow down: ask nothing for so long. Returns how long that is."""
        closed_s = CLOSED_S if seconds is None else min(max(seconds, 0.0), MINUTE_S)
        with self._lock:
            self._closed_until = max(self._closed_until, self._now() + closed_s)
        return closed_s


def budgets(key: str) -> dict[Question, Budget]:
    """Make the budgets that belong to a key."""
    limits = TEST_LIMITS if key.startswith(TEST) else LIVE_LIMITS
    if key.startswith(PRACTICE):
        limits = NO_LIMITS
    return {question: Budget(a_minute) for question, a_minute in limits.items()}
