"""`python -m tests.campaigns.races [--full]`: every race on both databases; exit 1 when one found something."""

import argparse
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

from tests.campaigns.races import programme
from tests.campaigns.races.crew import Crew, crew
from tests.campaigns.races.findings import Outcome
from tests.campaigns.races.programme import Race
from tests.campaigns.races.track import DATABASES, POSTGRES, Track, track
from tests.campaigns.races.twins.server import PROGRAM
from tests.campaigns.serving import RUN
from wms.trial import postgres

HEAD = ("requests", "yes", "no", "put off", "s", "/s", "p50 ms", "p99 ms", "found")


def main(argv: Sequence[str]) -> int:
    """Run the races, then the twins that they must catch."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.races", description=__doc__)
    parser.add_argument("--full", action="store_true", help="as big as promised: an hour or so")
    parser.add_argument("--only", choices=DATABASES, help="one of the databases")
    parser.add_argument("races", nargs="*", metavar="RACE", help=", ".join(programme.SHORT))
    args = parser.parse_args(argv)
    known = programme.FULL if args.full else programme.SHORT
    wanted = {name: known[name] for name in args.races or known}
    found = 0
    with crew() as workers:
        for database in [args.only] if args.only else DATABASES:
            found += _house(database, workers, wanted)
            found += 0 if args.races else _twins(database, workers)
    return 1 if found else 0


def _house(database: str, workers: Crew, wanted: Mapping[str, Race]) -> int:
    """Return how many wrongs were found of the house."""
    _say(f"the house on {database}", HEAD)
    found = 0
    with _served(database, workers, RUN) as here:
        for name, race in wanted.items():
            outcome = here.run(race)
            _say(f"  {name}", _figures(outcome))
            for finding in outcome.findings:
                print(f"    {finding.sin}: {finding.what}", flush=True)
            found += len(outcome.findings)
    return found


def _twins(database: str, workers: Crew) -> int:
    """Return how many wrongs of the twins were not found."""
    _say(f"twins on {database}", ())
    missed = 0
    with _served(database, workers, PROGRAM) as here:
        for name, catch in programme.catches(database).items():
            outcome = catch.run(here)
            sins = Counter(finding.sin.name for finding in outcome.findings)
            counted = ", ".join(f"{sin} {count}" for sin, count in sins.most_common())
            print(f"  {name}, {catch.twin}: {counted or 'nothing'}", flush=True)
            for what in catch.missed(outcome):
                print(f"    NOT FOUND: {what}", flush=True)
                missed += 1
    return missed


def _figures(outcome: Outcome) -> Sequence[str]:
    figures = outcome.figures
    counts = (figures.requests, figures.granted, figures.refused, figures.put_off)
    times = (figures.seconds, figures.per_second, figures.p50_ms, figures.p99_ms)
    return [
        *(f"{count:,}" for count in counts),
        *(f"{time:,.1f}" for time in times),
        str(len(outcome.findings)),
    ]


def _say(name: str, cells: Sequence[str]) -> None:
    print(f"{name:<26}" + "".join(f"{cell:>9}" for cell in cells), flush=True)


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
