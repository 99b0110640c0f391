"""The carrier platform's stand-in: a process and a store of its own, and what goes wrong there on purpose."""

import json
import subprocess
import sys
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

from wms.kernel.settings import ROOT

KEY = "shippo_practice_shift"
"""The platform gives out no key that begins so: a house that has one may ask as often as it likes."""

HEADERS = {"Content-Type": "application/json", "Authorization": f"ShippoToken {KEY}"}
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


@dataclass(frozen=True)
class Strings:
    """The strings of the puppet: what its platform cannot be asked for, and whoever plays with it can."""

    url: str

    def plant(self, kind: str) -> None:
        """Let the next purchase meet a trouble."""
        self._pull("faults", {"kind": kind, "place": "transactions", "times": 1})

    def say(
        self, number: str, status: str, *, at: datetime, detail: str = "", calls: int = 0
    ) -> bytes:
        """Let a carrier say where a parcel is, and call whoever listens so often; returns the message of a call."""
        said = {"tracking_number": number, "status": status, "at": at.isoformat(), "copies": calls}
        told = self._pull("advance", said | ({"substatus": detail} if detail else {}))
        return str(told["message"]["body"]).encode()

    def listen(self, url: str) -> None:
        """Have this address called when a parcel moves, and no other."""
        for known in self._pull("webhooks")["results"]:
            self._pull(f"webhooks/{known['object_id']}", method="DELETE")
        self._pull("webhooks", {"url": url, "event": "track_updated"})

    def sold(self) -> list[str]:
        """Return the tracking numbers of all labels, as carriers write them."""
        return [str(one["tracking_number"]) for one in self._pull("ledger")["transactions"]]

    def _pull(self, what: str, how: Mapping[str, Any] | None = None, method: str = "") -> Any:
        """Have the stand-in do or tell something; returns what came of it."""
        body = None if how is None else json.dumps(how).encode()
        asked = urllib.request.Request(  # noqa: S310 - our own process on this machine
            f"{self.url}/{what}",
            body,
            HEADERS,
            method=method or ("GET" if body is None else "POST"),
        )
        with urllib.request.urlopen(asked, timeout=ENDS_S) as answer:  # noqa: S310
            said = answer.read()
        return json.loads(said) if said else None
