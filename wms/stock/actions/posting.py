"""The one writer of the ledger: moves go in, balances and availability follow, or nothing does.

Every transaction locks rows of `item_availability` first, in the order of ItemKey, and everything else of those items
after them. So whoever holds an item's row has all its balances and promises to itself, in whatever order it goes on,
and two that want the same items wait for each other instead of dying of each other.
"""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, insert, select, text
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.commands import Command
from wms.kernel.outbox import announce
from wms.kernel.refusal import Wrong
from wms.stock.actions.shortfalls import serial_elsewhere, shortfall
from wms.stock.events import StockMoved
from wms.stock.moves import NONE, BalanceKey, Move
from wms.stock.rules.moves import Effects, Goods, Kept, Known, Place, effects, faults
from wms.stock.tables import Allocation, StockBalance, StockMove

_PLACES = select(
    Location.id,
    Location.code,
    Location.warehouse_id,
    Location.kind,
    Location.holds_sellable,
    Location.archived_at,
).where(Location.id.in_(bindparam("ids", expanding=True)))

_GOODS = select(Item.id, Item.sku, Item.owner_id, Item.tracks_lots, Item.tracks_serials).where(
    Item.id.in_(bindparam("ids", expanding=True))
)

_LOTS = select(Lot.id, Lot.item_id).where(Lot.id.in_(bindparam("ids", expanding=True)))

_SERIALS = select(Serial.id, Serial.item_id).where(Serial.id.in_(bindparam("ids", expanding=True)))

_PROMISES = (
    select(
        Allocation.id,
        Allocation.quantity - Allocation.consumed,
        StockBalance.location_id,
        StockBalance.item_id,
        StockBalance.lot_id,
        StockBalance.serial_id,
        StockBalance.status,
        StockBalance.owner_id,
        StockBalance.warehouse_id,
    )
    .join(StockBalance, StockBalance.id == Allocation.balance_id)
    .where(Allocation.id.in_(bindparam("ids", expanding=True)))
)

# What could be promised of an item nobody had before begins with what arrives; a balance that is not there cannot
# be taken from, so what leaves is caught below.
_HOLD_ITEMS = text("""
    INSERT INTO item_availability (owner_id, warehouse_id, item_id, sellable, soft, hard)
    VALUES (:owner_id, :warehouse_id, :item_id, :opening, 0, 0)
    ON CONFLICT (owner_id, warehouse_id, item_id) DO UPDATE
    SET sellable = item_availability.sellable + :sellable, hard = item_availability.hard + :hard
    WHERE item_availability.sellable + :sellable >= item_availability.soft + item_availability.hard + :hard
    AND item_availability.hard + :hard >= 0
""")

_CONSUME = text("""
    UPDATE allocation SET consumed = consumed + :quantity,
        state = CASE WHEN consumed + :quantity = quantity THEN 'consumed' ELSE 'hard' END,
        ended_at = CASE WHEN consumed + :quantity = quantity THEN :at END
    WHERE id = :id AND state = 'hard' AND consumed + :quantity <= quantity
""").bindparams(bindparam("at", type_=Allocation.ended_at.type))

_TAKE = text("""
    UPDATE stock_balance SET quantity = quantity + :quantity, reserved = reserved + :reserved
    WHERE location_id = :location_id AND item_id = :item_id AND lot_id = :lot_id AND serial_id = :serial_id
    AND status = :status AND owner_id = :owner_id AND warehouse_id = :warehouse_id
    AND quantity + :quantity >= reserved + :reserved AND reserved + :reserved >= 0
""")

_PUT = text("""
    INSERT INTO stock_balance
    (location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id, quantity, reserved)
    VALUES (:location_id, :item_id, :lot_id, :serial_id, :status, :owner_id, :warehouse_id, :quantity, 0)
    ON CONFLICT (location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id) DO UPDATE
    SET quantity = stock_balance.quantity + excluded.quantity
""")

_MOVES = insert(StockMove).returning(StockMove.id, sort_by_parameter_order=True)


class _DoesNotFit(Exception):
    """A row was not as the moves need it."""


def post(session: Session, moves: Sequence[Move], *, by: int, at: datetime) -> list[int]:
    """Write moves into the ledger and change balances and availability by what they add up to; returns their numbers.

    Raises Wrong where the moves do not hold together, NotEnoughStock where a place holds too little that is not
    promised, PromiseOver where a promise that a move fulfills is not open, SerialElsewhere where a single piece
    would be in two places.
    """
    if not moves:
        return []
    session.flush()
    known = _known(session, moves)
    if found := faults(moves, known):
        raise Wrong(*found)
    sum_ = effects(moves, known)
    connection = session.connection()
    try:
        with _whole(connection, sum_):
            _hold_items(connection, sum_)
            _consume(connection, sum_, at)
            _take(connection, sum_)
    except _DoesNotFit:
        raise shortfall(session, sum_, known) from None
    _put(session, sum_, known)
    numbers = _append(session, moves, known, by, at)
    _tell(session, moves, numbers, sum_, known, by, at)
    return numbers


def _known(session: Session, moves: Sequence[Move]) -> Known:
    places = {move.source_id for move in moves} | {move.target_id for move in moves}
    lots = {move.lot_id for move in moves} - {NONE}
    serials = {move.serial_id for move in moves} - {NONE}
    promises = {move.allocation_id for move in moves} - {None}
    return Known(
        places={row[0]: _place(*row) for row in session.execute(_PLACES, {"ids": list(places)})},
        goods={
            row[0]: Goods(*row)
            for row in session.execute(_GOODS, {"ids": list({move.item_id for move in moves})})
        },
        lots=_by_number(session, _LOTS, lots),
        serials=_by_number(session, _SERIALS, serials),
        promises={
            row[0]: Kept(BalanceKey(*row[2:]), row[1])
            for row in (session.execute(_PROMISES, {"ids": list(promises)}) if promises else ())
        },
    )


def _place(
    id_: int, code: str, warehouse_id: int, kind: str, holds_sellable: bool, archived_at: Any
) -> Place:
    return Place(
        id_, code, warehouse_id, kind == "outside", holds_sellable, archived_at is not None
    )


def _by_number(session: Session, query: Any, ids: Iterable[int]) -> dict[int, int]:
    wanted = list(ids)
    return dict(session.execute(query, {"ids": wanted}).tuples()) if wanted else {}


@contextmanager
def _whole(connection: Connection, sum_: Effects) -> Iterator[None]:
    """Take back what was done in part before it is looked at: with one row of each there is no part."""
    if len(sum_.items) < 2 and len(sum_.balances) < 3:  # noqa: PLR2004 - one is left, one is reached
        yield
        return
    with connection.begin_nested():
        yield


def _hold_items(connection: Connection, sum_: Effects) -> None:
    rows = [
        {
            **key._asdict(),
            "sellable": change.sellable,
            "opening": max(change.sellable, 0),
            "hard": change.hard,
        }
        for key, change in sorted(sum_.items.items(), key=_first)
    ]
    _all(connection, _HOLD_ITEMS, rows)


def _consume(connection: Connection, sum_: Effects, at: datetime) -> None:
    rows = [
        {"id": id_, "quantity": quantity, "at": at}
        for id_, quantity in sorted(sum_.consumed.items())
    ]
    _all(connection, _CONSUME, rows)


def _take(connection: Connection, sum_: Effects) -> None:
    rows = [
        {**key._asdict(), "quantity": change.quantity, "reserved": change.reserved}
        for key, change in sorted(sum_.balances.items(), key=_first)
        if change.quantity < 0 or change.reserved < 0
    ]
    _all(connection, _TAKE, rows)


def _put(session: Session, sum_: Effects, known: Known) -> None:
    rows = [
        {**key._asdict(), "quantity": change.quantity}
        for key, change in sorted(sum_.balances.items(), key=_first)
        if change.quantity > 0 and change.reserved >= 0
    ]
    if not rows:
        return
    if refusal := serial_elsewhere(session, [row["serial_id"] for row in rows]):
        raise refusal
    session.connection().execute(_PUT, rows)


def _append(
    session: Session, moves: Sequence[Move], known: Known, by: int, at: datetime
) -> list[int]:
    act: Command = session.info["command"]
    assert act.kept, "what goes into the ledger has a command of its own"
    first = session.info.get("stock.lines", 0)
    session.info["stock.lines"] = first + len(moves)
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
            "actor_id": by,
            "device_id": act.device_id,
            "occurred_at": act.occurred_at or at,
            "recorded_at": act.at,
            "reverses_id": move.reverses_id,
        }
        for line, move in enumerate(moves, first)
    ]
    return list(session.connection().scalars(_MOVES, rows))


def _tell(
    session: Session,
    moves: Sequence[Move],
    numbers: Sequence[int],
    sum_: Effects,
    known: Known,
    by: int,
    at: datetime,
) -> None:
    told: dict[tuple[int, int], list[int]] = {}
    for move, number in zip(moves, numbers, strict=True):
        where = (known.places[move.source_id].warehouse_id, move.item_id)
        told.setdefault(where, []).append(number)
    for key, change in sum_.items.items():
        fact = StockMoved(
            key.item_id, key.warehouse_id, change.sellable, told[key.warehouse_id, key.item_id]
        )
        announce(session, fact, by=by, at=at)


def _all(connection: Connection, statement: Any, rows: list[dict[str, Any]]) -> None:
    """Change one row for each of these; raises _DoesNotFit where one is not as it must be."""
    if rows and connection.execute(statement, rows).rowcount != len(rows):
        raise _DoesNotFit


def _first(pair: tuple[Any, object]) -> Any:
    return pair[0]
