"""`openapi`: prints the description of the machines' interface, as `/openapi.json` answers it."""

import argparse
import json
from pathlib import Path
from typing import cast

from flask_openapi import OpenAPI

from wms.app.description import describe
from wms.app.factory import create
from wms.app.house import open_house


def add(parser: argparse.ArgumentParser) -> None:
    """Where to write it."""
    parser.add_argument("--output", type=Path, metavar="FILE", help="a file instead of the screen")


def run(args: argparse.Namespace) -> int:
    """Return 0. The database is not asked."""
    house = open_house()
    try:
        doc = describe(cast("OpenAPI", create(house)))
    finally:
        house.database.close()
    written = json.dumps(doc, indent=2, ensure_ascii=False)
    if args.output:
        args.output.write_text(written + "\n", encoding="utf-8")
    else:
        print(written)
    return 0
