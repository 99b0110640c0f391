"""Whoever buys labels is killed at random: every parcel gets its label, and none is paid twice.

`python -m tests.campaigns.buying --parcels 100 --kills 200 --database sqlite`: exit 0 when that held.
"""

import argparse
import os
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path

import requests
from sqlalchemy import func, select

from tests.campaigns.serving import ROOT
from tests.wms.shipping.docking import Dock
from tests.wms.shipping.standin.trips import KEY
from wms import wiring
from wms.app.house import listeners
from wms.kernel.clock import SystemClock
from wms.kernel.database import Database
from wms.kernel.tables import StoredEvent
from wms.migrations.upgrade import migrate
from wms.packing import actions as packing
from wms.packing.tables import Package
from wms.shipping.events import LabelInDoubt
from wms.shipping.gateway import Gateway, line
from wms.shipping.tables import Shipment
from wms.shipping.worker import Buyer
from wms.trial import postgres

LIVES_MS = (20, 1200)
"""How long somebody buys before they are killed."""

THINKS_MS = {"before_ms": [0, 60], "after_ms": [0, 30]}
"""How long the platform thinks before money is spent, and after."""

GRACE = timedelta(seconds=1)
"""Longer than the platform thinks."""

LEASE = timedelta(milliseconds=400)
LOOK_AGAIN = timedelta(milliseconds=100)
READY = (line,)
"""Read before anybody is started: whoever lives for a moment has no time to."""

STILL_S = 90.0
"""How long no parcel may get its label, once nobody is killed any more, before it counts as lost."""


@dataclass
class Outcome:
    """What came of one campaign."""

    parcels: int
    kills: int
    purchases: int
    doubts: int
    findings: list[str] = field(default_factory=list)

    def told(self) -> str:
        """Return it as a line."""
        return (
            f"{self.parcels} parcels, {self.kills} kills, {self.purchases} purchases, "
            f"{self.doubts} doubts, {len(self.findings)} findings"
        )


def run(folder: Path, url: str, parcels: int, kills: int, seed: int = 1) -> Outcome:
    """Pack parcels, buy their labels under kills, and judge."""
    url = url or f"sqlite:///{folder / 'binwave.sqlite'}"
    chance = random.Random(seed)
    with platform(folder) as address:
        prepare(url, parcels)
        killed = 0
        while killed < kills and waiting(url):
            child = buy_apart(url, address)
            time.sleep(chance.uniform(*LIVES_MS) / 1000)
            os.kill(child, signal.SIGKILL)
            os.waitpid(child, 0)
            killed += 1
        finish(url, address)
        return judged(url, address, parcels, killed)


@contextmanager
def platform(folder: Path) -> Iterator[str]:
    """A stand-in in a process and store of its own, which thinks as long as a real one in small."""
    command = [sys.executable, "-m", "wms.shipping.standin", "--store", str(folder / "shippo.db")]
    process = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        address = process.stdout.readline().removeprefix("READY ").strip()
        requests.put(f"{address}/pace", json=THINKS_MS, timeout=5).raise_for_status()
        yield address
    finally:
        process.terminate()
        process.wait(30)
        if process.stdout is not None:
            process.stdout.close()


def prepare(url: str, parcels: int) -> None:
    """Pack one large order into so many boxes; each is weighed and wants its label."""
    database = Database(url, listeners())
    migrate(database)
    dock = Dock(database, prints=False, stock=parcels)
    dock.means("UPS", "shippo")
    [fo] = dock.pick([("MUG", parcels)], carrier="UPS")
    box = dock.open(fo)
    [(tote_id, mug)] = dock.waiting(fo)
    for number in range(parcels):
        if number:
            box = dock.do(packing.open_package, fo_id=fo, station_id=dock.station)
        dock.put_in(box, tote_id, mug, 1)
        dock.close(box, "S")
        dock.weigh(box)
    dock.settle()
    database.close()


def buy_apart(url: str, address: str) -> int:
    """Let a process of its own buy labels until somebody ends it; returns its number once it is at it."""
    at_it, says = os.pipe()
    child = os.fork()
    if child:
        os.close(says)
        os.read(at_it, 1)
        os.close(at_it)
        return child
    try:
        database, buyer, clock = Database(url, listeners()), a_buyer(address), SystemClock()
        left(database)
        os.write(says, b".")
        while True:
            if not buyer.step(database, clock):
                time.sleep(0.01)
    finally:
        os._exit(1)


def finish(url: str, address: str) -> None:
    """Buy on until every parcel has its label, or nothing comes of it any more."""
    database, buyer, clock = Database(url, listeners()), a_buyer(address), SystemClock()
    until = time.monotonic() + STILL_S
    while left(database) and time.monotonic() < until:
        if not buyer.step(database, clock):
            time.sleep(0.05)
    database.close()


def a_buyer(address: str) -> Buyer:
    """Somebody who buys, with the patience of a campaign."""
    return Buyer(Gateway(KEY, address, read_s=5), GRACE, LEASE, LOOK_AGAIN)


def waiting(url: str) -> int:
    """Return how many parcels have no label yet."""
    database = Database(url, listeners())
    number = left(database)
    database.close()
    return number


def left(database: Database) -> int:
    """Return how many parcels have no label yet."""
    with database.read() as session:
        unlabelled = select(func.count()).where(Package.state == "weighed")
        return session.scalars(unlabelled).one()


def judged(url: str, address: str, parcels: int, kills: int) -> Outcome:
    """Hold what the house believes against the platform's own book."""
    ledger = requests.get(f"{address}/ledger", timeout=30).json()
    database = Database(url, listeners())
    with database.read() as session:
        labels = session.scalars(select(Shipment).order_by(Shipment.id)).all()
        states = session.scalars(select(Package.state).where(Package.state != "void")).all()
        doubted = select(func.count()).where(StoredEvent.type == LabelInDoubt.type_name())
        doubts = session.scalars(doubted).one()
        findings = [
            f"{one.name}: {dict(row)}" for one in wiring.INVARIANTS for row in one.broken(session)
        ]
    database.close()
    ours = {str(row.transaction_id) for row in labels if row.state == "bought"}
    sold = {row["object_id"] for row in ledger["transactions"] if row["status"] != "ERROR"}
    findings += [f"paid and on no parcel: {lost}" for lost in sorted(sold - ours)]
    findings += [f"on a parcel and never sold: {lost}" for lost in sorted(ours - sold)]
    findings += [f"{len(states)} boxes for {parcels} parcels"] * (len(states) != parcels)
    findings += [f"a box is {state}" for state in states if state != "labelled"]
    return Outcome(parcels, kills, len(sold), doubts, findings)


def main() -> int:
    """Run one campaign and tell what came of it."""
    parser = argparse.ArgumentParser(prog="tests.campaigns.buying")
    parser.add_argument("--parcels", type=int, default=100)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--database", choices=("sqlite", "postgresql"), default="sqlite")
    parser.add_argument("--seed", type=int, default=1)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        if args.database == "sqlite":
            return tell(run(Path(folder), "", args.parcels, args.kills, args.seed))
        with postgres.running(options="") as server:
            url = postgres.make(server, "buying")
            return tell(run(Path(folder), url, args.parcels, args.kills, args.seed))


def tell(outcome: Outcome) -> int:
    """Print what came of it; return the exit code."""
    print(outcome.told())
    for finding in outcome.findings:
        print(f"  {finding}")
    return 1 if outcome.findings else 0


if __name__ == "__main__":
    raise SystemExit(main())
