"""`restore SRC`: puts a backup in place, after looking at every file of it, and asks every promise afterwards."""

import argparse
from pathlib import Path

from wms.app.backups import restoring
from wms.app.commands.verify import tell_broken
from wms.kernel.settings import load


def add(parser: argparse.ArgumentParser) -> None:
    """What to restore, and whether the house that is there may be replaced."""
    parser.add_argument("src", type=Path, metavar="SRC", help="a folder that `backup` made")
    parser.add_argument(
        "--replace",
        action="store_true",
        help="set the house that is here aside, and take its place",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0 when the house stands and keeps every promise, 1 when it stands and does not."""
    done = restoring.restore(load(), args.src, replace=args.replace)
    print(f"Restored from {args.src}, made {done.manifest.made_at:%Y-%m-%d %H:%M} UTC.")
    if done.aside:
        print(f"What was here before is set aside as {done.aside}; remove it when nobody needs it.")
    return tell_broken(done.findings)
