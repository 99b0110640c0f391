"""One campaign: a house under eight clients, a killer at work, and what is left when the smoke has cleared."""

import json
import os
import re
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from tests.campaigns.house import PEER_PORT
from tests.campaigns.kill import judging
from tests.campaigns.kill.clients import Act, Client
from tests.campaigns.kill.killer import wait_until_it_serves
from tests.campaigns.kill.peer import peer
from tests.campaigns.races import grounds
from tests.campaigns.races.books import rows
from tests.campaigns.serving import ROOT
from wms.kernel.database import Database
from wms.migrations.upgrade import migrate

CLIENTS = 8
PLACES = 12
UNITS = 400
"""In each bin at the start."""

STILL_S = 60.0
"""How long nothing may end, once nobody is killed any more, before what was begun counts as lost."""


@dataclass(frozen=True)
class Outcome:
    """What came of a campaign."""

    kills: Sequence[str]
    acts: Sequence[Act]
    findings: Sequence[str]
    seconds: float
    settled_s: float

    def told(self) -> str:
        """Return its figures in one line."""
        depths = [kill.split()[2] for kill in self.kills]
        sends = sum(act.sends for act in self.acts)
        done = sum(bool(act.move_ids) for act in self.acts)
        return (
            f"{len(self.kills)} kills ({depths.count('1')} of parents, {depths.count('2')} of workers) in "
            f"{self.seconds:.0f} s: {len(self.acts)} acts answered, {done} of them moves, {sends} sends, all settled "
            f"{self.settled_s:.1f} s after the last kill, {len(self.findings)} findings"
        )


def run(folder: Path, url: str, kills: int, seed: int = 1) -> Outcome:
    """Run a campaign on a fresh house: on the PostgreSQL database under `url`, or on SQLite where it is empty."""
    here = url or f"sqlite:///{folder / 'binwave.sqlite'}"
    _found(here)
    token, ground = grounds.a_token(here), grounds.lay_out(here, bins_count=PLACES, units=[UNITS])
    port = _free_port()
    began = time.monotonic()
    with peer() as outside, _kept(folder, url, port, outside.server_address[1]) as keeper:
        wait_until_it_serves(port)
        clients = [
            Client(f"client-{n}", port, token, ground.items[0], ground.bins) for n in range(CLIENTS)
        ]
        with _working(clients):
            killed = _kill(keeper.pid, port, kills, seed)
        wait_until_it_serves(port)
        settled = _settle(here)
    acts = [act for client in clients for act in client.done]
    strange = [what for client in clients for what in client.strange]
    found = [*strange, *_bugs(folder), *judging.findings(here, acts, outside.keys)]
    return Outcome(killed, acts, found, time.monotonic() - began, settled)


def _found(url: str) -> None:
    """Make the tables. Its folder must be there."""
    database = Database(url)
    migrate(database)
    database.close()


@contextmanager
def _kept(folder: Path, url: str, port: int, peer_port: int) -> Iterator[subprocess.Popen]:
    """Keep the house running until the block ends, then ask it to end."""
    workers = ["--workers", "2"] if url else []
    commands = [["serve", "--port", str(port), "--data", str(folder), *workers]]
    commands += [["work"], ["work"]] if url else []
    surroundings = {
        name: value for name, value in os.environ.items() if not name.startswith("WMS_")
    }
    surroundings |= {PEER_PORT: str(peer_port), "WMS_DATA_DIR": str(folder)}
    keeper = subprocess.Popen(
        [
            sys.executable,
            "-m",
            "tests.campaigns.kill.keeper",
            str(folder / "log"),
            json.dumps(commands),
        ],
        stdin=subprocess.PIPE,
        cwd=ROOT,
        env=surroundings | ({"WMS_DATABASE_URL": url} if url else {}),
        stdout=subprocess.PIPE,
    )
    try:
        yield keeper
    finally:
        assert keeper.stdin
        keeper.stdin.close()
        code = keeper.wait(120)
        assert keeper.stdout
        keeper.stdout.close()
        assert code == 0, f"the house did not end: {code}"


@contextmanager
def _working(clients: Sequence[Client]) -> Iterator[None]:
    """Have all clients work until the block ends, and bring to its answer what they began."""
    stop = threading.Event()
    threads = [threading.Thread(target=client.work, args=(stop,)) for client in clients]
    for thread in threads:
        thread.start()
    try:
        yield
    finally:
        stop.set()
        for thread in threads:
            thread.join()


def _kill(keeper: int, port: int, kills: int, seed: int) -> list[str]:
    command = [sys.executable, "-m", "tests.campaigns.kill.killer"]
    done = subprocess.run(
        [*command, *map(str, (keeper, port, kills, seed))],
        cwd=ROOT,
        check=True,
        text=True,
        stdout=subprocess.PIPE,
    )
    return done.stdout.splitlines()


def _settle(url: str) -> float:
    """Wait until everything that was begun has ended; return how long that took."""
    began = moved = time.monotonic()
    waiting = rows(url, judging.WAITING)
    while waiting != [(0, 0)] and time.monotonic() - moved < STILL_S:
        time.sleep(0.1)
        before, waiting = waiting, rows(url, judging.WAITING)
        if waiting != before:
            moved = time.monotonic()
    return time.monotonic() - began


def _bugs(folder: Path) -> list[str]:
    """Return what the house logged that nobody foresaw; that the database was busy is foreseen."""
    return [
        line[:2000]
        for line in (folder / "log").read_text(errors="replace").splitlines()
        if re.search(r'"event": "(request|reaction|scheduled job) stopped', line)
    ]


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as door:
        number: int = door.getsockname()[1]
    return number
