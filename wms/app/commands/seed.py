"""`seed`: fills an empty house from a number and prints everything that opens it. For practice, tests and trials."""

import argparse
import json
import sys
from pathlib import Path
from typing import Any

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from wms.app.commands.imports import see_that_there
from wms.app.house import open_house
from wms.kernel.settings import ROOT
from wms.migrations.upgrade import migrate
from wms.trial import seed
from wms.trial.seed import Filled

WIDTH = 140
"""Columns of a table that goes into a file."""


def add(parser: argparse.ArgumentParser) -> None:
    """Which house, and in which form it is told."""
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same N, the same house (1)"
    )
    parser.add_argument(
        "--orders", type=Path, metavar="FILE", help="with the goods that these orders ask for"
    )
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Fill the house that the settings name; returns 0. Raises NotEmpty where somebody works there."""
    if args.orders:
        see_that_there(args.orders)
    house = open_house()
    try:
        migrate(house.database)
        with Console(stderr=True).status("filling the shelves"):
            filled = seed.fill(
                house.database, seed=args.seed, at=house.clock.now(), file=args.orders
            )
    finally:
        house.database.close()
    if args.json:
        print(json.dumps(filled.plain(), ensure_ascii=False))
    else:
        console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH)
        tell(filled, console, serve_line(house.settings.data_dir))
        if args.orders:
            tell_of_orders(args.orders, args.seed, console)
    return 0


def tell(filled: Filled, console: Console, serve: str) -> None:
    """Print for people: what is there, who can sign in with what, and what to do next."""
    plain = filled.plain()
    units = sum(item["units"] for item in plain["items"])
    console.print(
        f"{plain['warehouse']['name']}: {len(plain['bins']):,} bins, {len(plain['items']):,} items, "
        f"{units:,} units on {len(plain['stock']):,} places of the shelves.",
        highlight=False,
    )
    console.print(_people(plain["users"]))
    console.print(_keys([*plain["tablets"], *plain["stations"], plain["machine"]]))
    console.print(
        "All of these follow from the seed: whoever knows it can sign in. Keep this house for practice.\n"
        f"Next: {serve}, open the address that it prints, and sign in as admin.",
        highlight=False,
    )


def tell_of_orders(file: Path, seed: int, console: Console) -> None:
    """Print what of the house the file told, and what was made up."""
    console.print(
        f"SKUs, names and what is wanted of them are from {file.name}. Weights, sizes, barcodes, lots, bins and the "
        f"opening stock (60 to 130 % of what the file asks for) are made up from seed {seed}.\n"
        f"The orders themselves: python3 run.py import orders {file}",
        highlight=False,
        soft_wrap=True,
    )


def serve_line(data_dir: Path) -> str:
    """Return the command that serves this very house."""
    usual = data_dir.resolve() == (ROOT / ".data").resolve()
    return "python3 run.py serve" + ("" if usual else f" --data {data_dir}")


def _people(users: list[dict[str, Any]]) -> Table:
    table = Table("Name", "Role", "Login", "Password", "Badge", "PIN", box=SIMPLE)
    for user in users:
        cells = (user["login"], user["password"], user["badge"], user["pin"])
        table.add_row(user["name"], user["roles"][0], *(cell or "–" for cell in cells))
    return table


def _keys(keys: list[dict[str, str]]) -> Table:
    table = Table("Device or machine", "Kind", "Token", box=SIMPLE)
    for key in keys:
        table.add_row(key["name"], key.get("kind", "machine"), key["token"])
    return table
