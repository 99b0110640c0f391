"""`import`: orders, products, bins or stock from a file: all or nothing; what must change is told by row and column."""

import argparse
import json
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
from rich.table import Table
from rich.text import Text

from wms import wiring
from wms.app import running
from wms.kernel import importing
from wms.kernel.commands import HOUSE, command
from wms.kernel.importing import Importer, Tell
from wms.kernel.refusal import Fault, NotFound, Refusal
from wms.kernel.services import Services
from wms.kernel.settings import load
from wms.kernel.sheets import SheetRefused, SheetUnreadable
from wms.kernel.words import say

REFUSED = 2
SHOWN_AFTER_S = 1.0
"""Whatever is done sooner needs no progress."""


class NoSuchFile(NotFound):
    """There is no file of that name, or it cannot be read."""

    sentence = "app.no_such_file"


def add(parser: argparse.ArgumentParser) -> None:
    """What, from where, and whether to do it."""
    parser.add_argument("what", choices=sorted(wiring.IMPORTERS))
    parser.add_argument("file", type=Path, metavar="FILE", help="CSV or XLSX, columns by header")
    parser.add_argument("--dry-run", action="store_true", help="only say what it would do")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Return 0 when everything was taken, 2 when nothing was."""
    see_that_there(args.file)
    importer = wiring.IMPORTERS[args.what]
    house = running.prepare(load())
    told: dict[str, Any] = {"what": args.what, "file": str(args.file), "dry_run": args.dry_run}
    try:
        with _progress(args.what) as tell:
            counts = _carry_out(house, importer, args, tell)
    except (SheetRefused, SheetUnreadable) as no:
        return _refused(no, told, as_json=args.json)
    finally:
        house.database.close()
    if args.json:
        print(json.dumps({**told, "taken": not args.dry_run, **counts, "errors": []}))
    else:
        print(_in_words(counts, would=args.dry_run))
    return 0


def see_that_there(file: Path) -> None:
    """Raise NoSuchFile where there is nothing to read."""
    if not file.is_file():
        raise NoSuchFile(file=str(file))


def _carry_out(
    house: Services, importer: Importer[Any], args: argparse.Namespace, tell: Tell
) -> Mapping[str, int]:
    at = house.clock.now()
    if not args.dry_run:
        act = command(f"app.import_{importer.name}", by=HOUSE, at=at)
        return importing.carry_out(house.database, act, importer, args.file, tell=tell).value
    seen = importing.look(house.database, importer, args.file, at=at, tell=tell)
    seen.reading.refuse_if_wrong()
    return {"rows": seen.reading.rows, **seen.counts}


@contextmanager
def _progress(what: str) -> Iterator[Tell]:
    """Show on the screen, if there is one, how far the reading is."""
    console = Console(file=sys.stderr)
    columns = (SpinnerColumn(), TextColumn("{task.description}"), TimeElapsedColumn())
    shown = Progress(*columns, console=console, transient=True)
    task = shown.add_task(what)
    began = time.monotonic()
    try:

        def tell(rows: int) -> None:
            if not shown.live.is_started and time.monotonic() - began > SHOWN_AFTER_S:
                shown.start()
            shown.update(task, description=f"{what}: {rows:,} rows")

        yield tell
    finally:
        shown.stop()


def _refused(no: Refusal, told: Mapping[str, Any], *, as_json: bool) -> int:
    sentence = say(no.sentence, no.values)
    if as_json:
        errors = [_plain(fault) for fault in no.faults]
        counted = {
            "taken": False,
            "sentence": sentence,
            "errors_in_all": no.values.get("n", len(errors)),
        }
        print(json.dumps({**told, **counted, "errors": errors}, ensure_ascii=False))
        return REFUSED
    console = Console(file=sys.stderr)
    console.print(_table(no))
    console.print(sentence, highlight=False, markup=False)
    more = no.values.get("n", 0) - len(no.faults)
    if more > 0:
        console.print(f"{more:,} more are not listed.")
    return REFUSED


def _plain(fault: Fault) -> dict[str, Any]:
    place = {name: fault.values.get(name) for name in ("row", "column", "header", "found")}
    return {**place, "code": fault.sentence, "detail": say(fault.sentence, fault.values)}


def _table(no: Refusal) -> Table:
    drawn = Table(box=None, pad_edge=False)
    drawn.add_column("Row", justify="right")
    for heading in ("Column", "What stands there", "What would be right"):
        drawn.add_column(heading, overflow="fold")
    for fault in no.faults:
        values = {name: str(value) for name, value in fault.values.items() if value is not None}
        column = f"{values.get('column', '')} {values.get('header', '')}".strip()
        found = values.get("found", values.get("code", ""))
        said = say(fault.sentence, fault.values)
        cells = (values.get("row", ""), column, found, said)
        drawn.add_row(*(Text(cell) for cell in cells))  # a cell may hold what rich takes for markup
    return drawn


def _in_words(counts: Mapping[str, int], *, would: bool) -> str:
    rows = counts["rows"]
    said = ", ".join(
        f"{count:,} {name.replace('_', ' ')}"
        for name, count in counts.items()
        if name != "rows" and count
    )
    read = f"{rows:,} row{'' if rows == 1 else 's'}"
    what = said or "nothing to do"
    return (
        f"{read} read: would be {what}. Nothing was changed." if would else f"{read} taken: {what}."
    )
