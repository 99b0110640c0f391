"""`bench simulate`: a whole shift, beside as many bare scan transactions as it had scans, and where its time goes."""

import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from wms.kernel.commands import fresh_key
from wms.trial.bench import by_hand, houses
from wms.trial.bench.figures import Figure
from wms.trial.bench.hand import Hand
from wms.trial.bench.houses import Migrate
from wms.trial.bench.sampling import Sampler

Work = Callable[[Path], dict[str, Any]]
"""Works a shift in a folder and returns its figures."""


def run(migrate: Migrate, work: Work) -> list[Figure]:
    """Measure on SQLite."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        with Sampler() as sampler:
            told = work(folder)
        bare = _bare(f"sqlite:///{folder / 'bare.sqlite'}", migrate, told["scans"])
    scans, seconds = told["scans"], told["seconds"]
    return [
        Figure("simulate", "orders of a shift", told["orders"] / seconds, "1/s"),
        Figure("simulate", "scans of a shift", scans / seconds, "1/s", scans / bare),
        Figure(
            "simulate",
            "a scan with all that follows",
            1_000 * seconds / scans,
            "ms",
            1_000 * bare / scans,
        ),
        *(
            Figure("simulate", f"time: {kind}", share, "%")
            for kind, share in sampler.shares().items()
        ),
    ]


def _bare(url: str, migrate: Migrate, scans: int) -> float:
    """Return the seconds that so many bare moves take, each a transaction of its own."""
    ground = houses.lay(url, migrate)
    hand = Hand(ground.url)
    began = time.perf_counter()
    for number in range(scans):
        item = number % len(ground.items)
        way = ground.bins[item] if number // len(ground.items) % 2 else ground.bins[item][::-1]
        one = [(ground.items[item], *way)]
        by_hand.move(hand, ground.actor_id, ground.warehouse_id, fresh_key(), one)
    return time.perf_counter() - began
