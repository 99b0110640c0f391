"""`verify`: asks every promise about the data. Exit 0 when all are kept, 1 with the rows named that break one."""

import argparse
import json
import sys
from collections.abc import Iterable, Iterator, Sequence

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
from rich.table import Table

from wms.app import verifying
from wms.app.house import open_house
from wms.app.verifying import Finding
from wms.kernel.invariants import Invariant
from wms.stock import seals


def add(parser: argparse.ArgumentParser) -> None:
    """How much to ask, and how to tell."""
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")
    parser.add_argument(
        "--chain", action="store_true", help="seal the ledger, then make every hash again"
    )
    parser.add_argument(
        "--head", metavar="HASH", help="a head that was written down; implies --chain"
    )


def run(args: argparse.Namespace) -> int:
    """Return 0 when every promise is kept, else 1."""
    house = open_house()
    try:
        verifying.require_tables(house)
        asked = verifying.promises()
        if args.chain or args.head:
            verifying.seal_all(house)
            asked = verifying.promises_and_chain(args.head)
        with house.database.read() as session:
            findings = list(_watched(verifying.ask(session, asked), asked))
            head = seals.head(session)
    finally:
        house.database.close()
    tell_json(findings, head) if args.json else tell(findings, head)
    return 1 if any(finding.broken for finding in findings) else 0


def tell_json(findings: Sequence[Finding], head: seals.Head) -> None:
    """Print one object, as CONTRACT says."""
    told = {
        "clean": not any(finding.broken for finding in findings),
        "checked": [finding.plain() for finding in findings],
        "head": {"hash": head.hash, "position": head.position},
    }
    print(json.dumps(told, default=str, ensure_ascii=False))


def tell(findings: Sequence[Finding], head: seals.Head) -> None:
    """Print every promise for people: kept or not, and the rows that break it."""
    console = Console()
    console.print(table(findings))
    console.print(f"\nLedger: {head.position} moves sealed, head {head.hash}", highlight=False)
    tell_broken(findings)


def tell_broken(findings: Sequence[Finding]) -> int:
    """Print the rows that break a promise, and how many promises are kept; returns the exit code."""
    console = Console()
    broken = [finding for finding in findings if finding.broken]
    for finding in broken:
        console.print(f"\n[bold red]{finding.invariant.name}[/]: {finding.invariant.says}")
        for row in finding.broken:
            said = ", ".join(f"{name} {value}" for name, value in row.items())
            console.print(f"  {said}", markup=False, highlight=False)
        if finding.more:
            console.print("  and more")
    console.print(
        f"[bold red]{len(broken)} of {len(findings)} promises are broken.[/]"
        if broken
        else f"[bold green]All {len(findings)} promises are kept.[/]"
    )
    return 1 if broken else 0


def table(findings: Iterable[Finding]) -> Table:
    """Return the promises as a table."""
    drawn = Table("Promise", box=None, pad_edge=False)
    drawn.add_column("rows", justify="right")
    drawn.add_column("broken", justify="right")
    for finding in findings:
        count = f"{len(finding.broken)}{'+' if finding.more else ''}"
        style = "red" if finding.broken else None
        drawn.add_row(finding.invariant.says, f"{finding.rows}", count, style=style)
    return drawn


def _watched(findings: Iterator[Finding], asked: Sequence[Invariant]) -> Iterator[Finding]:
    """Show how far we are on the screen, if there is one."""
    columns = (BarColumn(), MofNCompleteColumn(), TextColumn("{task.description}"))
    with Progress(*columns, console=Console(file=sys.stderr), transient=True) as progress:
        task = progress.add_task("", total=len(asked))
        for invariant in asked:
            progress.update(task, description=invariant.says)
            yield next(findings)
            progress.advance(task)
