"""The workers of a race: processes that wait for their plans, begin at the same moment and tell what they were told."""

import json
import subprocess
import sys
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from typing import Any

from tests.campaigns.races.asking import Ask, Told
from tests.campaigns.serving import ROOT

WORKERS = 8

Hands = Sequence[Sequence[Sequence[Ask]]]
"""By worker, by hand: what is asked for, in this order."""


@dataclass(frozen=True)
class Door:
    """Where the requests go, with which token, and which twin of the house they are for, if any."""

    host: str
    port: int
    token: str
    twin: str = ""


class Crew:
    """The processes, kept from race to race."""

    def __init__(self, size: int) -> None:
        """Start them."""
        command = [sys.executable, "-m", "tests.campaigns.races.worker"]
        self._workers = [
            subprocess.Popen(
                command, cwd=ROOT, text=True, stdin=subprocess.PIPE, stdout=subprocess.PIPE
            )
            for _ in range(size)
        ]

    def run(self, door: Door, hands: Hands) -> list[tuple[Ask, Told]]:
        """Have every hand ask for its share, all beginning at once; return each request with its answer."""
        busy = list(zip(self._workers, hands, strict=False))
        for worker, share in busy:
            asked = [[asdict(ask) for ask in asks] for asks in share]
            _tell(worker, json.dumps({**asdict(door), "hands": asked}))
        for worker, _ in busy:
            assert _hear(worker) == "ready"
        for worker, _ in busy:
            _tell(worker, "go")
        told = [_hear(worker) for worker, _ in busy]
        return [
            (share[hand][said["number"]], Told(**said))
            for (_, share), by_hand in zip(busy, told, strict=True)
            for hand, answers in enumerate(by_hand)
            for said in answers
        ]

    def end(self) -> None:
        """Let them go."""
        for worker in self._workers:
            worker.stdin.close()
            worker.wait()
            worker.stdout.close()


@contextmanager
def crew(size: int = WORKERS) -> Iterator[Crew]:
    """Give a crew until the block ends."""
    workers = Crew(size)
    try:
        yield workers
    finally:
        workers.end()


def _tell(worker: subprocess.Popen, line: str) -> None:
    worker.stdin.write(line + "\n")
    worker.stdin.flush()


def _hear(worker: subprocess.Popen) -> Any:
    line = worker.stdout.readline()
    assert line, "a worker of the race broke; its reason stands above"
    return json.loads(line)
