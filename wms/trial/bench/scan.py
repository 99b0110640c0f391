"""`bench scan`: one confirmed move through HTTP with 8 clients, beside the least Flask application that does the same.

Both run under the same server with the same threads, on copies of one database whose ledger has a past.
"""

import json
import os
import random
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import asdict
from pathlib import Path
from urllib.parse import urlsplit

from wms.kernel.settings import ROOT
from wms.trial.bench import houses, minimal
from wms.trial.bench.figures import Aim, Figure, middle, percentile
from wms.trial.bench.houses import Ground, Migrate
from wms.trial.bench.load import Plan, Round, Target

CLIENTS = 8
PAST = 300_000
WARM_UP_S = 5.0
ROUND_S = 8.0
ROUNDS = 3
BODIES = 2_000

RATE = Aim("ratio", "at_least", 0.5)
TAIL = Aim("ratio", "at_most", 2.0)


def run(migrate: Migrate) -> list[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, houses.servers(Path(name)) as kinds:
        for kind, make in kinds.items():
            ground = houses.lay(make("ours"), migrate)
            houses.give_past(ground, PAST)
            figures += _measure(kind, ground, houses.copy(ground, make, "by_hand"), Path(name))
    return figures


def _measure(kind: str, ground: Ground, url_by_hand: str, folder: Path) -> list[Figure]:
    workers = "1" if kind == "sqlite" else "2"
    serve = [sys.executable, str(ROOT / "run.py"), "serve", "--port", "0", "--workers", workers]
    with ExitStack() as running:
        data = folder / f"{kind}-data"
        ours = running.enter_context(
            _server(serve, {"WMS_DATABASE_URL": ground.url, "WMS_DATA_DIR": str(data)})
        )
        hand = [sys.executable, "-m", minimal.__name__, workers]
        theirs = running.enter_context(_server(hand, {minimal.URL: url_by_hand}))
        targets = [_target("ours", ours, ground), _target("by hand", theirs, ground)]
        rounds = _load(Plan(targets, CLIENTS, WARM_UP_S, ROUND_S, ROUNDS), folder)
    for done in rounds:
        if done.refused:
            raise RuntimeError(
                f"{done.refused} requests to {done.target} were refused: {done.first_refusal}"
            )
    own, other = _split(rounds)
    return [
        Figure("scan", f"{kind} moves", _rate(own), "1/s", _rate(other), RATE),
        Figure("scan", f"{kind} p50", _rank(own, 0.50), "ms", _rank(other, 0.50)),
        Figure("scan", f"{kind} p99", _rank(own, 0.99), "ms", _rank(other, 0.99), TAIL),
    ]


@contextmanager
def _server(line: list[str], environment: dict[str, str]) -> Iterator[str]:
    """Start a server that says `READY address`; end it afterwards."""
    env = os.environ | environment
    process = subprocess.Popen(line, cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True)
    try:
        assert process.stdout is not None
        ready = next((said for said in process.stdout if said.startswith("READY ")), None)
        if ready is None:
            raise RuntimeError(f"{' '.join(line)} did not start")
        yield ready.split()[1]
    finally:
        process.terminate()
        process.wait()


def _target(name: str, address: str, ground: Ground) -> Target:
    where = urlsplit(address)
    assert where.hostname is not None
    assert where.port is not None
    chance = random.Random(1)
    bodies = [_body(ground, chance) for _ in range(BODIES)]
    headers = {"Authorization": f"Bearer {ground.token}"}
    return Target(name, where.hostname, where.port, "/api/v1/stock_moves", headers, bodies)


def _body(ground: Ground, chance: random.Random) -> str:
    number = chance.randrange(len(ground.items))
    source, target = chance.sample(ground.bins[number], 2)
    line = {
        "item_id": ground.items[number],
        "source_id": source,
        "target_id": target,
        "quantity": 1,
    }
    return json.dumps({"lines": [line]})


def _load(plan: Plan, folder: Path) -> list[Round]:
    file = folder / "plan.json"
    file.write_text(json.dumps(asdict(plan)))
    line = [sys.executable, "-m", "wms.trial.bench.load", str(file)]
    done = subprocess.run(line, cwd=ROOT, check=True, stdout=subprocess.PIPE, text=True)
    return [Round(**round_) for round_ in json.loads(done.stdout)]


def _split(rounds: list[Round]) -> tuple[list[Round], list[Round]]:
    return [one for one in rounds if one.target == "ours"], [
        one for one in rounds if one.target != "ours"
    ]


def _rate(rounds: list[Round]) -> float:
    return middle(len(one.took_s) / one.seconds for one in rounds)


def _rank(rounds: list[Round], share: float) -> float:
    return middle(1_000 * percentile(one.took_s, share) for one in rounds)
