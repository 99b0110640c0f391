"""Takes only from bins that nobody else has in hand: never too much, but often nothing though there is something."""

from flask import Response, jsonify, request

from tests.campaigns.races.twins.wire import take, wire, write_promise

BINS = """
SELECT id, quantity, reserved FROM stock_balance
WHERE warehouse_id = ? AND item_id = ? AND quantity > reserved ORDER BY id FOR UPDATE SKIP LOCKED
"""
RESERVED = "UPDATE stock_balance SET reserved = reserved + ? WHERE id = ?"
HARD = "UPDATE item_availability SET hard = hard + ? WHERE warehouse_id = ? AND item_id = ?"


def promise() -> tuple[Response, int]:
    """Promise stock."""
    asked = request.get_json()
    warehouse, promises = asked["warehouse_id"], []
    with wire() as here:
        for line in asked["lines"]:
            item = line["item_id"]
            for balance, _, units in take(here.all(BINS, warehouse, item), line["quantity"]):
                here.run(RESERVED, units, balance)
                here.run(HARD, units, warehouse, item)
                promises.append(write_promise(here, asked, item, balance, units))
    return jsonify({"promises": promises}), 201
