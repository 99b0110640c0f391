"""What must always hold of orders and of what stops them."""

from collections.abc import Iterable
from enum import StrEnum

from wms.kernel.invariants import Invariant, never
from wms.orders.holds import HoldKind, Step, stoppers
from wms.orders.lifecycle import HOLD, OrderState, Payment


def _listed(words: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{word.value}'" for word in sorted(words))


def _of_orders(name: str, says: str, sql: str) -> Invariant:
    return never(f"orders.{name}", says, sql, over="sales_order")


def _of_holds(name: str, says: str, sql: str) -> Invariant:
    return never(f"orders.{name}", says, sql, over="order_hold")


_OPEN = _listed(set(HOLD.moves) - HOLD.ends)
_ENDS = _listed(HOLD.ends)

INVARIANTS = (
    _of_orders(
        "orders_are_in_a_known_state",
        "Every order stands where an order can stand, and so does its money.",
        f"""
        SELECT id AS sales_order, state AS state, payment AS payment FROM sales_order
        WHERE state NOT IN ({_listed(OrderState)}) OR payment NOT IN ({_listed(Payment)}) ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_orders(
        "orders_want_something",
        "Every order has lines, and somebody who gets them.",
        """
        SELECT o.id AS sales_order, o.number AS number FROM sales_order o
        WHERE NOT EXISTS (SELECT 1 FROM order_line l WHERE l.order_id = o.id)
          OR NOT EXISTS (SELECT 1 FROM order_contact c WHERE c.order_id = o.id)
        ORDER BY o.id
        """,
    ),
    _of_orders(
        "what_waits_is_stopped_by_something",
        "An order that is not accepted is stopped by an open hold.",
        f"""
        SELECT o.id AS sales_order, o.number AS number FROM sales_order o
        WHERE o.state = 'received' AND NOT EXISTS (
            SELECT 1 FROM order_hold h WHERE h.order_id = o.id AND h.state IN ({_OPEN})
              AND h.blocks IN ({_listed(stoppers(Step.ACCEPT))})
        )
        ORDER BY o.id
        """,  # noqa: S608 - our own words
    ),
    _of_orders(
        "orders_can_be_scanned",
        "The code on an order's papers stands for it.",
        """
        SELECT o.id AS sales_order, o.number AS number FROM sales_order o
        LEFT JOIN code_target t ON t.code = 'WXO' || o.id AND t.kind = 'order' AND t.target_id = o.id
        WHERE t.id IS NULL ORDER BY o.id
        """,
    ),
    _of_orders(
        "every_order_was_looked_at",
        "It is kept why each order may go on, or may not.",
        """
        SELECT o.id AS sales_order, o.number AS number FROM sales_order o
        WHERE NOT EXISTS (
            SELECT 1 FROM decision d
            WHERE d.subject = 'order' AND d.subject_id = o.id AND d.rule = 'orders.check'
        )
        ORDER BY o.id
        """,
    ),
    _of_orders(
        "merged_orders_are_over",
        "An order whose lines another took over wants nothing itself.",
        """
        SELECT o.id AS sales_order, o.number AS number FROM sales_order o
        WHERE o.merged_into_id IS NOT NULL AND (
            o.state <> 'cancelled' OR o.merged_into_id = o.id OR EXISTS (
                SELECT 1 FROM order_line l WHERE l.order_id = o.id AND l.cancelled < l.quantity
            )
        )
        ORDER BY o.id
        """,
    ),
    _of_holds(
        "holds_are_in_a_known_state",
        "Every hold is of a kind and forbids a step that there is, and says when it ended as soon as it did.",
        f"""
        SELECT id AS hold, state AS state, kind AS kind, blocks AS blocks FROM order_hold
        WHERE state NOT IN ({_OPEN}, {_ENDS}) OR kind NOT IN ({_listed(HoldKind)})
          OR blocks NOT IN ({_listed(Step)})
          OR (state IN ({_ENDS})) <> (closed_at IS NOT NULL)
          OR (closed_at IS NOT NULL) <> (closed_by IS NOT NULL)
        ORDER BY id
        """,  # noqa: S608 - our own words
    ),
    _of_holds(
        "nothing_waits_for_orders_that_are_over",
        "An order that was cancelled is stopped by nothing any more.",
        f"""
        SELECT h.id AS hold, o.number AS number FROM order_hold h
        JOIN sales_order o ON o.id = h.order_id
        WHERE o.state = 'cancelled' AND h.state IN ({_OPEN}) ORDER BY h.id
        """,  # noqa: S608 - our own words
    ),
)
