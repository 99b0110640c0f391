"""`migrate`: brings the database to this version's tables; for whoever builds, drafts the next step."""

import argparse

from wms.app.house import open_house
from wms.migrations import upgrade


def add(parser: argparse.ArgumentParser) -> None:
    """What to do instead of migrating."""
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "--check", action="store_true", help="only look; exit 1 when steps are missing"
    )
    what.add_argument(
        "--draft",
        metavar="WORDS",
        help="write the next step from what the tables in code have more",
    )


def run(args: argparse.Namespace) -> int:
    """Return 0 when the database is at the newest step."""
    house = open_house()
    try:
        if args.draft:
            upgrade.migrate(house.database)
            upgrade.draft(house.database, args.draft)
            return 0
        before = upgrade.current(house.database)
        if args.check:
            print(f"The database is at step {before or 'none'}, the newest is {upgrade.head()}.")
            return 0 if before == upgrade.head() else 1
        upgrade.migrate(house.database)
        after = upgrade.current(house.database)
        print(f"The database was at step {before or 'none'} and is at {after} now.")
        return 0
    finally:
        house.database.close()
