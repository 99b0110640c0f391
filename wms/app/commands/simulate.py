"""`simulate`: a whole shift from a file of orders to the trucks and back, by scans alone; exit 0 where all is right."""

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, nullcontext
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

from pydantic import SecretStr
from rich.box import SIMPLE
from rich.console import Console
from rich.progress import BarColumn, Progress, TextColumn, TimeElapsedColumn
from rich.table import Table

from wms import wiring
from wms.app import verifying
from wms.app.commands.imports import see_that_there
from wms.app.commands.verify import tell_broken
from wms.app.house import listeners
from wms.app.verifying import Finding
from wms.kernel import logs
from wms.kernel.clock import SetClock
from wms.kernel.courier import Duties, Work
from wms.kernel.settings import Settings, load
from wms.migrations.upgrade import migrate
from wms.shipping.gateway import Gateway
from wms.shipping.worker import Buyer, Tracker
from wms.trial.demo import orders as demo_orders
from wms.trial.seed import goods
from wms.trial.simulate import carrier, figures, files, shift, stores
from wms.trial.simulate.figures import Worked
from wms.trial.simulate.house import House
from wms.trial.simulate.invariants import BY_SCANS
from wms.trial.simulate.shift import Asked, Shift

ANSWER_S = 5.0
"""So long the stand-in may think before it counts as silent: the platform itself gets six times as long."""

WIDTH = 100


def add(parser: argparse.ArgumentParser) -> None:
    """Which orders, whose luck, how many pickers, and what stays afterwards."""
    parser.add_argument(
        "--orders",
        type=Path,
        metavar="FILE",
        help="a file as `import orders` takes it; without: made up",
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same N, the same shift (1)"
    )
    parser.add_argument("--pickers", type=int, default=3, metavar="K", help="how many pick (3)")
    parser.add_argument("--keep", type=Path, metavar="DIR", help="keep the store in this folder")
    parser.add_argument("--json", action="store_true", help="one JSON object on standard output")


def run(args: argparse.Namespace) -> int:
    """Work a shift; returns 0 where every promise is kept and every sum comes out, else 1."""
    if args.orders:
        see_that_there(args.orders)
    logs.set_up_aside()
    try:
        with _folder(args.keep) as folder, _progress(args.json) as tell:
            told, findings = simulate(args, folder, tell)
    except shift.Endless as left:
        print(f"Nobody does what is left: {left}. Keep the store with --keep DIR.", file=sys.stderr)
        return 1
    faults = figures.faults(told)
    if args.json:
        print(json.dumps(told, ensure_ascii=False))
    else:
        _show(told, findings)
    for fault in faults:
        print(fault, file=sys.stderr)
    return 0 if told["verify"]["clean"] and not faults else 1


@dataclass(frozen=True)
class Watched:
    """What a benchmark or a test wants to see of a shift besides its figures."""

    gateway: Callable[..., Gateway] = Gateway
    seen: Callable[[Shift], object] = field(default=lambda _shift: None)
    """Is shown the shift when it is over, while its store is still open."""


def simulate(
    args: argparse.Namespace, folder: Path, tell: Any, watched: Watched | None = None
) -> tuple[dict[str, Any], list[Finding]]:
    """Work a shift in an empty store; returns its figures, and what came of asking every promise."""
    watched = watched or Watched()
    day = files.read(args.orders or _made_up(folder, args.seed))
    asked = Asked(day, folder, args.seed, args.pickers, args.orders is not None, tell)
    told = load().database_url
    url = told if told.startswith("postgresql") else f"sqlite:///{folder / 'binwave.sqlite'}"
    with (
        carrier.running(folder, seed=args.seed) as platform,
        stores.fresh(url, listeners(), is_kept=args.keep is not None) as database,
    ):
        migrate(database)
        settings = Settings(
            data_dir=folder,
            shippo_url=platform,
            shippo_api_key=SecretStr(carrier.KEY),
            outbound_allow=[carrier.host(platform)],
        )
        works = _works(settings, watched.gateway)
        duties = Duties(
            wiring.REACTIONS, wiring.SCHEDULE, wiring.CALLS, works, urgent=wiring.URGENT
        )
        house = House(database, SetClock(day.begins), wiring.FLOOR, duties)
        with shift.opened(house, asked, carrier.Strings(platform)) as worked:
            began = time.monotonic()
            worked.work()
            seconds = time.monotonic() - began
            watched.seen(worked)
            return _told(worked, seconds)


def _told(worked: Shift, seconds: float) -> tuple[dict[str, Any], list[Finding]]:
    promises = (*verifying.promises(), BY_SCANS)
    with worked.house.database.read() as session:
        came = Worked(worked.staff.scans(), seconds, dict(worked.planted.done), worked.sheets())
        told = figures.figures(session, came)
        findings = list(verifying.ask(session, promises))
        left = figures.left_over(session)
    broken = [finding.invariant.name for finding in findings if finding.broken]
    broken += [f"left over: {number} {state}" for number, state in left]
    return told | {"verify": {"clean": not broken, "broken": broken}}, findings


def _works(settings: Settings, make: Callable[..., Gateway]) -> Mapping[str, Work]:
    """Return what reaches outside, as `wiring` says; only that the carrier platform gets less time to answer."""
    key = settings.shippo_api_key.get_secret_value()
    gateway = make(key, settings.shippo_url, allow=settings.outbound_allow, read_s=ANSWER_S)
    buyer = Buyer(gateway, timedelta(seconds=settings.label_grace_seconds))
    played = {"labels": buyer.step, "parcels": Tracker(gateway).step}
    return {**wiring.works(settings), **played}


def _made_up(folder: Path, seed: int) -> Path:
    file = folder / "orders.csv"
    made = goods.items(seed, files.NO_DAY)
    demo_orders.write(file, made, seed=seed, on=files.NO_DAY)
    return file


@contextmanager
def _folder(kept: Path | None) -> Iterator[Path]:
    if kept is not None:
        kept.mkdir(parents=True, exist_ok=True)
        yield kept.resolve()
        return
    with tempfile.TemporaryDirectory(prefix="binwave-shift-") as name:
        yield Path(name)


@contextmanager
def _progress(quiet: bool) -> Iterator[Any]:  # noqa: FBT001 - whether the screen is a script's
    console = Console(file=sys.stderr)
    columns = (TextColumn("{task.description}"), BarColumn(), TimeElapsedColumn())
    shown = Progress(*columns, console=console, transient=True)
    with nullcontext() if quiet or not console.is_terminal else shown:
        task = shown.add_task("the house is filled", total=None)

        def tell(what: str, done: int) -> None:
            shown.update(task, description=f"{what} by the shift's clock: {done} parcels have left")

        yield tell


def _show(told: Mapping[str, Any], findings: list[Finding]) -> None:
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH)
    table = Table("", "", box=SIMPLE, show_header=False)
    for name, value in told.items():
        if name == "verify":
            continue
        said = ", ".join(f"{k} {v}" for k, v in value.items()) if isinstance(value, dict) else value
        table.add_row(name.replace("_", " "), f"{said:,}" if isinstance(said, int) else str(said))
    console.print(table)
    tell_broken(findings)
