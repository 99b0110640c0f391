"""The judge: what clients were told, held against what the tables say, in plain SQL."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence

from tests.campaigns.house import KIND
from tests.campaigns.kill.clients import Act
from tests.campaigns.races.books import rows
from wms.app import verifying
from wms.kernel.database import Database

LEDGER = "SELECT reference, id FROM stock_move WHERE reference <> '' ORDER BY id"
FACTS = "SELECT id, data FROM event WHERE type = 'stock.StockMoved' AND actor_id <> 1"
TOLD = "SELECT subject_id FROM exception_case WHERE kind = ?"
WAITING = """
SELECT (SELECT count(*) FROM delivery WHERE done_at IS NULL),
       (SELECT count(*) FROM outbox_call WHERE state <> 'done')
"""


def findings(url: str, acts: Sequence[Act], keys: set[str]) -> list[str]:
    """Return everything that must not be: acknowledged, applied, ledger and told must be the same acts, once each."""
    return [
        *_unlike_the_ledger(acts, rows(url, LEDGER)),
        *_unlike_what_was_told(acts, Counter(row[0] for row in rows(url, TOLD, [KIND]))),
        *_not_called(acts, keys),
        *_waiting(url),
        *_broken_promises(url),
    ]


def _unlike_the_ledger(acts: Sequence[Act], ledger: Sequence[tuple[str, int]]) -> Iterator[str]:
    applied: dict[str, list[int]] = {}
    for reference, number in ledger:
        applied.setdefault(reference, []).append(number)
    for act in acts:
        moves = applied.pop(act.key, [])
        if moves != act.move_ids:
            yield f"{act.key}: told {act.status} {act.move_ids}, the ledger has {moves}"
    for reference, moves in applied.items():
        yield f"{reference}: the ledger has {moves}, nobody was told"


def _unlike_what_was_told(acts: Sequence[Act], told: Mapping[int, int]) -> Iterator[str]:
    moves = [number for act in acts for number in act.move_ids]
    for number in moves:
        if told.get(number, 0) != 1:
            yield f"move {number}: the reaction was told {told.get(number, 0)} times in effect"


def _not_called(acts: Sequence[Act], keys: set[str]) -> Iterator[str]:
    for act in acts:
        for number in act.move_ids:
            if f"move-{number}" not in keys:
                yield f"move {number}: the peer was never called"


def _waiting(url: str) -> Iterator[str]:
    [(deliveries, calls)] = rows(url, WAITING)
    if deliveries or calls:
        yield f"{deliveries} deliveries and {calls} calls still wait"


def _broken_promises(url: str) -> Iterator[str]:
    database = Database(url)
    try:
        with database.read() as session:
            for asked in verifying.ask(session, verifying.promises_and_chain()):
                for row in asked.broken:
                    yield f"{asked.invariant.name}: {row}"
    finally:
        database.close()
