"""What must always hold of balances: they are what the moves add up to.

A move takes as many units from one place as it brings to another, so over all places, outside ones included, the
units of an item are conserved as soon as two things hold: every balance is the sum of its moves, and no sum of moves is
without a balance. Each has its promise here; together they are the conservation of every item, lot and serial number.
"""

from wms.kernel.invariants import Invariant, never

FOLDED = """
    WITH folded AS (
        SELECT location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id,
            sum(quantity) AS quantity
        FROM (
            SELECT target_id AS location_id, item_id, lot_id, serial_id, status_to AS status,
                owner_id, warehouse_id, quantity FROM stock_move
            UNION ALL
            SELECT source_id, item_id, lot_id, serial_id, status_from,
                owner_id, warehouse_id, -quantity FROM stock_move
        ) AS ends
        GROUP BY location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id
    ),
    held AS (
        SELECT min(b.id) AS id, b.location_id, b.item_id, b.lot_id, b.serial_id, b.status,
            b.owner_id, b.warehouse_id, sum(b.quantity) AS quantity
        FROM stock_balance b JOIN location l ON l.id = b.location_id AND l.kind <> 'outside'
        GROUP BY b.location_id, b.item_id, b.lot_id, b.serial_id, b.status, b.owner_id, b.warehouse_id
    )
"""
SAME_KEY = """
    f.location_id = h.location_id AND f.item_id = h.item_id AND f.lot_id = h.lot_id
    AND f.serial_id = h.serial_id AND f.status = h.status
    AND f.owner_id = h.owner_id AND f.warehouse_id = h.warehouse_id
"""


def _of_balances(name: str, says: str, sql: str) -> Invariant:
    return never(f"stock.{name}", says, sql, over="stock_balance")


INVARIANTS = (
    _of_balances(
        "balances_are_the_sum_of_moves",
        "A place holds what its moves add up to.",
        f"""{FOLDED}
        SELECT h.id AS balance, l.code AS place, i.sku AS item, h.quantity AS holds,
            coalesce(f.quantity, 0) AS moves_say
        FROM held h JOIN location l ON l.id = h.location_id JOIN item i ON i.id = h.item_id
        LEFT JOIN folded f ON {SAME_KEY}
        WHERE h.quantity >= 0 AND h.quantity <> coalesce(f.quantity, 0) ORDER BY h.id
        """,  # noqa: S608 - our own words
    ),
    _of_balances(
        "no_unit_is_lost",
        "What the moves brought to a place and did not take away is in a balance.",
        f"""{FOLDED}
        SELECT l.code AS place, i.sku AS item, f.lot_id AS lot, f.serial_id AS serial,
            f.status AS status, f.quantity AS moves_say
        FROM folded f JOIN location l ON l.id = f.location_id AND l.kind <> 'outside'
        JOIN item i ON i.id = f.item_id LEFT JOIN held h ON {SAME_KEY}
        WHERE h.id IS NULL AND f.quantity <> 0
        ORDER BY f.location_id, f.item_id, f.lot_id, f.serial_id, f.status
        """,  # noqa: S608 - our own words
    ),
    _of_balances(
        "no_place_holds_less_than_nothing",
        "No place holds less than nothing.",
        "SELECT id AS balance, quantity AS holds FROM stock_balance WHERE quantity < 0 ORDER BY id",
    ),
    _of_balances(
        "no_place_promises_more_than_it_holds",
        "What is promised of a place lies there.",
        """
        SELECT id AS balance, quantity AS holds, reserved AS promised FROM stock_balance
        WHERE quantity >= 0 AND (reserved < 0 OR reserved > quantity) ORDER BY id
        """,
    ),
    _of_balances(
        "one_balance_for_one_thing_in_one_place",
        "The same thing in the same place is counted in one row.",
        """
        SELECT max(id) AS balance, count(*) AS rows_for_it FROM stock_balance
        GROUP BY location_id, item_id, lot_id, serial_id, status, owner_id, warehouse_id
        HAVING count(*) > 1 ORDER BY 1
        """,
    ),
    _of_balances(
        "a_single_piece_is_in_one_place",
        "A piece with a serial number is in one place, once.",
        """
        SELECT max(b.id) AS balance, s.code AS serial, sum(b.quantity) AS pieces
        FROM stock_balance b JOIN serial s ON s.id = b.serial_id
        WHERE b.serial_id <> 0 AND b.quantity > 0 GROUP BY s.id, s.code
        HAVING sum(b.quantity) > 1 ORDER BY 1
        """,
    ),
    _of_balances(
        "nothing_is_counted_outside",
        "Only places of the house have balances; the outside is nobody's shelf.",
        """
        SELECT b.id AS balance, l.code AS place FROM stock_balance b
        JOIN location l ON l.id = b.location_id WHERE l.kind = 'outside' ORDER BY b.id
        """,
    ),
    _of_balances(
        "archived_places_are_empty",
        "A place that is no longer used holds nothing.",
        """
        SELECT b.id AS balance, l.code AS place, b.quantity AS holds FROM stock_balance b
        JOIN location l ON l.id = b.location_id
        WHERE l.archived_at IS NOT NULL AND b.quantity > 0 ORDER BY b.id
        """,
    ),
    never(
        "stock.kits_are_never_stocked",
        "Nothing lies anywhere that is sold as one and picked as its parts.",
        """
        SELECT b.item_id AS kit, sum(b.quantity) AS lies FROM stock_balance b
        WHERE b.quantity > 0 AND EXISTS (SELECT 1 FROM kit_part k WHERE k.kit_id = b.item_id)
        GROUP BY b.item_id ORDER BY b.item_id
        """,
        over="kit_part",
    ),
)
