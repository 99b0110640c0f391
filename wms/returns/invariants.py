"""What must always hold of goods that come back."""

from wms.kernel.invariants import Invariant, never
from wms.returns.grades import Disposition, Grade
from wms.returns.lifecycle import HERE, LIFECYCLE


def _of_returns(name: str, says: str, sql: str, over: str = "goods_return") -> Invariant:
    return never(f"returns.{name}", says, sql, over=over)


_STATES = ", ".join(f"'{state.value}'" for state in LIFECYCLE.moves)
_ENDS = ", ".join(f"'{state.value}'" for state in sorted(LIFECYCLE.ends))
_HERE = ", ".join(f"'{state.value}'" for state in HERE)
_FATES = ", ".join(f"'{fate.value}'" for fate in Disposition)
_GRADES = ", ".join(f"'{grade.value}'" for grade in Grade)

INVARIANTS = (
    _of_returns(
        "returned_within_shipped",
        "Of no line of an order more units come back than left the house.",
        """
        SELECT l.order_line_id AS order_line, l.item_id AS item, sum(l.arrived) AS arrived,
            (SELECT coalesce(sum(f.shipped), 0) FROM fo_line f
             WHERE f.order_line_id = l.order_line_id AND f.item_id = l.item_id) AS shipped
        FROM return_line l WHERE l.order_line_id IS NOT NULL
        GROUP BY l.order_line_id, l.item_id
        HAVING sum(l.arrived) > (SELECT coalesce(sum(f.shipped), 0) FROM fo_line f
             WHERE f.order_line_id = l.order_line_id AND f.item_id = l.item_id)
        ORDER BY 1, 2
        """,
        over="return_line",
    ),
    _of_returns(
        "lines_count_their_units",
        "What a line of a return says came, and what became of it, is what was scanned.",
        f"""
        SELECT l.id AS line, l.arrived AS arrived, l.restocked AS restocked,
            l.quarantined AS quarantined, l.scrapped AS scrapped
        FROM return_line l LEFT JOIN return_unit u ON u.line_id = l.id AND u.undone_at IS NULL
        GROUP BY l.id, l.arrived, l.restocked, l.quarantined, l.scrapped
        HAVING l.arrived <> coalesce(sum(u.quantity), 0)
          OR l.restocked <> coalesce(sum(CASE u.disposition WHEN '{Disposition.RESTOCK.value}'
             THEN u.quantity ELSE 0 END), 0)
          OR l.quarantined <> coalesce(sum(CASE u.disposition WHEN '{Disposition.QUARANTINE.value}'
             THEN u.quantity ELSE 0 END), 0)
          OR l.scrapped <> coalesce(sum(CASE u.disposition WHEN '{Disposition.SCRAP.value}'
             THEN u.quantity ELSE 0 END), 0)
        ORDER BY l.id
        """,  # noqa: S608 - our own words
        over="return_line",
    ),
    _of_returns(
        "what_comes_back_is_ungraded",
        "What comes in from a customer cannot be promised before somebody says how it is.",
        """
        SELECT m.id AS move, m.reference AS return_number, m.status_to AS status FROM stock_move m
        JOIN location s ON s.id = m.source_id
        WHERE m.reason = 'return' AND m.reverses_id IS NULL
          AND (s.code <> 'CUSTOMER' OR s.kind <> 'outside' OR m.status_to <> 'returned_ungraded')
        ORDER BY m.id
        """,
        over="stock_move",
    ),
    _of_returns(
        "units_have_one_fate",
        "Units have a grade once their fate is known; a wrong item is set aside without one.",
        f"""
        SELECT id AS unit, grade AS grade, disposition AS disposition FROM return_unit
        WHERE undone_at IS NULL AND (
          (disposition = '') <> (graded_at IS NULL)
          OR (disposition <> '' AND disposition NOT IN ({_FATES}))
          OR (grade <> '' AND grade NOT IN ({_GRADES}))
          OR (grade <> '' AND (disposition = '' OR is_wrong_item))
          OR (grade = '' AND disposition <> '' AND NOT is_wrong_item)
          OR (is_wrong_item AND disposition <> '{Disposition.QUARANTINE.value}')
          OR (move_task_id IS NULL AND disposition = '{Disposition.RESTOCK.value}')
          OR (move_task_id IS NOT NULL AND disposition IN ('', '{Disposition.SCRAP.value}')))
        ORDER BY id
        """,  # noqa: S608 - our own words
        over="return_unit",
    ),
    _of_returns(
        "returns_are_in_a_known_state",
        "A return is on its way, here, or over, and then it says since when; only one that is here is somebody's.",
        f"""
        SELECT id AS return_id, state AS state FROM goods_return
        WHERE state NOT IN ({_STATES}) OR (state IN ({_ENDS})) <> (ended_at IS NOT NULL)
          OR (state IN ({_HERE}, 'graded', 'disposed') AND arrived_at IS NULL)
          OR (worker_id IS NOT NULL AND state NOT IN ({_HERE}))
        ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_returns(
        "what_is_over_is_graded",
        "Nothing of a return that is over waits for a grade; nothing came of one that is not here.",
        f"""
        SELECT r.id AS return_id, r.state AS state, u.id AS unit FROM goods_return r
        JOIN return_line l ON l.return_id = r.id
        JOIN return_unit u ON u.line_id = l.id AND u.undone_at IS NULL
        WHERE (r.state NOT IN ({_HERE}) AND u.disposition = '')
          OR r.state NOT IN ('inspecting', 'graded', 'disposed')
        ORDER BY r.id, u.id
        """,  # noqa: S608 - our own words
        over="return_unit",
    ),
    _of_returns(
        "lines_are_of_their_order",
        "A line of a return names a line of its own order, and none where nobody knows the order.",
        """
        SELECT l.id AS line, r.id AS return_id FROM return_line l
        JOIN goods_return r ON r.id = l.return_id
        JOIN order_line o ON o.id = l.order_line_id
        WHERE r.order_id IS NULL OR o.order_id <> r.order_id ORDER BY l.id
        """,
        over="return_line",
    ),
)
