"""The one writer of the ledger: moves go in, balances and availability follow, or nothing does.

Every transaction locks rows of `item_availability` first, in the order of ItemKey, and everything else of those items
after them. So whoever holds an item's row has all its balances and promises to itself, in whatever order it goes on,
and two that want the same items wait for each other instead of dying of each other.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session

from wms.kernel.commands import Command
from wms.kernel.outbox import announce
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Wrong
from wms.kernel.statements import Numbered
from wms.stock.actions.knowing import known_of
from wms.stock.actions.shortfalls import serial_elsewhere, shortfall
from wms.stock.events import StockFreed, StockMoved
from wms.stock.moves import Move
from wms.stock.rules.moves import Effects, Known, effects, faults
from wms.stock.tables import Allocation, StockMove

# What could be promised of an item nobody had before begins with what arrives; a balance that is not there cannot
# be taken from, so what leaves is caught below.
_HOLD_ITEMS = Prepared(
    text("""
    INSERT INTO item_availability (owner_id, warehouse_id, item_id, sellable, soft, hard)
    VALUES (:owner_id, :warehouse_id, :item_id, :opening, 0, 0)
    ON CONFLICT (owner_id, warehouse_id, item_id) DO UPDATE
    SET sellable = item_availability.sellable + :sellable, hard = item_availability.hard + :hard
    WHERE item_availability.sellable + :sellable >= item_availability.soft + item_availability.hard + :hard
    AND item_availability.hard + :hard >= 0
    """)
)

_CONSUME = Prepared(
    text("""
    UPDATE allocation SET consumed = consumed + :quantity,
        state = CASE WHEN consumed + :quantity = quantity THEN 'consumed' ELSE 'hard' END,
        ended_at = CASE WHEN consumed + :quantity = quantity THEN :at END
    WHERE id = :id AND state = 'hard' AND consumed + :quantity <= quantity
    """).bindparams(bindparam("at", type_=Allocation.ended_at.type))
)

_TAKE = Prepared(
    text("""
    UPDATE stock_balance SET quantity = quantity + :quantity, reserved = reserved + :reserved
    WHERE location_id = :location_id AND item_id = :item_id AND lot_id = :lot_id AND serial_id = :serial_id
    AND status = :status AND owner_id = :owner_id AND warehouse_id = :warehouse_id
    AND quantity + :quantity >= reserved + :reserved AND reserved + :reserved >= 0
    """)
)

_PUT = Prepared(
    text("""
    INSERT INTO stock_balance
    (location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id, quantity, reserved)
    VALUES (:location_id, :item_id, :lot_id, :serial_id, :status, :owner_id, :warehouse_id, :quantity, 0)
    ON CONFLICT (location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id) DO UPDATE
    SET quantity = stock_balance.quantity + excluded.quantity
    """)
)

_MOVES = Numbered(StockMove)

_BEGIN_PART = Prepared(text("SAVEPOINT stock_post"))
_UNDO_PART = Prepared(text("ROLLBACK TO SAVEPOINT stock_post"))
_END_PART = Prepared(text("RELEASE SAVEPOINT stock_post"))


class _DoesNotFit(Exception):
    """A row was not as the moves need it."""


@dataclass(frozen=True, slots=True)
class _Posting:
    """Moves on their way into the ledger, with what is known of them and what they add up to."""

    moves: Sequence[Move]
    known: Known
    sums: Effects
    by: int
    at: datetime


def post(session: Session, moves: Sequence[Move], *, by: int, at: datetime) -> list[int]:
    """Write moves into the ledger and change balances and availability by what they add up to; returns their numbers.

    Raises Wrong where the moves do not hold together, NotEnoughStock where a place holds too little that is not
    promised, PromiseOver where a promise that a move fulfills is not open, SerialElsewhere where a single piece
    would be in two places.
    """
    if not moves:
        return []
    session.flush()
    known = known_of(session, moves)
    if found := faults(moves, known):
        raise Wrong(*found)
    posting = _Posting(moves, known, effects(moves, known), by, at)
    is_held = False
    try:
        with _whole(session, posting.sums):
            _hold_items(session, posting.sums)
            is_held = True
            _consume(session, posting.sums, at)
            _take(session, posting.sums)
    except _DoesNotFit:
        raise shortfall(session, posting.sums, known, is_held=is_held) from None
    _put(session, posting.sums)
    numbers = _append(session, posting)
    _tell(session, posting, numbers)
    return numbers


def move(session: Session, one: Move, *, by: int, at: datetime) -> int:
    """Write a single move into the ledger; returns its number. Raises as `post` does."""
    return post(session, [one], by=by, at=at)[0]


@contextmanager
def _whole(session: Session, sums: Effects) -> Iterator[None]:
    """Undo what was done in part before anybody asks why it does not fit: with one row of each there is no part."""
    if len(sums.items) == 1 and len(sums.consumed) <= 1 and len(sums.balances) <= 2:  # noqa: PLR2004 - from and to
        yield
        return
    _BEGIN_PART.run(session, {})
    try:
        yield
    except _DoesNotFit:
        _UNDO_PART.run(session, {})
        raise
    finally:
        _END_PART.run(session, {})


def _hold_items(session: Session, sums: Effects) -> None:
    rows = [
        {
            **key._asdict(),
            "sellable": change.sellable,
            "opening": max(change.sellable, 0),
            "hard": change.hard,
        }
        for key, change in sorted(sums.items.items(), key=_first)
    ]
    _all(session, _HOLD_ITEMS, rows)


def _consume(session: Session, sums: Effects, at: datetime) -> None:
    rows = [
        {"id": id_, "quantity": quantity, "at": at}
        for id_, quantity in sorted(sums.consumed.items())
    ]
    _all(session, _CONSUME, rows)


def _take(session: Session, sums: Effects) -> None:
    rows = [
        {**key._asdict(), "quantity": change.quantity, "reserved": change.reserved}
        for key, change in sorted(sums.balances.items(), key=_first)
        if change.quantity < 0 or change.reserved < 0
    ]
    _all(session, _TAKE, rows)


def _put(session: Session, sums: Effects) -> None:
    rows = [
        {**key._asdict(), "quantity": change.quantity}
        for key, change in sorted(sums.balances.items(), key=_first)
        if change.quantity > 0 and change.reserved >= 0
    ]
    if not rows:
        return
    # A piece leaves one place before it arrives in the next, so by now it must be nowhere.
    if refusal := serial_elsewhere(session, [row["serial_id"] for row in rows]):
        raise refusal
    _PUT.run_many(session, rows)


def _append(session: Session, posting: _Posting) -> list[int]:
    act: Command = session.info["command"]
    first = session.info.get("stock.lines", 0)
    session.info["stock.lines"] = first + len(posting.moves)
    known, occurred_at = posting.known, act.occurred_at or posting.at
    rows = [
        {
            "command_uid": act.uid,
            "line": line,
            "owner_id": known.goods[move.item_id].owner_id,
            "warehouse_id": known.places[move.source_id].warehouse_id,
            "item_id": move.item_id,
            "lot_id": move.lot_id,
            "serial_id": move.serial_id,
            "status_from": move.status_from.value,
            "status_to": move.status_after.value,
            "source_id": move.source_id,
            "target_id": move.target_id,
            "quantity": move.quantity,
            "reason": move.reason.value,
            "reference": move.reference,
            "note": move.note,
            "actor_id": posting.by,
            "device_id": act.device_id,
            "occurred_at": occurred_at,
            "recorded_at": act.at,
            "reverses_id": move.reverses_id,
        }
        for line, move in enumerate(posting.moves, first)
    ]
    return _MOVES.add(session, rows)


def _tell(session: Session, posting: _Posting, numbers: Sequence[int]) -> None:
    told: dict[tuple[int, int], list[int]] = {}
    for move, number in zip(posting.moves, numbers, strict=True):
        where = (posting.known.places[move.source_id].warehouse_id, move.item_id)
        told.setdefault(where, []).append(number)
    for key, change in posting.sums.items.items():
        numbers_here = told[key.warehouse_id, key.item_id]
        fact = StockMoved(key.item_id, key.warehouse_id, change.sellable, numbers_here)
        announce(session, fact, by=posting.by, at=posting.at)
        if (freed := change.sellable - change.hard) > 0:
            more = StockFreed(key.item_id, key.warehouse_id, freed)
            announce(session, more, by=posting.by, at=posting.at)


def _all(session: Session, statement: Prepared, rows: list[dict[str, Any]]) -> None:
    """Change one row for each of these; raises _DoesNotFit where one is not as it must be."""
    if rows and statement.run_many(session, rows) != len(rows):
        raise _DoesNotFit


def _first(pair: tuple[Any, object]) -> Any:
    return pair[0]
