"""The same statements that our actions run, by hand on sqlite3 and psycopg: what a benchmark measures us against.

The same triggers and constraints stand behind them.
"""

import hashlib
import json
from collections.abc import Sequence
from typing import Any

from wms.trial.bench.hand import Hand

WHO_ASKS = """
SELECT t.id, t.scopes, t.expires_at, t.revoked_at, u.id, u.name, u.disabled_at, u.language, r.role
FROM api_token t JOIN user_account u ON u.id = t.user_id JOIN user_role r ON r.user_id = u.id WHERE t.token_hash = ?
"""
COMMAND = "SELECT body_hash, refused, answer FROM command WHERE uid = ?"
PLACES = "SELECT id, code, warehouse_id, kind, holds_sellable, archived_at FROM location WHERE id IN (?, ?)"
GOODS = "SELECT id, sku, owner_id, tracks_lots, tracks_serials FROM item WHERE id = ?"
HOLD_ITEM = """
INSERT INTO item_availability (owner_id, warehouse_id, item_id, sellable, soft, hard) VALUES (1, ?, ?, 0, 0, 0)
ON CONFLICT (owner_id, warehouse_id, item_id) DO UPDATE SET sellable = item_availability.sellable + 0
WHERE item_availability.sellable >= item_availability.soft + item_availability.hard
"""
TAKE = """
UPDATE stock_balance SET quantity = quantity - ? WHERE location_id = ? AND item_id = ? AND lot_id = 0
AND serial_id = 0 AND status = 'available' AND owner_id = 1 AND warehouse_id = ? AND quantity - ? >= reserved
"""
PUT = """
INSERT INTO stock_balance
(location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id, quantity, reserved)
VALUES (?, ?, 0, 0, 'available', 1, ?, ?, 0)
ON CONFLICT (location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id)
DO UPDATE SET quantity = stock_balance.quantity + excluded.quantity
"""
MOVES = """
INSERT INTO stock_move (command_uid, line, owner_id, warehouse_id, item_id, lot_id, serial_id, status_from, status_to,
source_id, target_id, quantity, reason, reference, note, actor_id, occurred_at, recorded_at)
VALUES (?, ?, 1, ?, ?, 0, 0, 'available', 'available', ?, ?, ?, 'move', '', '', ?, ?, ?)
"""
EVENT = """
INSERT INTO event (type, subject, subject_id, data, command_uid, actor_id, occurred_at, recorded_at)
VALUES ('stock.StockMoved', 'item', ?, ?, ?, ?, ?, ?)
"""
KEEP = """
INSERT INTO command (uid, actor_id, key, name, body_hash, refused, answer, occurred_at, recorded_at)
VALUES (?, ?, ?, 'stock.move', ?, ?, ?, ?, ?)
"""

RESERVE_ITEM = """
UPDATE item_availability SET hard = hard + ?
WHERE owner_id = 1 AND warehouse_id = ? AND item_id = ? AND hard + ? >= 0 AND soft + hard + ? <= sellable
"""
KEEP_IN_BIN = """
UPDATE stock_balance SET reserved = reserved + ? WHERE location_id = ? AND item_id = ? AND lot_id = 0
AND serial_id = 0 AND status = 'available' AND owner_id = 1 AND warehouse_id = ?
AND reserved + ? >= 0 AND reserved + ? <= quantity
"""
RESERVE_BIN = f"{KEEP_IN_BIN} RETURNING id"
PROMISE = """
INSERT INTO allocation (state, hardness, owner_id, warehouse_id, item_id, balance_id, quantity, consumed, reference,
command_uid, actor_id, allocated_at) VALUES ('hard', 'hard', 1, ?, ?, ?, 1, 0, 'R', ?, ?, ?) RETURNING id
"""
RELEASE = "UPDATE allocation SET state = 'released', ended_at = ? WHERE id = ? AND state = 'hard'"


def confirmed_move(hand: Hand, token: str, key: str, body: bytes) -> tuple[int, dict[str, Any]]:
    """Do what `POST /api/v1/stock_moves` does for one line, from the token to the commit; returns status and answer."""
    known = hand.read(WHO_ASKS, [hashlib.sha256(token.encode()).hexdigest()])
    if not known or "stock:write" not in known[0][1].split():
        return 401, {"code": "people.sign_in_first"}
    line = json.loads(body)["lines"][0]
    actor_id, item_id, source_id, target_id = (
        known[0][4],
        line["item_id"],
        line["source_id"],
        line["target_id"],
    )
    now, uid, digest = hand.stamp(), hand.uid(actor_id, key), hashlib.sha256(body).hexdigest()
    with hand.write() as cursor:
        if (kept := hand.run(cursor, COMMAND, [uid]).fetchone()) is not None:
            return 201, json.loads(kept[2])
        places = hand.run(cursor, PLACES, [source_id, target_id]).fetchall()
        goods = hand.run(cursor, GOODS, [item_id]).fetchone()
        if len(places) != 2 or goods is None or line["quantity"] < 1:  # noqa: PLR2004 - source and target
            return 422, {"code": "kernel.wrong"}
        warehouse_id, quantity = places[0][2], line["quantity"]
        hand.run(cursor, HOLD_ITEM, [warehouse_id, item_id])
        taken = hand.run(cursor, TAKE, [quantity, source_id, item_id, warehouse_id, quantity])
        if taken.rowcount != 1:
            raise LookupError("the bin holds too little")
        hand.run(cursor, PUT, [target_id, item_id, warehouse_id, quantity])
        row = [uid, 0, warehouse_id, item_id, source_id, target_id, quantity, actor_id, now, now]
        number = hand.run(cursor, f"{MOVES} RETURNING id", row).fetchone()[0]
        fact = json.dumps(
            {"item_id": item_id, "warehouse_id": warehouse_id, "sellable": 0, "moves": [number]}
        )
        hand.run(cursor, EVENT, [item_id, fact, uid, actor_id, now, now])
        answer = {"data": [{"id": number, **line}]}
        kept_row = [uid, actor_id, key, digest, False, json.dumps(answer), now, now]
        hand.run(cursor, KEEP, kept_row)
    return 201, answer


def reserve(
    hand: Hand, actor_id: int, warehouse_id: int, key: str, lines: Sequence[tuple[int, int]]
) -> list[list[int]]:
    """Promise one unit of each (item, bin) in one transaction; returns (promise, item, bin) of each."""
    now, uid = hand.stamp(), hand.uid(actor_id, key)
    kept: list[list[int]] = []
    with hand.write() as cursor:
        hand.run(cursor, COMMAND, [uid]).fetchone()
        hand.run_many(cursor, RESERVE_ITEM, [[1, warehouse_id, item, 1, 1] for item, _ in lines])
        if cursor.rowcount != len(lines):
            raise LookupError("an item is sold out")
        for item, place in lines:
            balance = hand.run(cursor, RESERVE_BIN, [1, place, item, warehouse_id, 1, 1]).fetchone()
            number = hand.run(
                cursor, PROMISE, [warehouse_id, item, balance[0], uid, actor_id, now]
            ).fetchone()
            kept.append([number[0], item, place])
        hand.run(cursor, KEEP, [uid, actor_id, key, "", False, "[]", now, now])
    return kept


def keep(hand: Hand, warehouse_id: int, lines: Sequence[tuple[int, int]]) -> None:
    """Set one unit of each (item, bin) aside in one transaction, and write nothing down about it."""
    with hand.write() as cursor:
        for statement, rows in (
            (RESERVE_ITEM, [[1, warehouse_id, item, 1, 1] for item, _ in lines]),
            (KEEP_IN_BIN, [[1, place, item, warehouse_id, 1, 1] for item, place in lines]),
        ):
            hand.run_many(cursor, statement, rows)
            if cursor.rowcount != len(lines):
                raise LookupError("an item is sold out")


def release(
    hand: Hand, actor_id: int, warehouse_id: int, key: str, kept: Sequence[Sequence[int]]
) -> None:
    """Give promised units back in one transaction."""
    now, uid = hand.stamp(), hand.uid(actor_id, key)
    with hand.write() as cursor:
        hand.run(cursor, COMMAND, [uid]).fetchone()
        hand.run_many(
            cursor, RESERVE_ITEM, [[-1, warehouse_id, item, -1, -1] for _, item, _ in kept]
        )
        for number, item, place in kept:
            hand.run(cursor, RESERVE_BIN, [-1, place, item, warehouse_id, -1, -1]).fetchone()
            hand.run(cursor, RELEASE, [now, number])
        hand.run(cursor, KEEP, [uid, actor_id, key, "", False, "[]", now, now])


def move(
    hand: Hand, actor_id: int, warehouse_id: int, key: str, moves: Sequence[tuple[int, int, int]]
) -> None:
    """Move one unit of each (item, source, target) in one transaction."""
    now, uid = hand.stamp(), hand.uid(actor_id, key)
    with hand.write() as cursor:
        hand.run(cursor, COMMAND, [uid]).fetchone()
        hand.run_many(cursor, HOLD_ITEM, [[warehouse_id, item] for item, _, _ in moves])
        hand.run_many(
            cursor, TAKE, [[1, source, item, warehouse_id, 1] for item, source, _ in moves]
        )
        if cursor.rowcount != len(moves):
            raise LookupError("a bin holds too little")
        hand.run_many(cursor, PUT, [[target, item, warehouse_id, 1] for item, _, target in moves])
        rows = [
            [uid, line, warehouse_id, item, source, target, 1, actor_id, now, now]
            for line, (item, source, target) in enumerate(moves)
        ]
        hand.run_many(cursor, MOVES, rows)
        hand.run(cursor, KEEP, [uid, actor_id, key, "", False, "[]", now, now])
