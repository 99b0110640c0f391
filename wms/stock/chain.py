"""The chain of seals, walked from its first block to its head: what does not fit is named, the first bad row first."""

from collections.abc import Iterator
from typing import Any

from sqlalchemy import Row, text
from sqlalchemy.orm import Session

from wms.stock.seals import FIELDS, NO_HASH, as_stored, block_hash, row_hash

CHUNK = 5_000
"""Rows that are held at once, however long the ledger is."""

LOWEST = -(2**63)
"""Below any number that a row can have, so that rows which were slipped in before the first are seen."""

Found = dict[str, Any]
"""What does not fit: where (move, position, seal) and what is wrong with it."""

_SEALS = """
    SELECT id, first_position, last_position, settled_id, previous_hash, sealed_at, hash
    FROM ledger_seal WHERE id > :after ORDER BY id LIMIT :chunk
"""
_ROWS = f"""
    SELECT r.position, r.seal_id, r.move_id, r.row_hash, {", ".join(f"m.{name}" for name in FIELDS)}
    FROM ledger_seal_row r LEFT JOIN stock_move m ON m.id = r.move_id
    WHERE r.position > :after ORDER BY r.position LIMIT :chunk
"""  # noqa: S608 - names of our own columns
_LEFT_OUT = """
    SELECT m.id FROM stock_move m LEFT JOIN ledger_seal_row r ON r.move_id = m.id
    WHERE r.move_id IS NULL AND m.id <= (SELECT settled_id FROM ledger_seal ORDER BY id DESC LIMIT 1)
    ORDER BY m.id
"""


def breaks(session: Session) -> Iterator[Found]:
    """Yield what does not fit: moves, positions, blocks, and moves that no block holds. Call within one snapshot."""
    with as_stored(session):
        yield from _Walk(session).run()
        for move_id in session.scalars(text(_LEFT_OUT)):
            yield {"move": move_id, "trouble": "stands in no block"}


def holds(session: Session, hashed: str) -> bool:
    """Tell whether the chain has a block with this hash: a head that was written down earlier must still be in it."""
    sql = "SELECT 1 FROM ledger_seal WHERE hash = :hash"
    return session.execute(text(sql), {"hash": hashed}).first() is not None


class _Walk:
    """Seals and rows side by side, both in order."""

    def __init__(self, session: Session) -> None:
        self._seals = _in_chunks(session, _SEALS)
        self._rows = _in_chunks(session, _ROWS)
        self._next_row = next(self._rows, None)
        self._next_id = 1
        self._position = 0
        self._hash = NO_HASH

    def run(self) -> Iterator[Found]:
        for seal in self._seals:
            yield from self._block(seal)
        while row := self._take(None):
            yield _at(row, "stands in no block")

    def _block(self, seal: Row[Any]) -> Iterator[Found]:
        said = seal._asdict()
        hashed = said.pop("hash")
        first = self._position + 1
        if not all(isinstance(said[name], int) for name in ("first_position", "last_position")):
            yield {"seal": seal.id, "trouble": "says no positions"}
            return
        yield from _unlike(seal.id, "number", seal.id, self._next_id)
        yield from _unlike(seal.id, "first position", seal.first_position, first)
        yield from _unlike(seal.id, "hash before it", seal.previous_hash, self._hash)
        hashes: list[str] = []
        while row := self._take(seal.last_position):
            hashes.append(str(row.row_hash))
            yield from self._row(row, seal.id)
        yield from _unlike(seal.id, "last position", seal.last_position, self._position)
        if block_hash(said, hashes) != hashed:
            yield {
                "seal": seal.id,
                "position": first,
                "trouble": "is not the block that was sealed",
            }
        self._next_id, self._position, self._hash = seal.id + 1, seal.last_position, hashed

    def _row(self, row: Row[Any], seal_id: int) -> Iterator[Found]:
        self._position += 1
        if row.position != self._position:
            yield {"position": self._position, "seal": seal_id, "trouble": "is missing"}
            self._position = row.position
        if row.seal_id != seal_id:
            yield _at(row, "names another block than the one around it")
        if row.id is None:
            yield _at(row, "is gone")
        elif row_hash(tuple(row)[4:]) != row.row_hash:
            yield _at(row, "is not what was sealed")

    def _take(self, up_to: int | None) -> Row[Any] | None:
        row = self._next_row
        if row is None or (up_to is not None and row.position > up_to):
            return None
        self._next_row = next(self._rows, None)
        return row


def _in_chunks(session: Session, sql: str) -> Iterator[Row[Any]]:
    """Yield rows in the order of their first column."""
    after = LOWEST
    while rows := session.execute(text(sql), {"after": after, "chunk": CHUNK}).all():
        yield from rows
        after = rows[-1][0]


def _unlike(seal_id: int, what: str, said: object, expected: object) -> Iterator[Found]:
    if said != expected:
        yield {"seal": seal_id, "trouble": f"{what}: {said} where {expected} belongs"}


def _at(row: Row[Any], trouble: str) -> Found:
    return {"move": row.move_id, "position": row.position, "seal": row.seal_id, "trouble": trouble}
