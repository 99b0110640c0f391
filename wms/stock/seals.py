"""Seals: moves get a place in a chain of hashes once they are committed, so that no writer ever waits for a hash.

Any process may seal, one at a time. It gives the positions itself, in the order in which it finds the moves, and takes
a block of them per run. `settled_id` is how it finds them without looking through the whole ledger: up to that number
everything is sealed and nothing can appear any more. On PostgreSQL a number is taken before its row can be seen, by a
transaction that by then holds a lock on the table; the mark only rises when every transaction that held one has ended.
"""

import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from datetime import UTC, datetime
from functools import partial
from hashlib import sha256
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import insert, text
from sqlalchemy.orm import Session

from wms.stock.tables import LedgerSeal, LedgerSealRow

log = structlog.get_logger()

BLOCK_LIMIT = 1_000
"""Most moves in one block: on SQLite the house waits while one is written, some 20 ms."""

SEALERS = 7002
"""PostgreSQL advisory lock: one sealer at a time."""

NAP_S = 0.02
"""How long a sealer gives those who were writing to finish; nobody waits for it meanwhile."""

NO_HASH = "0" * 64
"""What stands before the first block."""

FIELDS = (
    "id",
    "command_uid",
    "line",
    "owner_id",
    "warehouse_id",
    "item_id",
    "lot_id",
    "serial_id",
    "status_from",
    "status_to",
    "source_id",
    "target_id",
    "quantity",
    "reason",
    "reference",
    "note",
    "actor_id",
    "device_id",
    "occurred_at",
    "recorded_at",
    "reverses_id",
)
"""What of a move is sealed: all of it, in this order for ever. NULLs at the end are left out, so that a column which is
added later, at the end, breaks no old seal."""


_any_text = partial(str, encoding="utf-8", errors="surrogateescape")


@dataclass(frozen=True)
class Block:
    """What a seal says about itself; its hash covers this and the hashes of its rows."""

    id: int
    first_position: int
    last_position: int
    settled_id: int
    previous_hash: str
    sealed_at: datetime


@dataclass(frozen=True)
class Head:
    """The end of the chain: whoever knows its hash can tell whether anything before it was changed."""

    seal_id: int = 0
    position: int = 0
    settled_id: int = 0
    hash: str = NO_HASH


def seal(session: Session, _by: int, at: datetime) -> Head | None:
    """Seal the next moves, a block at most; returns the new head, None where nothing was left to seal."""
    last = _alone(session)
    settled_id, moves = _unsealed(session, last.settled_id)
    if not moves:
        return None
    block = Block(
        id=last.seal_id + 1,
        first_position=last.position + 1,
        last_position=last.position + len(moves),
        settled_id=settled_id,
        previous_hash=last.hash,
        sealed_at=at,
    )
    return _write(session, block, moves)


def seal_on_time(session: Session, by: int, at: datetime) -> None:
    """Seal by the timetable and print the new head into the log, where nobody who changes the database reaches it."""
    if made := seal(session, by, at):
        log.info("ledger sealed", head=made.hash, position=made.position)


def head(session: Session) -> Head:
    """Return the end of the chain as it stands; position 0 before the first seal."""
    sql = "SELECT id, last_position, settled_id, hash FROM ledger_seal ORDER BY id DESC LIMIT 1"
    row = session.execute(text(sql)).first()
    return Head(*row) if row else Head()


def row_hash(move: Sequence[Any]) -> str:
    """Return the hash of one move: SHA-256 over its `FIELDS` as the driver gives them, as JSON."""
    values = list(move)
    while values[-1] is None:
        values.pop()
    return sha256(_canonical(values)).hexdigest()


def block_hash(block: Mapping[str, Any], row_hashes: Iterable[str]) -> str:
    """Return the hash of a block: SHA-256 over what it says about itself and the hashes of its rows, in order."""
    digest = sha256(_canonical(block))
    for one in row_hashes:
        digest.update(_canonical(one))
    return digest.hexdigest()


@contextmanager
def as_stored(session: Session) -> Iterator[None]:
    """Read text that is no text as it is: a ledger that somebody tampered with is looked at, not stumbled over."""
    wire: Any = session.connection().connection.dbapi_connection
    if not hasattr(wire, "text_factory"):
        yield  # PostgreSQL keeps nothing that is not text
        return
    usual, wire.text_factory = wire.text_factory, _any_text
    try:
        yield
    finally:
        wire.text_factory = usual


def _canonical(value: object) -> bytes:
    return _JSON.encode(value).encode()


def _plain(value: object) -> str:
    """Write a value of one database as the other one keeps it, so that both have the same hashes."""
    match value:
        case UUID():
            return value.hex
        case datetime():
            return value.astimezone(UTC).replace(tzinfo=None).isoformat(" ", "microseconds")
        case _:
            return repr(value)


_JSON = json.JSONEncoder(separators=(",", ":"), default=_plain)


def _alone(session: Session) -> Head:
    """Wait for any other sealer and return the head that it left."""
    if _is_postgres(session):
        session.execute(text(f"SELECT pg_advisory_xact_lock({SEALERS})"))
    return head(session)


def _unsealed(session: Session, settled_id: int) -> tuple[int, Sequence[Sequence[Any]]]:
    """Return the next moves without a seal, and the number up to which nothing is left after them."""
    sql = f"""
        SELECT {", ".join(f"m.{field}" for field in FIELDS)} FROM stock_move m
        WHERE m.id > :settled_id AND NOT EXISTS (
            SELECT 1 FROM ledger_seal_row r WHERE r.move_id = m.id AND r.move_id > :settled_id)
        ORDER BY m.id LIMIT {BLOCK_LIMIT}
    """  # noqa: S608 - names of our own columns
    reached = _reached(session)
    with as_stored(session):
        moves = session.execute(text(sql), {"settled_id": settled_id}).all()
    if len(moves) == BLOCK_LIMIT:
        reached = min(reached, moves[-1][0])
    return max(settled_id, reached), moves


def _reached(session: Session) -> int:
    """Return a number such that whoever was to bring it or a lower one has ended; 0 while somebody has not."""
    highest = session.scalar(text("SELECT coalesce(max(id), 0) FROM stock_move"))
    if _is_postgres(session) and (writing := _writing(session)):
        session.execute(text(f"SELECT pg_sleep({NAP_S})"))
        if writing & _writing(session):
            return 0
    return int(highest or 0)


def _writing(session: Session) -> frozenset[str]:
    """Return the transactions that may bring moves: each holds this lock before it takes a number, until its end."""
    sql = """
        SELECT virtualtransaction FROM pg_locks
        WHERE locktype = 'relation' AND relation = 'stock_move'::regclass AND mode = 'RowExclusiveLock'
          AND database = (SELECT oid FROM pg_database WHERE datname = current_database())
    """
    return frozenset(session.scalars(text(sql)))


def _write(session: Session, block: Block, moves: Sequence[Sequence[Any]]) -> Head:
    hashes = [row_hash(move) for move in moves]
    hashed = block_hash(asdict(block), hashes)
    rows = [
        {"position": position, "move_id": move[0], "seal_id": block.id, "row_hash": one}
        for position, (move, one) in enumerate(
            zip(moves, hashes, strict=True), block.first_position
        )
    ]
    session.execute(insert(LedgerSeal), {**asdict(block), "hash": hashed})
    session.connection().execute(insert(LedgerSealRow), rows)
    return Head(block.id, block.last_position, block.settled_id, hashed)


def _is_postgres(session: Session) -> bool:
    return session.connection().dialect.name == "postgresql"
