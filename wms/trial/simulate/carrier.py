"""The carrier platform's stand-in: a process and a store of its own, and what goes wrong there on purpose."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit

from wms.kernel.settings import ROOT

KEY = "shippo_practice_shift"
"""The platform gives out no key that begins so: a house that has one may ask as often as it likes."""

READY = "READY "
ENDS_S = 20.0
STAND_IN = "wms.shipping.standin"


class NoCarrier(RuntimeError):
    """The stand-in did not come up."""


@contextmanager
def running(folder: Path, *, seed: int) -> Iterator[str]:
    """Yield the address of a carrier platform that knows nobody yet."""
    line = [
        sys.executable,
        "-m",
        STAND_IN,
        "--port",
        "0",
        "--store",
        str(folder / "carrier.sqlite"),
    ]
    line += ["--seed", str(seed), "--while-open"]  # it ends with us, however we end
    with subprocess.Popen(
        line, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            told = next((said for said in process.stdout if said.startswith(READY)), None)
            if told is None:
                raise NoCarrier("the stand-in of the carrier platform did not start")
            yield told.removeprefix(READY).strip()
        finally:
            _let_end(process)


def _let_end(process: subprocess.Popen[str]) -> None:
    """Let go of its standard input, by which it knows that nobody needs it any more."""
    try:
        process.communicate(timeout=ENDS_S)
    except subprocess.TimeoutExpired:
        process.kill()


def host(url: str) -> str:
    """Return host and port, as the guard before everything outside wants them."""
    return urlsplit(url).netloc


def plant(url: str, kinds: Sequence[str]) -> None:
    """Let purchases meet these troubles, one after the other."""
    for kind in kinds:
        body = json.dumps({"kind": kind, "place": "transactions", "times": 1}).encode()
        asked = urllib.request.Request(  # noqa: S310 - our own process on this machine
            f"{url}/faults", body, {"Content-Type": "application/json"}
        )
        with urllib.request.urlopen(asked, timeout=10):  # noqa: S310
            pass
