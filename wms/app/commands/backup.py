"""`backup DEST`: a copy of everything that was written down, made while the house works, proved before it is kept."""

import argparse
import json
from pathlib import Path

from wms.app.backups import making
from wms.app.house import open_house


def add(parser: argparse.ArgumentParser) -> None:
    """Where to put it."""
    parser.add_argument("dest", type=Path, metavar="DEST", help="a folder that is not there yet")
    parser.add_argument("--json", action="store_true", help="print the manifest")


def run(args: argparse.Namespace) -> int:
    """Return 0 when the backup stands and its data keeps every promise, 1 when it stands and does not."""
    house = open_house()
    try:
        made = making.make(house, args.dest)
    finally:
        house.database.close()
    paper = made.manifest
    if args.json:
        print(json.dumps(paper.model_dump(mode="json")))
        return 1 if paper.broken else 0
    size = sum(file.bytes for file in paper.files) / 1_000_000
    print(f"{args.dest}: {len(paper.files)} files, {size:.1f} MB")
    print(f"Ledger: {paper.position} moves sealed, head {paper.head}")
    for name in made.absent:
        print(f"An item names the picture {name}, which is not in the data folder.")
    if paper.broken:
        print(
            f"The data breaks {len(paper.broken)} promises: {', '.join(paper.broken)}. Ask `verify` for the rows."
        )
        return 1
    print(
        f"All {paper.promises} promises are kept. The secret key is not in it; keep that elsewhere."
    )
    return 0
