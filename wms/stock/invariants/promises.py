"""What must always hold of promises: nothing is promised twice, and every promise stands on something."""

from wms.kernel.invariants import Invariant, never
from wms.stock.lifecycle import ALLOCATION, OPEN


def _of_promises(name: str, says: str, sql: str, over: str = "allocation") -> Invariant:
    return never(f"stock.{name}", says, sql, over=over)


_OPEN = "quantity - consumed"

_STATES = ", ".join(f"'{state.value}'" for state in ALLOCATION.moves)
_ENDS = ", ".join(f"'{state.value}'" for state in ALLOCATION.moves if state not in OPEN)


def _promised(column: str) -> str:
    """Return the question for items whose count of promises of one kind is not the sum of those promises."""
    return f"""
        SELECT a.item_id AS item_id, a.warehouse_id AS warehouse_id, i.sku AS item,
            a.{column} AS counted, coalesce(p.promised, 0) AS promised
        FROM item_availability a JOIN item i ON i.id = a.item_id
        LEFT JOIN (
            SELECT owner_id, warehouse_id, item_id, sum({_OPEN}) AS promised FROM allocation
            WHERE state = '{column}' GROUP BY owner_id, warehouse_id, item_id
        ) AS p ON p.owner_id = a.owner_id AND p.warehouse_id = a.warehouse_id AND p.item_id = a.item_id
        WHERE a.{column} <> coalesce(p.promised, 0) ORDER BY a.item_id, a.warehouse_id
    """  # noqa: S608 - our own words


_SELLABLE = """
    SELECT k.item_id AS item_id, k.warehouse_id AS warehouse_id, i.sku AS item,
        sum(k.counted) AS counted, sum(k.lies) AS lies
    FROM (
        SELECT owner_id, warehouse_id, item_id, sellable AS counted, 0 AS lies FROM item_availability
        UNION ALL
        SELECT b.owner_id, b.warehouse_id, b.item_id, 0, b.quantity FROM stock_balance b
        JOIN location l ON l.id = b.location_id
        WHERE b.status = 'available' AND l.holds_sellable
    ) AS k JOIN item i ON i.id = k.item_id
    GROUP BY k.owner_id, k.warehouse_id, k.item_id, i.sku
    HAVING sum(k.counted) <> sum(k.lies) ORDER BY k.item_id, k.warehouse_id
"""

INVARIANTS = (
    _of_promises(
        "reserved_units_are_promised_units",
        "What is set aside in a place is what open promises name there.",
        f"""
        SELECT b.id AS balance, l.code AS place, b.reserved AS reserved,
            coalesce(p.promised, 0) AS promised
        FROM stock_balance b JOIN location l ON l.id = b.location_id
        LEFT JOIN (
            SELECT balance_id, sum({_OPEN}) AS promised FROM allocation WHERE state = 'hard'
            GROUP BY balance_id
        ) AS p ON p.balance_id = b.id
        WHERE b.reserved BETWEEN 0 AND b.quantity AND b.reserved <> coalesce(p.promised, 0)
        ORDER BY b.id
        """,  # noqa: S608 - our own words
        over="stock_balance",
    ),
    _of_promises(
        "what_can_be_sold_lies_on_shelves",
        "What can be sold of an item is what lies available in places to sell from.",
        _SELLABLE,
        over="item_availability",
    ),
    _of_promises(
        "soft_promises_are_counted",
        "The units of an item that are promised for a while are counted.",
        _promised("soft"),
        over="item_availability",
    ),
    _of_promises(
        "hard_promises_are_counted",
        "The units of an item that are promised in a place are counted.",
        _promised("hard"),
        over="item_availability",
    ),
    _of_promises(
        "nothing_is_sold_twice",
        "Never more of an item is promised than can be sold.",
        """
        SELECT a.item_id AS item_id, a.warehouse_id AS warehouse_id, i.sku AS item,
            a.sellable AS sellable, a.soft AS soft, a.hard AS hard
        FROM item_availability a JOIN item i ON i.id = a.item_id
        WHERE a.soft < 0 OR a.hard < 0 OR a.soft + a.hard > a.sellable
        ORDER BY a.item_id, a.warehouse_id
        """,
        over="item_availability",
    ),
    _of_promises(
        "only_available_units_are_promised",
        "Nothing is promised that is held, damaged, expired or in quarantine.",
        """
        SELECT a.id AS promise, b.status AS status FROM allocation a
        JOIN stock_balance b ON b.id = a.balance_id
        WHERE a.state = 'hard' AND b.status <> 'available' ORDER BY a.id
        """,
    ),
    _of_promises(
        "promises_name_what_lies_there",
        "A promise is of the item, owner and warehouse of the place that it names.",
        """
        SELECT a.id AS promise, b.id AS balance FROM allocation a
        JOIN stock_balance b ON b.id = a.balance_id
        WHERE a.item_id <> b.item_id OR a.owner_id <> b.owner_id OR a.warehouse_id <> b.warehouse_id
        ORDER BY a.id
        """,
    ),
    _of_promises(
        "promises_are_in_a_known_state",
        "A promise is open, or ended in one of the ways that there are, and then it says when.",
        f"""
        SELECT id AS promise, state AS state FROM allocation
        WHERE state NOT IN ({_STATES}) OR (state IN ({_ENDS})) <> (ended_at IS NOT NULL) ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_promises(
        "promises_give_what_they_said",
        "No promise gives more units than it promised, and one that gave all of them is over.",
        """
        SELECT id AS promise, quantity AS promised, consumed AS given FROM allocation
        WHERE quantity < 1 OR consumed < 0 OR consumed > quantity
          OR (state = 'consumed') <> (consumed = quantity)
        ORDER BY id
        """,
    ),
    _of_promises(
        "soft_promises_end_by_themselves",
        "A promise for a while says until when, and one of a place says of which.",
        """
        SELECT id AS promise, state AS state FROM allocation
        WHERE (state = 'soft' AND expires_at IS NULL)
          OR (hardness = 'hard') <> (balance_id IS NOT NULL) OR (state = 'hard' AND hardness <> 'hard')
        ORDER BY id
        """,
    ),
)
