"""A server in processes of its own, started as people start it: what the campaigns load, race and kill."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
RUN = ("run.py",)
"""What stands between Python and `serve`; a campaign with an application of its own has a module of its own."""

START_S = 180.0
END_S = 60.0
LOOK_AGAIN_S = 0.02


@dataclass(frozen=True)
class Served:
    """A server that answers."""

    process: subprocess.Popen
    host: str
    port: int
    said: Path

    def bugs(self) -> list[str]:
        """Return what it logged of requests that stopped for a reason nobody foresaw."""
        return [line for line in self.said.read_text().splitlines() if "request stopped" in line]


@contextmanager
def serving(
    folder: Path, url: str = "", *, workers: int = 1, program: Sequence[str] = RUN
) -> Iterator[Served]:
    """Serve from a data folder, or from the PostgreSQL database under `url`, until the block ends."""
    served = start(folder, url, workers=workers, program=program)
    try:
        yield served
    finally:
        end(served.process)


def start(folder: Path, url: str, *, workers: int, program: Sequence[str]) -> Served:
    """Start a server and wait until it is ready; raises AssertionError with its last words where it ends first."""
    folder.mkdir(parents=True, exist_ok=True)
    said = folder / "server.log"
    command = [sys.executable, *program, "serve", "--port", "0", "--data", str(folder)]
    with said.open("w") as out:
        process = subprocess.Popen(
            [*command, "--workers", str(workers)],
            cwd=ROOT,
            env=_surroundings(url),
            stdout=out,
            stderr=subprocess.STDOUT,
        )
    host, _, port = _ready(process, said).removeprefix("READY http://").rpartition(":")
    return Served(process, host, int(port), said)


def end(process: subprocess.Popen) -> None:
    """Ask a server to end and wait for it."""
    process.send_signal(signal.SIGTERM)
    try:
        process.wait(END_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
        raise


def _ready(process: subprocess.Popen, said: Path) -> str:
    until = time.monotonic() + START_S
    while time.monotonic() < until:
        for line in said.read_text().splitlines():
            if line.startswith("READY "):
                return line
        assert process.poll() is None, f"the server ended: {said.read_text()[-3000:]}"
        time.sleep(LOOK_AGAIN_S)
    process.kill()
    raise AssertionError(f"the server was not ready in time: {said.read_text()[-3000:]}")


def _surroundings(url: str) -> dict[str, str]:
    kept = {name: value for name, value in os.environ.items() if not name.startswith("WMS_")}
    return kept | ({"WMS_DATABASE_URL": url} if url else {})
