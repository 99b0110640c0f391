"""`demo`: a warehouse to look around in, with a day of orders, printers and a carrier that are only played."""

import argparse
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from rich.box import SIMPLE
from rich.console import Console
from rich.table import Table

from devices.virtual.printer import VirtualPrinter
from wms.app import running
from wms.app.house import open_house
from wms.kernel import logs
from wms.kernel.settings import ROOT, Settings, load
from wms.trial.demo import rounds, setting_up
from wms.trial.seed.team import Worker, workers
from wms.trial.simulate import carrier

HOST, PORT = "0.0.0.0", 8000  # noqa: S104 - a telephone in the same network is meant to reach it
HERE = "127.0.0.1"
KEPT = "demo.json"
"""What has to be known to show the badges again: the number from which everything follows."""

READY = "READY "
NOWHERE = ("192.0.2.1", 9)
"""An address that nobody has (RFC 5737): asking for the way there sends nothing, and tells our own address."""

WIDTH = 110


def add(parser: argparse.ArgumentParser) -> None:
    """Where to listen, where the data lives, and from which number the house is made."""
    parser.add_argument("--host", default=HOST, help="address to listen on (all of this machine's)")
    parser.add_argument("--port", type=int, default=PORT, help=f"0 takes a free one ({PORT})")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="data folder (.data/demo beside run.py)"
    )
    parser.add_argument(
        "--seed", type=int, default=1, metavar="N", help="the same N, the same house (1)"
    )


def run(args: argparse.Namespace) -> int:
    """Serve the demo until asked to end; returns 0."""
    logs.set_up()
    folder = (args.data or ROOT / ".data" / "demo").resolve()
    folder.mkdir(parents=True, exist_ok=True)
    os.environ["WMS_DATA_DIR"] = str(folder)
    with ExitStack() as on:
        machines = [on.enter_context(VirtualPrinter()) for _ in range(setting_up.BENCHES)]
        seed = _prepare(load(), folder, args.seed, [machine.address for machine in machines])
        platform = on.enter_context(carrier.running(folder, seed=seed))
        token = secrets.token_urlsafe(24)
        server = on.enter_context(_served(args, _played(platform, token)))
        assert server.stdout is not None
        url = _address(server.stdout)
        if url:
            where = _where(url)
            on.enter_context(_carried(carrier.Strings(platform), where, token))
            _tell(where, workers(seed))
        return _until_ended(server)


@dataclass(frozen=True)
class Where:
    """Where the demo is reached: on this machine, and from the same network."""

    here: str
    lan: str | None


def _prepare(settings: Settings, folder: Path, seed: int, printers: Sequence[str]) -> int:
    """Fill the house, or reach for what is there; returns the number it was made from."""
    house = running.prepare(settings)
    try:
        if setting_up.is_empty(house.database):
            with Console(stderr=True).status("filling the shelves and taking a day of orders in"):
                setting_up.set_up(house.database, house.clock, folder, seed=seed, printers=printers)
            (folder / KEPT).write_text(json.dumps({"seed": seed}))
            return seed
        setting_up.reach_printers(house.database, house.clock, printers)
    finally:
        house.database.close()
    kept = folder / KEPT
    return int(json.loads(kept.read_text())["seed"]) if kept.exists() else seed


@contextmanager
def _served(args: argparse.Namespace, played: Mapping[str, str]) -> Iterator[subprocess.Popen[str]]:
    line = [sys.executable, str(ROOT / "run.py"), "serve", "--tied"]
    line += ["--host", args.host, "--port", str(args.port)]
    env = os.environ | played
    with subprocess.Popen(line, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True) as server:
        try:
            yield server
        finally:
            server.terminate()
            server.wait()


@contextmanager
def _carried(strings: carrier.Strings, where: Where, token: str) -> Iterator[None]:
    """Let carriers take along what left the house, and call it when a parcel moves."""
    strings.listen(f"{where.here}/webhooks/shippo?token={token}")
    house = open_house(load())
    try:
        with rounds.going(rounds.Carriers(house.database, house.clock, strings)):
            yield
    finally:
        house.database.close()


def _played(platform: str, token: str) -> Mapping[str, str]:
    """Return the settings of a house that is for practice and buys from its own stand-in."""
    return {
        "WMS_PRACTICE": "true",
        "WMS_ALLOW_HTTP_LAN": "true",
        "WMS_SHIPPO_URL": platform,
        "WMS_SHIPPO_API_KEY": carrier.KEY,
        "WMS_SHIPPO_WEBHOOK_TOKEN": token,
        "WMS_OUTBOUND_ALLOW": json.dumps([carrier.host(platform)]),
    }


def _address(said: IO[str]) -> str:
    """Return where the server listens; empty where it did not come up."""
    return next((line.split()[1] for line in said if line.startswith(READY)), "")


def _where(url: str) -> Where:
    scheme, _, rest = url.partition("://")
    host, _, port = rest.rpartition(":")
    if host != HOST:
        return Where(url, None)
    lan = _own_address()
    return Where(f"{scheme}://{HERE}:{port}", f"{scheme}://{lan}:{port}" if lan else None)


def _own_address() -> str | None:
    """Return this machine's address in its network, if it has one."""
    with socket.socket(socket.AF_INET, socket.SOCK_DGRAM) as asked:
        try:
            asked.connect(NOWHERE)
        except OSError:
            return None
        found: str = asked.getsockname()[0]
    return None if found.startswith("127.") else found


def _tell(where: Where, team: Sequence[Worker]) -> None:
    console = Console(file=sys.stdout, width=None if sys.stdout.isatty() else WIDTH)
    table = Table("Role", "Name", "Login", "Password", "Badge", "PIN", box=SIMPLE)
    for one in team:
        table.add_row(
            str(one.role), one.name, one.login or "-", one.password or "-", one.badge, one.pin
        )
    console.print(f"READY {where.here}", highlight=False)
    if where.lan:
        console.print(f"In the same network: {where.lan}", highlight=False)
    console.print(table)
    console.print(
        "Sign in as supervisor, release a wave, then open the floor: its scanner offers the right codes.\n"
        "Printers, scales and the carrier are only played: what left is at its door within minutes.\n"
        "Ctrl-C ends the demo; calling it again goes on.",
        highlight=False,
    )
    sys.stdout.flush()


def _until_ended(server: subprocess.Popen[str]) -> int:
    """Wait until the server ends, by itself or because we are asked to end."""
    signal.signal(signal.SIGTERM, lambda *_told: server.terminate())
    try:
        return server.wait()
    except KeyboardInterrupt:
        return 0
