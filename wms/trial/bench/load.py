"""A load of HTTP requests from a process of its own: so many clients, each with one request under way.

`python -m wms.trial.bench.load PLAN.json` reads a Plan and prints, by round and target, what each request took.
Rounds go A B A B ..., so that a machine that slows down slows both.
"""

import json
import socket
import sys
import time
from concurrent.futures import ThreadPoolExecutor
from dataclasses import asdict, dataclass
from pathlib import Path

from wms.kernel.commands import fresh_key

CLIENT_PATIENCE_S = 30.0
"""A request that takes longer ends the run: the server hangs."""


@dataclass(frozen=True)
class Target:
    """A server, and the bodies that are posted to it in turn."""

    name: str
    host: str
    port: int
    path: str
    headers: dict[str, str]
    bodies: list[str]


@dataclass(frozen=True)
class Plan:
    """Who is loaded, by how many clients, how long, and how often."""

    targets: list[Target]
    clients: int
    warm_up_s: float
    round_s: float
    rounds: int


@dataclass(frozen=True)
class Round:
    """What one target did in one round: seconds of each answered request, and answers that were not 2xx."""

    target: str
    seconds: float
    took_s: list[float]
    refused: int
    first_refusal: str


class Client:
    """One connection that is kept open, speaking just enough HTTP/1.1."""

    def __init__(self, target: Target) -> None:
        """Connect."""
        self._socket = socket.create_connection(
            (target.host, target.port), timeout=CLIENT_PATIENCE_S
        )
        self._socket.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)
        lines = [
            f"POST {target.path} HTTP/1.1",
            f"Host: {target.host}:{target.port}",
            "Content-Type: application/json",
        ]
        self._head = "\r\n".join(
            [*lines, *(f"{name}: {value}" for name, value in target.headers.items())]
        )

    def post(self, body: bytes, key: str) -> tuple[int, bytes]:
        """Send one request and wait for its answer: status and body."""
        head = f"{self._head}\r\nIdempotency-Key: {key}\r\nContent-Length: {len(body)}\r\n\r\n"
        self._socket.sendall(head.encode() + body)
        got = b""
        while b"\r\n\r\n" not in got:
            got += self._more()
        said, _, rest = got.partition(b"\r\n\r\n")
        length = next(
            int(line.split(b":")[1])
            for line in said.split(b"\r\n")
            if line.lower().startswith(b"content-length:")
        )
        while len(rest) < length:
            rest += self._more()
        return int(said[9:12]), rest

    def _more(self) -> bytes:
        piece = self._socket.recv(65536)
        if not piece:
            raise ConnectionError("the server closed the connection")
        return piece


def run(plan: Plan) -> list[Round]:
    """Load every target in turn, after one warm-up each; returns the counted rounds."""
    for target in plan.targets:
        _round(target, plan.clients, plan.warm_up_s)
    return [
        _round(target, plan.clients, plan.round_s)
        for _ in range(plan.rounds)
        for target in plan.targets
    ]


def _round(target: Target, clients: int, seconds: float) -> Round:
    started = time.perf_counter()
    until = started + seconds
    took: list[list[float]] = [[] for _ in range(clients)]
    refused: list[bytes] = []
    shares = [
        [body.encode() for body in target.bodies[number::clients]] for number in range(clients)
    ]
    with ThreadPoolExecutor(clients) as pool:
        loads = [
            pool.submit(_one_client, Client(target), share, until, own, refused)
            for share, own in zip(shares, took, strict=True)
        ]
    for load in loads:
        load.result()  # a client that stopped ends the run
    first = refused[0].decode(errors="replace")[:500] if refused else ""
    return Round(
        target.name,
        time.perf_counter() - started,
        [took_s for one in took for took_s in one],
        len(refused),
        first,
    )


def _one_client(
    client: Client, bodies: list[bytes], until: float, took: list[float], refused: list[bytes]
) -> None:
    turn = 0
    while (before := time.perf_counter()) < until:
        status, said = client.post(bodies[turn % len(bodies)], fresh_key())
        took.append(time.perf_counter() - before)
        if not 200 <= status < 300:  # noqa: PLR2004
            refused.append(said)
        turn += 1


def read_plan(text: str) -> Plan:
    """Return the plan that JSON describes."""
    plan = json.loads(text)
    return Plan(**plan | {"targets": [Target(**target) for target in plan["targets"]]})


if __name__ == "__main__":
    sys.stdout.write(
        json.dumps([asdict(done) for done in run(read_plan(Path(sys.argv[1]).read_text()))])
    )
