"""`serve`: the server. On SQLite one process that also does the background work, on PostgreSQL as many as wanted."""

import argparse
import http.client
import os
import sys
import threading
import time
from pathlib import Path

from granian.constants import Interfaces
from granian.log import LogLevels
from granian.server import Server

from wms.app import life, lock, port, running
from wms.kernel import engines, logs, settings
from wms.kernel.refusal import Refusal
from wms.people.first_run import first_run_token

HOST = "127.0.0.1"
PORT = 8000

THREADS = engines.THREADS
"""Requests that one process answers side by side."""

WAITING = 64
"""Requests that wait for a thread before more are kept waiting at the door."""

WORKERS_LIMIT = 64

START_S = 60.0
LOOK_AGAIN_S = 0.05

EVERYWHERE = {"0.0.0.0": "127.0.0.1", "::": "::1"}  # noqa: S104 - only translated here
"""Addresses that mean all of this machine's, and under which one of them it can be asked."""


class OneProcess(Refusal):
    """A SQLite file has one writing process."""

    sentence = "app.one_process"


class NotHere(Refusal):
    """The server needs locks and ports as Linux and macOS have them."""

    sentence = "app.not_on_windows"


def add(parser: argparse.ArgumentParser) -> None:
    """Where to listen, where the data lives, and how many processes."""
    parser.add_argument("--host", default=HOST, help=f"address to listen on ({HOST})")
    parser.add_argument("--port", type=int, default=PORT, help=f"0 takes a free one ({PORT})")
    parser.add_argument(
        "--data", type=Path, metavar="DIR", help="data folder (.data beside run.py)"
    )
    parser.add_argument("--workers", type=int, metavar="N", help="processes, on PostgreSQL")
    parser.add_argument("--tied", action="store_true", help=argparse.SUPPRESS)  # for `demo`


def run(args: argparse.Namespace) -> int:
    """Serve until asked to end; returns 0."""
    if sys.platform == "win32":
        raise NotHere
    if args.data:
        os.environ["WMS_DATA_DIR"] = str(args.data.resolve())
    logs.set_up()
    if args.tied:
        life.tie()
    token, workers = _open(args.workers)
    kept = port.reserve(args.host, args.port)
    number = kept.getsockname()[1]
    server = Server(
        "wms.app.factory:create",
        address=args.host,
        port=number,
        interface=Interfaces.WSGI,
        workers=workers,
        blocking_threads=THREADS,
        backpressure=THREADS + WAITING,
        websockets=False,
        log_access=False,
        log_level=LogLevels.warning,
        respawn_failed_workers=True,
        workers_kill_timeout=10,
        factory=True,
    )
    told = threading.Thread(target=_say_ready, args=(args.host, number, token), daemon=True)
    server.on_startup(told.start)
    server.serve(spawn_target=running.in_worker, target_loader=running.load)
    kept.close()
    return 0


def _open(wanted: int | None) -> tuple[str | None, int]:
    """Bring the house up to date; return its first token, if it waits for its first admin, and how many processes."""
    chosen = settings.load()
    if chosen.url.startswith("sqlite"):
        if wanted not in (None, 1):
            raise OneProcess
        running.make_folder(chosen)
        lock.occupy(chosen.data_dir)
    house = running.prepare(chosen)
    try:
        token = first_run_token(house)
        usual = 1 if house.database.is_sqlite else min(4, os.cpu_count() or 1)
    finally:
        house.database.close()  # processes that are forked must not share connections
    return token, max(1, min(wanted or usual, WORKERS_LIMIT))


def _say_ready(host: str, number: int, token: str | None) -> None:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        time.sleep(LOOK_AGAIN_S)
        if _answers(EVERYWHERE.get(host, host), number):
            name = f"[{host}]" if ":" in host else host
            print(f"READY http://{name}:{number}", flush=True)
            if token:
                print(f"FIRST ADMIN {token}", flush=True)
            return


def _answers(host: str, number: int) -> bool:
    try:
        asked = http.client.HTTPConnection(host, number, timeout=5)
        asked.request("GET", "/readyz")
        return asked.getresponse().status == http.client.OK
    except (OSError, http.client.HTTPException):
        return False
