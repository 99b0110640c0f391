"""Where races are run: a house, the server that has it open, and the crew that goes there."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, replace
from pathlib import Path

from tests.campaigns.races import books, grounds
from tests.campaigns.races.asking import Ask, Told
from tests.campaigns.races.crew import Crew, Door, Hands
from tests.campaigns.races.findings import Finding, Outcome, Sin
from tests.campaigns.serving import RUN, Served, serving
from wms.app import verifying
from wms.kernel.database import Database

SEED = 20260105
"""Every plan is drawn from it, so that a race that found something can be run again."""

POSTGRES = "-c deadlock_timeout=50ms"
"""Durable, as it comes, but quick to see a deadlock, before a statement gives up waiting."""

DATABASES = ("sqlite", "postgresql")

PROCESSES = 2
"""Of the server, on PostgreSQL. On SQLite it has one, with 48 threads."""


@dataclass(frozen=True)
class Track:
    """A house on one of the databases."""

    url: str
    served: Served
    door: Door
    crew: Crew

    def run(self, race: Callable[["Track"], Outcome]) -> Outcome:
        """Run a race, then look at what it left behind elsewhere: deadlocks, bugs, promises about the data."""
        deadlocks, bugs = _deadlocks(self.url), len(self.served.bugs())
        outcome = race(self)
        found = [Finding(Sin.BUG, line) for line in self.served.bugs()[bugs:]]
        if (died := _deadlocks(self.url) - deadlocks) > 0:
            found.append(Finding(Sin.DEADLOCK, f"{died} times in PostgreSQL's log"))
        return replace(outcome, findings=[*outcome.findings, *found, *_broken_promises(self.url)])

    def of_twin(self, twin: str) -> "Track":
        """Return the same track for one of the twins."""
        return replace(self, door=replace(self.door, twin=twin))

    def ask(self, rounds: Iterable[Hands]) -> list[tuple[Ask, Told]]:
        """Have one round asked after the other; return every request with its answer."""
        return [told for hands in rounds for told in self.crew.run(self.door, hands)]


@contextmanager
def track(folder: Path, url: str, crew: Crew, program: Sequence[str] = RUN) -> Iterator[Track]:
    """Serve a fresh house until the block ends: a SQLite file in the folder, where `url` is empty."""
    workers = PROCESSES if url else 1
    with serving(folder, url, workers=workers, program=program) as served:
        here = url or f"sqlite:///{folder / 'binwave.sqlite'}"
        yield Track(here, served, Door(served.host, served.port, grounds.a_token(here)), crew)


def at_once(asks: Sequence[Ask], workers: int) -> Hands:
    """Give each request a client of its own, spread over the workers."""
    return [[[ask] for ask in asks[worker::workers]] for worker in range(workers)]


def deal(asks: Sequence[Ask], workers: int, hands: int) -> Hands:
    """Deal the requests like cards: by worker, by hand."""
    step = workers * hands
    return [
        [asks[worker + workers * hand :: step] for hand in range(hands)]
        for worker in range(workers)
    ]


def _deadlocks(url: str) -> int:
    """Count the deadlocks that PostgreSQL wrote into its log."""
    if url.startswith("sqlite"):
        return 0
    [(data,)] = books.rows(url, "SHOW data_directory")
    places = (Path(data) / "log", Path(data).parent / "log")
    log = next(place for place in places if place.is_file())
    return log.read_text(errors="replace").count("deadlock detected")


def _broken_promises(url: str) -> list[Finding]:
    """Ask everything that `verify` asks."""
    database = Database(url)
    try:
        with database.read() as session:
            return [
                Finding(Sin.BROKEN_PROMISE, f"{asked.invariant.name}: {row}")
                for asked in verifying.ask(session, verifying.promises())
                for row in asked.broken
            ]
    finally:
        database.close()
