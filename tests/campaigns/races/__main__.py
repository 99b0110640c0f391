"""`python -m tests.campaigns.races [--full]`: every race on both databases; exit 1 when one found something."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

from rich.console import Console
from rich.table import Table

from tests.campaigns.races import programme
from tests.campaigns.races.crew import Crew, crew
from tests.campaigns.races.findings import Outcome
from tests.campaigns.races.programme import Race
from tests.campaigns.races.track import DATABASES, POSTGRES, Track, track
from tests.campaigns.races.twins.server import PROGRAM
from tests.campaigns.serving import RUN
from wms.trial import postgres


def main(argv: Sequence[str]) -> int:
    """Run the races, then the twins that they must catch."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.races", description=__doc__)
    parser.add_argument("--full", action="store_true", help="as big as promised: half an hour")
    parser.add_argument("--only", choices=DATABASES, help="one of the databases")
    parser.add_argument("races", nargs="*", metavar="RACE", help=", ".join(programme.SHORT))
    args = parser.parse_args(argv)
    known = programme.FULL if args.full else programme.SHORT
    wanted = {name: known[name] for name in args.races or known}
    console = Console()
    found = 0
    with crew() as workers:
        for database in [args.only] if args.only else DATABASES:
            found += _house(console, database, workers, wanted)
            found += 0 if args.races else _twins(console, database, workers)
    return 1 if found else 0


def _house(console: Console, database: str, workers: Crew, wanted: dict[str, Race]) -> int:
    table = Table(
        "database",
        "race",
        "requests",
        "yes",
        "no",
        "put off",
        "s",
        "/s",
        "p50 ms",
        "p99 ms",
        "found",
    )
    outcomes = []
    with _served(database, workers, RUN) as here:
        for race in wanted.values():
            outcomes.append(here.run(race))
            table.add_row(database, *_cells(outcomes[-1]))
    console.print(table)
    for finding in (finding for outcome in outcomes for finding in outcome.findings):
        console.print(f"{finding.sin}: {finding.what}", markup=False)
    return sum(len(outcome.findings) for outcome in outcomes)


def _twins(console: Console, database: str, workers: Crew) -> int:
    """Return how many wrongs of the twins were not found."""
    table = Table("database", "twin", "race", "found", "missed")
    away = 0
    with _served(database, workers, PROGRAM) as here:
        for catch in programme.catches(database).values():
            outcome = catch.run(here)
            sins = Counter(finding.sin.name for finding in outcome.findings)
            missed = catch.missed(outcome)
            away += len(missed)
            counted = ", ".join(f"{name} {count}" for name, count in sins.most_common())
            table.add_row(database, catch.twin, outcome.race, counted, "; ".join(missed))
    console.print(table)
    return away


def _cells(outcome: Outcome) -> list[str]:
    figures = outcome.figures
    return [
        outcome.race,
        *(f"{n:,}" for n in (figures.requests, figures.granted, figures.refused, figures.put_off)),
        f"{figures.seconds:.1f}",
        f"{figures.per_second:.0f}",
        f"{figures.p50_ms:.0f}",
        f"{figures.p99_ms:.0f}",
        str(len(outcome.findings)),
    ]


@contextmanager
def _served(database: str, workers: Crew, program: Sequence[str]) -> Iterator[Track]:
    with tempfile.TemporaryDirectory() as folder:
        if database == "sqlite":
            with track(Path(folder), "", workers, program) as here:
                yield here
            return
        with postgres.running(POSTGRES) as server:
            url = postgres.make(server, "races")
            with track(Path(folder), url, workers, program) as here:
                yield here


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
