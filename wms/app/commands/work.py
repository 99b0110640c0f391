"""`work`: the background work in a process of its own, for a warehouse on PostgreSQL; as many as wanted."""

import argparse
import signal

from wms.app import life, running
from wms.kernel import logs, settings
from wms.kernel.refusal import Refusal


class NothingToDoHere(Refusal):
    """On SQLite the server does the background work."""

    sentence = "app.work_is_in_the_server"


def add(_parser: argparse.ArgumentParser) -> None:
    """Everything comes from the settings."""


def run(_args: argparse.Namespace) -> int:
    """Work until asked to end; returns 0 when what was in hand got done."""
    chosen = settings.load()
    if chosen.url.startswith("sqlite"):
        raise NothingToDoHere
    logs.set_up()
    for asked in (signal.SIGTERM, signal.SIGINT):
        signal.signal(asked, lambda *_: life.stopping.set())
    house = running.prepare(chosen)
    life.at_end(house.database.close)
    running.begin_courier(house)
    print("READY work", flush=True)
    life.stopping.wait()
    life.drain()
    return 0
