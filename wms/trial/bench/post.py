"""`bench post`: reserve, move and release, one by one and in batches, by one client and by 8, beside bare SQL.

A reservation has three lines. Ours goes through the public actions with facts, decisions and kept commands; the bare
SQL is the conditional updates and the rows of promises, ledger and command alone.
"""

import random
import tempfile
import threading
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from wms.kernel.commands import Command, fresh_key
from wms.kernel.database import Database
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason
from wms.stock.promises import Line, Request
from wms.trial.bench import by_hand, houses
from wms.trial.bench.figures import Aim, Figure, middle, percentile
from wms.trial.bench.hand import Hand
from wms.trial.bench.houses import Ground, Migrate

LINES = 3
BATCH = 100
CLIENTS = (1, 8)
WARM_UP_S = 1.0
ROUND_S = 3.0
ROUNDS = 3

AIMS = {
    ("sqlite", "reserve", 1, BATCH): Aim("value", "at_least", 3_000),
    ("postgresql", "reserve", 1, BATCH): Aim("value", "at_least", 1_000),
}
FAST = {
    ("sqlite", "reserve"): Aim("value", "at_most", 1.5),
    ("postgresql", "reserve"): Aim("value", "at_most", 4.0),
}
"""Aims of the median of a single act by one client, in milliseconds."""


@dataclass
class Acts:
    """The three acts, each done to `size` reservations or moves at once; what was reserved waits to be released."""

    reserve: Callable[[int], None]
    move: Callable[[int], None]
    release: Callable[[int], None]

    def named(self) -> Iterator[tuple[str, Callable[[int], None]]]:
        """Yield the acts in the order in which they feed each other."""
        yield "reserve", self.reserve
        yield "move", self.move
        yield "release", self.release


@dataclass
class Measured:
    """Rounds of one act: how many a second, and the median of one act in milliseconds."""

    rates: list[float] = field(default_factory=list)
    medians_ms: list[float] = field(default_factory=list)


def run(migrate: Migrate) -> list[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, houses.servers(Path(name)) as kinds:
        for kind, make in kinds.items():
            ground = houses.lay(make("ours"), migrate)
            hand = houses.copy(ground, make, "by_hand")
            database = Database(ground.url)
            for clients in CLIENTS:
                for size in (1, BATCH):
                    figures += _measure(
                        kind, clients, size, ours(database, ground), bare(Hand(hand), ground)
                    )
            database.close()
    return figures


def ours(database: Database, ground: Ground) -> Acts:
    """Return the acts as our public actions."""
    reserved: list[list[int]] = []

    def reserve(size: int) -> None:
        requests = [Request(f"R-{n}", ground.warehouse_id, _lines(ground)) for n in range(size)]
        outcomes = _write(database, ground, lambda s, at: _numbers(s, requests, ground, at))
        reserved.append(outcomes)

    def move(size: int) -> None:
        moves = [_move(ground) for _ in range(size)]
        _write(database, ground, lambda s, at: stock.post(s, moves, by=ground.actor_id, at=at))

    def release(_size: int) -> None:
        numbers = reserved.pop()
        _write(database, ground, lambda s, at: stock.release(s, numbers, by=ground.actor_id, at=at))

    return Acts(reserve, move, release)


def bare(hand: Hand, ground: Ground) -> Acts:
    """Return the acts as bare SQL."""
    reserved: list[list[list[int]]] = []

    def reserve(size: int) -> None:
        lines = [
            (line.item_id, ground.bins[ground.items.index(line.item_id)][0])
            for _ in range(size)
            for line in _lines(ground)
        ]
        reserved.append(
            by_hand.reserve(hand, ground.actor_id, ground.warehouse_id, fresh_key(), sorted(lines))
        )

    def move(size: int) -> None:
        moves = [
            (one.item_id, one.source_id, one.target_id)
            for one in (_move(ground) for _ in range(size))
        ]
        by_hand.move(hand, ground.actor_id, ground.warehouse_id, fresh_key(), sorted(moves))

    def release(_size: int) -> None:
        by_hand.release(hand, ground.actor_id, ground.warehouse_id, fresh_key(), reserved.pop())

    return Acts(reserve, move, release)


def _measure(kind: str, clients: int, size: int, own: Acts, other: Acts) -> list[Figure]:
    measured: dict[tuple[str, str], Measured] = {}
    for round_ in range(ROUNDS + 1):
        seconds = ROUND_S if round_ else WARM_UP_S
        for who, acts in (("ours", own), ("by hand", other)):
            done = 0
            for name, act in acts.named():
                most = done if name == "release" else None
                took, lasted = _load(act, clients, size, seconds, most)
                done = len(took) if name == "reserve" else done
                if round_:
                    kept = measured.setdefault((who, name), Measured())
                    kept.rates.append(len(took) * size / lasted)
                    kept.medians_ms.append(1_000 * percentile(took, 0.5))
    how = f"{kind} {clients} client{'s' if clients > 1 else ''}, {'single' if size == 1 else f'batches of {size}'}"
    figures = []
    for name, _ in own.named():
        a, b = measured["ours", name], measured["by hand", name]
        aim = AIMS.get((kind, name, clients, size))
        figures.append(
            Figure("post", f"{name}: {how}", middle(a.rates), "1/s", middle(b.rates), aim)
        )
        if size == 1:
            fast = FAST.get((kind, name)) if clients == 1 else None
            p50 = f"{name} p50: {how}"
            figures.append(
                Figure("post", p50, middle(a.medians_ms), "ms", middle(b.medians_ms), fast)
            )
    return figures


def _load(
    act: Callable[[int], None], clients: int, size: int, seconds: float, most: int | None
) -> tuple[list[float], float]:
    """Let clients act for some seconds, or `most` times in all; returns what each act took, and how long it lasted."""
    took: list[float] = []
    left = iter(range(most)) if most is not None else iter(int, 1)
    guard = threading.Lock()
    started = time.perf_counter()
    until = started + seconds if most is None else float("inf")

    def one_client() -> None:
        while time.perf_counter() < until:
            with guard:
                if next(left, None) is None:
                    return
            before = time.perf_counter()
            act(size)
            took.append(time.perf_counter() - before)

    threads = [threading.Thread(target=one_client) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return took, time.perf_counter() - started


def _write(database: Database, ground: Ground, do: Callable[[Any, datetime], Any]) -> Any:
    at = datetime.now(UTC)
    act = Command("bench", fresh_key(), ground.actor_id, at)
    return database.write(act, lambda session: do(session, at)).value


def _numbers(session: Any, requests: list[Request], ground: Ground, at: datetime) -> list[int]:
    outcomes = stock.allocate(session, requests, by=ground.actor_id, at=at)
    return [promise.allocation_id for outcome in outcomes for promise in outcome.promises]


def _lines(ground: Ground) -> tuple[Line, ...]:
    return tuple(Line(item_id, 1) for item_id in random.sample(ground.items, LINES))


def _move(ground: Ground) -> Move:
    number = random.randrange(len(ground.items))
    source, target = random.sample(ground.bins[number], 2)
    return Move(ground.items[number], source, target, 1, Reason.MOVE)
