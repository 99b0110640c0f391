"""`bench allocate`: 10,000 orders of three lines come in and are promised, in one batch and one by one.

Ours goes through the public action, as a file of orders or a shop's call does: orders with contacts, codes, checks,
fulfillment orders with their time to ship by, promises of bins, facts and kept decisions. Beside it stand the bare
conditional updates of what is free of an item and in a bin, with nothing written down about them.
"""

import random
import tempfile
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from itertools import count
from pathlib import Path

from wms.kernel.commands import Command, fresh_key
from wms.kernel.database import Database
from wms.orders import actions as orders
from wms.orders.drafts import Contact, Draft, DraftLine
from wms.trial.bench import by_hand, houses
from wms.trial.bench.figures import Aim, Figure, middle, percentile
from wms.trial.bench.hand import Hand
from wms.trial.bench.houses import Ground, Migrate

ORDERS = 10_000
LINES = 3
WARM_UP = 200
BATCHES = 3
"""How often the whole batch is taken in; the middle one counts. One by one it is done once."""

SOMEBODY = Contact(
    name="Ada Example", street1="1 Example Street", city="Dayton", zip="45402", country="US"
)

AIMS = {
    "sqlite": (Aim("value", "at_least", 3_000), Aim("ratio", "at_least", 0.10)),
    "postgresql": (Aim("value", "at_least", 1_000), Aim("ratio", "at_least", 0.18)),
}
"""Orders a second in one batch, or their share of the bare updates: one of the two is enough."""

Lines = tuple[tuple[int, int], ...]
"""Item and bin, line by line."""

Act = Callable[[Sequence[Lines]], None]
"""Takes in orders, all of them in one transaction."""


def run(migrate: Migrate) -> list[Figure]:
    """Measure on SQLite and on PostgreSQL."""
    figures: list[Figure] = []
    with tempfile.TemporaryDirectory() as name, houses.servers(Path(name)) as kinds:
        for kind, make in kinds.items():
            ground = houses.lay(make("ours"), migrate)
            hand = houses.copy(ground, make, "by_hand")
            database = Database(ground.url)
            figures += _measure(kind, ground, ours(database, ground), bare(Hand(hand), ground))
            database.close()
    return figures


def ours(database: Database, ground: Ground) -> Act:
    """Return the act as our public action."""
    numbers = count(1)
    channel_id = _channel(database, ground)

    def bring_in(wanted: Sequence[Lines]) -> None:
        at = datetime.now(UTC)
        drafts = [_draft(channel_id, str(next(numbers)), lines, at) for lines in wanted]
        act = Command("bench", fresh_key(), ground.actor_id, at)
        database.write(
            act, lambda session: orders.bring_in(session, drafts, by=ground.actor_id, at=at)
        )

    return bring_in


def bare(hand: Hand, ground: Ground) -> Act:
    """Return the conditional updates alone."""

    def keep(wanted: Sequence[Lines]) -> None:
        by_hand.keep(hand, ground.warehouse_id, sorted(line for lines in wanted for line in lines))

    return keep


def _measure(kind: str, ground: Ground, own: Act, other: Act) -> list[Figure]:
    for act in (own, other):
        act(_wanted(ground, WARM_UP))
    rates: dict[str, list[float]] = {"ours": [], "bare": []}
    for _ in range(BATCHES):
        for who, act in (("ours", own), ("bare", other)):
            wanted = _wanted(ground, ORDERS)
            rates[who].append(ORDERS / _lasted(act, wanted))
    mine, theirs = middle(rates["ours"]), middle(rates["bare"])
    enough, share = AIMS[kind]
    aim = enough if mine >= enough.limit else share
    figures = [Figure("allocate", f"orders: {kind} in one batch", mine, "1/s", theirs, aim)]
    single, alone = _one_by_one(own, ground), _one_by_one(other, ground)
    for name, unit, value, baseline in (
        ("orders", "1/s", len(single) / sum(single), len(alone) / sum(alone)),
        ("order p50", "ms", 1_000 * percentile(single, 0.5), 1_000 * percentile(alone, 0.5)),
    ):
        figures.append(Figure("allocate", f"{name}: {kind} one by one", value, unit, baseline))
    return figures


def _one_by_one(act: Act, ground: Ground) -> list[float]:
    return [_lasted(act, [lines]) for lines in _wanted(ground, ORDERS)]


def _lasted(act: Act, wanted: Sequence[Lines]) -> float:
    started = time.perf_counter()
    act(wanted)
    return time.perf_counter() - started


def _wanted(ground: Ground, orders_wanted: int) -> list[Lines]:
    return [
        tuple(
            (ground.items[number], ground.bins[number][0])
            for number in random.sample(range(len(ground.items)), LINES)
        )
        for _ in range(orders_wanted)
    ]


def _draft(channel_id: int, number: str, lines: Lines, at: datetime) -> Draft:
    return Draft(
        channel_id=channel_id,
        source_id=number,
        number=number,
        placed_at=at,
        lines=tuple(DraftLine(item_id, 1, 250) for item_id, _ in lines),
        contact=SOMEBODY,
        currency="USD",
        total_minor=750,
    )


def _channel(database: Database, ground: Ground) -> int:
    at = datetime.now(UTC)
    act = Command("bench", fresh_key(), ground.actor_id, at)
    opened = database.write(
        act,
        lambda session: (
            orders.open_channel(
                session, code="BENCH", name="Bench", kind="api", by=ground.actor_id, at=at
            ).id
        ),
    )
    return opened.value
