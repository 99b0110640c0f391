"""As most programs do it: read, decide in Python, write the sums back; a command that comes twice is done twice."""

from collections.abc import Iterator, Mapping
from typing import Any

from flask import Response, jsonify, request

from tests.campaigns.races.twins.wire import Short, Wire, a_uid, now, take, wire, write_promise

FREE = "SELECT sellable, soft, hard FROM item_availability WHERE warehouse_id = ? AND item_id = ?"
BINS = """
SELECT id, quantity, reserved FROM stock_balance
WHERE warehouse_id = ? AND item_id = ? AND quantity > reserved ORDER BY id
"""
RESERVED = "UPDATE stock_balance SET reserved = ? WHERE id = ?"
HARD = "UPDATE item_availability SET hard = ? WHERE warehouse_id = ? AND item_id = ?"
HELD = "SELECT quantity, warehouse_id FROM stock_balance WHERE location_id = ? AND item_id = ?"
QUANTITY = "UPDATE stock_balance SET quantity = ? WHERE location_id = ? AND item_id = ?"
MOVE = """
INSERT INTO stock_move (command_uid, line, owner_id, warehouse_id, item_id, lot_id, serial_id, status_from, status_to,
source_id, target_id, quantity, reason, reference, note, actor_id, occurred_at, recorded_at)
VALUES (?, 0, 1, ?, ?, 0, 0, 'available', 'available', ?, ?, ?, 'move', ?, '', 1, ?, ?) RETURNING id
"""


def promise() -> tuple[Response, int]:
    """Promise stock."""
    asked = request.get_json()
    with wire() as here:
        promises = [row for line in asked["lines"] for row in _keep(here, asked, line)]
    return jsonify({"promises": promises}), 201


def move() -> tuple[Response, int]:
    """Move stock."""
    with wire() as here:
        numbers = [_move(here, line) for line in request.get_json()["lines"]]
    return jsonify({"data": [{"id": number} for number in numbers]}), 201


def _keep(
    here: Wire, asked: Mapping[str, Any], line: Mapping[str, int]
) -> Iterator[Mapping[str, int]]:
    warehouse, item, quantity = asked["warehouse_id"], line["item_id"], line["quantity"]
    [(sellable, soft, hard)] = here.all(FREE, warehouse, item)
    if sellable - soft - hard < quantity:
        raise Short
    taken = list(take(here.all(BINS, warehouse, item), quantity))
    for balance, reserved, units in taken:
        here.run(RESERVED, reserved + units, balance)
    here.run(HARD, hard + quantity, warehouse, item)
    for balance, _, units in taken:
        yield write_promise(here, asked, item, balance, units)


def _move(here: Wire, line: Mapping[str, Any]) -> int:
    item, source, target = line["item_id"], line["source_id"], line["target_id"]
    units = line["quantity"]
    [(there, warehouse)] = here.all(HELD, source, item)
    [(beyond, _)] = here.all(HELD, target, item)
    if there < units:
        raise Short
    here.run(QUANTITY, there - units, source, item)
    here.run(QUANTITY, beyond + units, target, item)
    values = [a_uid(), warehouse, item, source, target, units, line["reference"], now(), now()]
    [(number,)] = here.all(MOVE, *values)
    return int(number)
