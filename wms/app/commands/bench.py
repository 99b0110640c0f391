"""`bench`: our figures beside the same work by hand, measured in one run."""

import argparse
import sys
from collections.abc import Callable, Mapping

from rich.console import Console

from wms.app.commands import shifts
from wms.kernel import logs
from wms.migrations.upgrade import migrate
from wms.trial.bench import allocate, importing, pack, post, scan, simulate
from wms.trial.bench.figures import Figure, as_json, show
from wms.trial.bench.houses import Migrate

WIDTH = 140
"""Columns of a table that goes into a file."""

BENCHES: Mapping[str, Callable[[Migrate], list[Figure]]] = {
    "allocate": allocate.run,
    "import": importing.run,
    "pack": lambda migrate: pack.run(migrate, shifts.packed),
    "post": post.run,
    "scan": scan.run,
    "simulate": lambda migrate: simulate.run(migrate, shifts.whole),
}


def add(parser: argparse.ArgumentParser) -> None:
    """Which benchmark, and in which form."""
    parser.add_argument("name", nargs="?", choices=sorted(BENCHES), help="one of them; all without")
    parser.add_argument("--json", action="store_true", help="a list of objects instead of a table")


def run(args: argparse.Namespace) -> int:
    """Run the benchmarks and print their figures. Takes minutes; nothing else should run beside it."""
    logs.set_up_aside()
    figures: list[Figure] = []
    talk = Console(stderr=True)
    for name in [args.name] if args.name else BENCHES:
        with talk.status(f"bench {name}"):
            figures += BENCHES[name](migrate)
    if args.json:
        print(as_json(figures))
    else:
        show(figures, Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH))
    return 0
