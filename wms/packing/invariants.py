"""What must always hold of packing: boxes, lines and the ledger tell the same story."""

from wms.kernel.invariants import Invariant, never
from wms.packing.lifecycle import PACKAGE, PackageState

_STATES = ", ".join(f"'{state.value}'" for state in sorted(PACKAGE.moves))
_OVER = ", ".join(f"'{state.value}'" for state in (PackageState.HANDED_OVER, PackageState.VOID))


def _of_packages(name: str, says: str, sql: str) -> Invariant:
    return never(f"packing.{name}", says, sql, over="package")


INVARIANTS = (
    _of_packages(
        "boxes_have_their_facts",
        "A box is in a known state, and has the times and figures that go with it.",
        f"""
        SELECT p.id AS package, p.number AS number, p.state AS state FROM package p
        WHERE p.state NOT IN ({_STATES})
          OR (p.state IN ('closed', 'weighed', 'labelled', 'staged', 'handed_over')
              AND (p.box_type_id IS NULL OR p.closed_at IS NULL))
          OR (p.state IN ('open', 'closed') AND p.weight_g IS NOT NULL)
          OR (p.state IN ('open', 'closed', 'weighed', 'void') AND p.label_code <> '')
          OR (p.state IN ('labelled', 'staged', 'handed_over') AND p.label_state <> 'bought')
          OR ((p.state IN ('staged', 'handed_over')) <> (p.staged_at IS NOT NULL))
          OR ((p.state = 'handed_over') <> (p.handed_over_at IS NOT NULL))
        ORDER BY p.id
        """,  # noqa: S608 - our own words
    ),
    _of_packages(
        "boxes_hold_what_was_put_in",
        "What lies in a box by the ledger is what was counted into it; while an order is taken back it may be less.",
        f"""
        SELECT p.id AS package, p.number AS number, k.item_id AS item, sum(k.counted) AS counted,
            sum(k.lies) AS lies
        FROM package p JOIN fulfillment_order f ON f.id = p.fo_id
        JOIN (
            SELECT package_id, item_id, lot_id, serial_id, quantity AS counted, 0 AS lies
            FROM package_item
            UNION ALL
            SELECT q.id, b.item_id, b.lot_id, b.serial_id, 0, b.quantity
            FROM package q JOIN stock_balance b ON b.location_id = q.location_id
        ) AS k ON k.package_id = p.id
        WHERE p.state NOT IN ({_OVER})
        GROUP BY p.id, p.number, f.state, k.item_id, k.lot_id, k.serial_id
        HAVING sum(k.counted) < sum(k.lies)
          OR (f.state <> 'revoking' AND sum(k.counted) <> sum(k.lies))
        ORDER BY p.id, k.item_id
        """,  # noqa: S608 - our own words
    ),
    _of_packages(
        "what_is_no_box_holds_nothing",
        "A box that left, or is none any more, holds nothing in the house, and its place is not used.",
        f"""
        SELECT p.id AS package, p.number AS number FROM package p
        JOIN location l ON l.id = p.location_id
        WHERE p.state IN ({_OVER}) AND (l.archived_at IS NULL OR EXISTS (
            SELECT 1 FROM stock_balance b WHERE b.location_id = p.location_id AND b.quantity > 0)
            OR (p.state = 'void' AND EXISTS (
                SELECT 1 FROM package_item i WHERE i.package_id = p.id AND i.quantity > 0)))
        ORDER BY p.id
        """,  # noqa: S608 - our own words
    ),
    _of_packages(
        "every_parcel_place_is_a_box",
        "A place of the kind package is the place of one box, under its number, in its order's warehouse.",
        """
        SELECT l.id AS place, l.code AS code FROM location l
        LEFT JOIN package p ON p.location_id = l.id LEFT JOIN fulfillment_order f ON f.id = p.fo_id
        WHERE (l.kind = 'package' AND p.id IS NULL)
          OR (p.id IS NOT NULL AND (l.kind <> 'package' OR l.code <> p.number
              OR l.warehouse_id <> f.warehouse_id))
        ORDER BY l.id
        """,
    ),
    _of_packages(
        "lines_count_their_boxes",
        "What a line counts as packed is what is of it in its order's boxes, and what it counts as gone left in them.",
        """
        SELECT l.id AS line, l.packed AS packed, l.shipped AS shipped FROM fo_line l
        LEFT JOIN (
            SELECT i.fo_line_id AS line, sum(i.quantity) AS units,
                sum(CASE WHEN p.state = 'handed_over' THEN i.quantity ELSE 0 END) AS gone
            FROM package_item i JOIN package p ON p.id = i.package_id
            JOIN fo_line m ON m.id = i.fo_line_id AND m.fo_id = p.fo_id AND m.item_id = i.item_id
            GROUP BY i.fo_line_id
        ) AS k ON k.line = l.id
        WHERE l.packed <> coalesce(k.units, 0) OR l.shipped <> coalesce(k.gone, 0)
        ORDER BY l.id
        """,
    ),
    _of_packages(
        "orders_are_as_far_as_their_boxes",
        "A packed order is in boxes that were weighed, a shipped one in boxes that left, a cancelled one in none.",
        """
        SELECT f.id AS fo, f.number AS number, p.number AS package, p.state AS state
        FROM fulfillment_order f JOIN package p ON p.fo_id = f.id AND p.state <> 'void'
        WHERE (f.state = 'packed' AND p.state IN ('open', 'closed'))
          OR (f.state = 'shipped' AND p.state <> 'handed_over')
          OR (f.state = 'cancelled')
          OR (f.state NOT IN ('picked', 'awaiting_stock', 'packing', 'packed', 'shipped', 'revoking'))
          OR (f.state NOT IN ('packed', 'shipped') AND p.state = 'handed_over')
        ORDER BY f.id, p.id
        """,
    ),
    _of_packages(
        "what_is_packed_is_in_boxes",
        "Every unit of a packed or shipped order is in a box, and of a shipped one it left.",
        """
        SELECT l.id AS line, f.number AS number FROM fo_line l
        JOIN fulfillment_order f ON f.id = l.fo_id
        WHERE (f.state IN ('packed', 'shipped') AND l.packed <> l.picked)
          OR (f.state = 'shipped' AND l.shipped <> l.packed)
          OR (f.state = 'cancelled' AND l.packed > 0)
        ORDER BY l.id
        """,
    ),
    _of_packages(
        "packers_are_known_to_their_orders",
        "An order of which a box is here waits for packers before it can be cancelled.",
        f"""
        SELECT p.id AS package, p.number AS number FROM package p
        WHERE p.state NOT IN ({_OVER}) AND NOT EXISTS (
            SELECT 1 FROM involvement i
            WHERE i.fo_id = p.fo_id AND i.party = 'packing' AND i.settled_at IS NULL)
        ORDER BY p.id
        """,  # noqa: S608 - our own words
    ),
)
