"""Tells facts to reactions, runs what is due by the clock and makes outside calls: all that a house does by itself."""

import random
import threading
import time
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from functools import cached_property
from typing import Any

import structlog
from sqlalchemy.orm import Session

from wms.kernel import calls, deliveries, schedule
from wms.kernel.calls import Call
from wms.kernel.clock import Clock
from wms.kernel.commands import housekeeping
from wms.kernel.database import Database
from wms.kernel.events import Event
from wms.kernel.logs import in_short
from wms.kernel.schedule import Job

log = structlog.get_logger()

Reaction = Callable[[Session, Any, int, datetime], object]
"""`reaction(session, event, by, at)`: runs in a transaction of its own, once in effect, and touches no wire."""

Work = Callable[[Database, Clock], bool]
"""`work(database, clock)`: does one thing that reaches outside: claims it (commit), does it, records it (commit)."""

TakeOver = Callable[[Session, datetime], object]
"""`take_over(session, at)`: ends the leases of workers that died. Only where it is certain that no other works."""

LEASE = timedelta(seconds=30)
"""Longer than any write may take with all its tries, so that a lease that ran out means a courier that died."""

LANES = 2
"""Facts that are told side by side. A third lane makes outside calls, so that a slow peer holds up no fact."""

IN_A_ROW = 50
"""Facts that a lane tells before it looks at the clock: a flood of facts must not stop the timetable."""

POLL_S = {"sqlite": 1.0, "postgresql": 0.25}
"""How often to look without being told: on PostgreSQL other processes announce, and nobody rings here."""


@dataclass(frozen=True)
class Duties:
    """What a house does by itself, as `wiring` lists it."""

    reactions: Mapping[type[Event], Mapping[str, Reaction]] = field(default_factory=dict)
    jobs: Mapping[str, Job] = field(default_factory=dict)
    calls: Mapping[str, Call] = field(default_factory=dict)
    works: Mapping[str, Work] = field(default_factory=dict)
    """By name; each has a lane of its own, so that a slow printer holds up no purchase."""
    urgent: frozenset[str] = frozenset()
    """Reactions that somebody stands and waits for: they are told before all others, however many of those wait."""
    take_overs: Mapping[str, TakeOver] = field(default_factory=dict)
    """By name, how what works had in hand is given back when they died: their own recovery sees to it then."""

    @cached_property
    def first(self) -> Mapping[type[Event], Mapping[str, Reaction]]:
        """The reactions that are urgent."""
        return {
            fact: {name: named[name] for name in named if name in self.urgent}
            for fact, named in self.reactions.items()
            if not self.urgent.isdisjoint(named)
        }


def tell(database: Database, duties: Duties, clock: Clock, lease: timedelta = LEASE) -> bool:
    """Tell the next fact that is due, first what somebody waits for. Tells whether there was one."""
    return any(
        deliver(database, reactions, clock, lease) for reactions in (duties.first, duties.reactions)
    )


def step(database: Database, duties: Duties, clock: Clock) -> bool:
    """Do one thing that is due: tell a fact, run a job, make a call, do some work. Tells whether there was one."""
    return (
        tell(database, duties, clock)
        or schedule.run_due(database, duties.jobs, clock)
        or calls.make_due(database, duties.calls, clock)
        or any(work(database, clock) for work in duties.works.values())
    )


def deliver(
    database: Database,
    reactions: Mapping[type[Event], Mapping[str, Reaction]],
    clock: Clock,
    lease: timedelta = LEASE,
) -> bool:
    """Tell one fact to one reaction, if any is due; a reaction that stops is told again later."""
    claimed = _claim(database, reactions, clock, lease)
    if claimed is None:
        return False
    if claimed.tries > deliveries.TRIES:
        _put_off(database, claimed, "the courier died each time", clock)
        return True
    known = {
        (fact.type_name(), name): (fact, reaction)
        for fact, named in reactions.items()
        for name, reaction in named.items()
    }
    act = housekeeping(claimed.reaction, at=clock.now(), key=f"delivery:{claimed.id}")
    try:
        database.write(act, lambda session: deliveries.tell(session, claimed, known, at=act.at))
    except Exception as trouble:
        log.exception("reaction stopped", reaction=claimed.reaction, delivery=claimed.id)
        _put_off(database, claimed, in_short(trouble), clock)
    return True


class Courier:
    """The threads that carry out a house's duties, from `start` to `finish`."""

    def __init__(
        self, database: Database, duties: Duties, clock: Clock, lease: timedelta = LEASE
    ) -> None:
        """Take the house's database and duties; nothing runs before `start`."""
        self._database, self._duties, self._clock, self._lease = database, duties, clock, lease
        self._poll_s = POLL_S["sqlite" if database.is_sqlite else "postgresql"]
        self._stop = threading.Event()
        self._bells: list[threading.Event] = []
        self._lanes = [
            *(self._lane(f"facts-{n}", self._tell_facts) for n in range(1, LANES + 1)),
            self._lane("calls", self._make_call),
            *(self._lane(name, self._look_at(work)) for name, work in duties.works.items()),
        ]

    def start(self) -> None:
        """Write down the timetable and begin; commits of this process are noticed at once from here on."""
        if (
            self._database.is_sqlite
        ):  # nobody else works on this file: what is still held is held by the dead
            self._take_over()
        schedule.enter(self._database, self._duties.jobs, self._clock)
        self._database.wake.append(self.nudge)
        for lane in self._lanes:
            lane.start()

    def nudge(self) -> None:
        """Ring after a commit that left work behind: every lane looks at once."""
        for bell in self._bells:
            bell.set()

    def finish(self, seconds: float) -> bool:
        """Begin nothing new, wait for what is in hand; False where something still runs: its lease brings it back."""
        self._stop.set()
        self.nudge()
        until = time.monotonic() + seconds
        for lane in self._lanes:
            lane.join(max(0.0, until - time.monotonic()))
        return not any(lane.is_alive() for lane in self._lanes)

    def _lane(self, name: str, look: Callable[[], bool]) -> threading.Thread:
        bell = threading.Event()
        self._bells.append(bell)
        return threading.Thread(target=self._run, args=(look, bell), name=name, daemon=True)

    def _run(self, look: Callable[[], bool], bell: threading.Event) -> None:
        while not self._stop.is_set():
            bell.clear()
            try:
                busy = look()
            except Exception:  # the database is away: the lane outlives it
                log.exception("courier cannot work", lane=threading.current_thread().name)
                self._stop.wait(self._poll_s)
                continue
            if not busy:
                bell.wait(self._poll_s * random.uniform(0.8, 1.2))  # noqa: S311 - spreads processes

    def _tell_facts(self) -> bool:
        told = 0
        while told < IN_A_ROW and not self._stop.is_set():
            if not tell(self._database, self._duties, self._clock, self._lease):
                break
            told += 1
        ran = schedule.run_due(self._database, self._duties.jobs, self._clock)
        return ran or told > 0

    def _make_call(self) -> bool:
        return calls.make_due(self._database, self._duties.calls, self._clock)

    def _look_at(self, work: Work) -> Callable[[], bool]:
        return lambda: work(self._database, self._clock)

    def _take_over(self) -> None:
        at = self._clock.now()
        act = housekeeping("courier.take_over", at=at)
        take_overs = self._duties.take_overs.values()
        self._database.write(act, lambda session: _end_leases(session, take_overs, at))


def _claim(
    database: Database,
    reactions: Mapping[type[Event], Mapping[str, Reaction]],
    clock: Clock,
    lease: timedelta,
) -> deliveries.Claimed | None:
    names = tuple(sorted({name for named in reactions.values() for name in named}))
    at = clock.now()
    # An idle house never takes the write lock.
    if not names or not database.ask(deliveries.due(names), {"at": at}):
        return None
    return database.write(
        housekeeping("courier.claim", at=at),
        lambda session: deliveries.claim(session, names, until=at + lease, at=at),
    ).value


def _put_off(database: Database, claimed: deliveries.Claimed, trouble: str, clock: Clock) -> None:
    at = clock.now()
    act = housekeeping("courier.put_off", at=at)
    database.write(act, lambda session: deliveries.put_off(session, claimed, trouble, at=at))


def _end_leases(session: Session, take_overs: Iterable[TakeOver], at: datetime) -> None:
    for held in (deliveries, schedule, calls):
        held.end_leases(session, at=at)
    for take_over in take_overs:
        take_over(session, at)
