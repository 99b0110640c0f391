"""`python -m tests.campaigns.floors [--examples N] [--seed S] [--only DATABASE]`: the floor's promises, at length.

Any acts of a picker, taken back, leave the books as they were; two sessions in any order, and two at the same moment,
leave every promise of the house kept. Exit 1 when one is not.
"""

import argparse
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from hypothesis import HealthCheck, Phase, given, seed, settings
from hypothesis import strategies as st

from tests.wms.picking.unsteady import (
    AT_THE_BINS,
    AT_THE_DESK,
    OnPostgres,
    OnSqlite,
    at_once,
    interleaved,
    undone_again,
)
from wms.kernel import logs
from wms.kernel.database import Database
from wms.migrations.upgrade import migrate
from wms.trial import postgres

DATABASES = ("sqlite", "postgresql")

MIXED = st.lists(
    st.one_of(st.tuples(st.just("Pia"), AT_THE_BINS), st.tuples(st.just("desk"), AT_THE_DESK)),
    min_size=12,
    max_size=40,
)
BESIDE = st.tuples(
    st.lists(AT_THE_BINS, min_size=10, max_size=30), st.lists(AT_THE_DESK, min_size=3, max_size=12)
)

PROMISES = {
    "undone": (st.lists(AT_THE_BINS, min_size=8, max_size=30), undone_again),
    "in turn": (MIXED, interleaved),
    "at once": (BESIDE, at_once),
}


def main(argv: Sequence[str]) -> int:
    """Try each promise on each database; print what came of it."""
    parser = argparse.ArgumentParser(prog="python -m tests.campaigns.floors", description=__doc__)
    parser.add_argument("--examples", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=DATABASES)
    parser.add_argument("promises", nargs="*", metavar="PROMISE", help=", ".join(PROMISES))
    args = parser.parse_args(argv)
    logs.set_up()
    broken = 0
    for database in [args.only] if args.only else DATABASES:
        with grounds(database) as here:
            for name in args.promises or PROMISES:
                broken += not kept(here, database, name, args)
    return 1 if broken else 0


def kept(here: Any, database: str, name: str, args: argparse.Namespace) -> bool:
    """Try one promise; tells whether it held every time."""
    things, judge = PROMISES[name]

    @seed(args.seed)
    @settings(
        max_examples=args.examples,
        deadline=None,
        database=None,
        phases=[Phase.generate],
        suppress_health_check=list(HealthCheck),
    )
    @given(acts=things)
    def tried(acts: Any) -> None:
        with here.fresh() as floor:
            judge(floor, acts)

    began = time.monotonic()
    try:
        tried()
    except Exception as trouble:  # noqa: BLE001 - whatever it is, it is what was looked for
        print(f"{database:10} {name:8} broken: {trouble!r}"[:2000], flush=True)
        print("\n".join(getattr(trouble, "__notes__", [])))
        return False
    took = time.monotonic() - began
    print(f"{database:10} {name:8} {args.examples} examples held, {took:.0f} s", flush=True)
    return True


@contextmanager
def grounds(database: str) -> Iterator[Any]:
    """Give what makes fresh floors on one kind of database."""
    with tempfile.TemporaryDirectory() as folder:
        if database == "sqlite":
            template = Path(folder, "template.sqlite")
            opened = Database(f"sqlite:///{template}")
            migrate(opened)
            with opened.engines.writer.connect() as connection:
                wire: Any = connection.connection.dbapi_connection
                wire.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            opened.close()
            yield OnSqlite(template, Path(folder))
            return
        with postgres.running() as server:
            opened = Database(postgres.make(server, "template_wms"))
            migrate(opened)
            opened.close()
            yield OnPostgres(server)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
