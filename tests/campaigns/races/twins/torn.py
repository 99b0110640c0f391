"""Lists that ask one question a balance: what moves meanwhile is counted twice, or not at all."""

from collections import Counter
from collections.abc import Iterator

from flask import Response, jsonify, request

from tests.campaigns.races.twins.wire import wire

ALL = "SELECT id FROM stock_balance WHERE warehouse_id = ? ORDER BY location_id, id"
ONE = """
SELECT stock_balance.item_id, sku, quantity FROM stock_balance JOIN item ON item.id = stock_balance.item_id
WHERE stock_balance.id = ?
"""


def inventory() -> Response:
    """Say what there is of each item."""
    units: Counter[int] = Counter()
    for item, _, quantity in _one_by_one():
        units[item] += quantity
    told = [{"item_id": item, "on_hand": n, "sellable": n} for item, n in units.items()]
    return jsonify({"data": told, "next_cursor": None})


def export() -> Response:
    """Write what lies where."""
    lines = [f"{sku},{quantity}" for _, sku, quantity in _one_by_one()]
    return Response("\n".join(["sku,quantity", *lines]), mimetype="text/csv")


def _one_by_one() -> Iterator[tuple[int, str, int]]:
    with wire() as here:
        for (balance,) in here.all(ALL, int(request.args["warehouse_id"])):
            yield here.all(ONE, balance)[0]
