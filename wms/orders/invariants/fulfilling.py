"""What must always hold of what this warehouse works on: every counter is what promises and picks say."""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.invariants import Invariant, Row, never
from wms.orders.lifecycle import FO, FoState
from wms.orders.rules.following import FOLLOWING, ON_THE_FLOOR, followed
from wms.orders.tables import FulfillmentOrder, Order

MEND = "orders: see to broken promises"
"""The reaction that is told of promises that ended: until it was, a line may still count on one."""


def _listed(words: Iterable[StrEnum]) -> str:
    return ", ".join(f"'{word.value}'" for word in sorted(words))


def _of_fos(name: str, says: str, sql: str) -> Invariant:
    return never(f"orders.{name}", says, sql, over="fulfillment_order")


def _of_lines(name: str, says: str, sql: str) -> Invariant:
    return never(f"orders.{name}", says, sql, over="fo_line")


KNOWN = frozenset(state.value for state in FoState)

_WAITING = _listed({FoState.OPEN, FoState.BACKORDERED})
_ON_A_WALK = _listed({FoState.RELEASED, FoState.PICKING})
_PICKED = _listed(
    {FoState.PICKED, FoState.AWAITING_STOCK, FoState.PACKING, FoState.PACKED, FoState.SHIPPED}
)
_TAKEN_BACK = _listed({FoState.REVOKING, FoState.CANCELLED})

_PROMISES = f"""
    SELECT la.fo_line_id AS line,
        sum(CASE WHEN a.state = 'hard' THEN a.quantity - a.consumed ELSE 0 END) AS stands,
        sum(CASE WHEN a.state <> 'hard' AND d.id IS NOT NULL THEN a.quantity - a.consumed ELSE 0 END) AS untold,
        sum(a.consumed) AS taken
    FROM line_allocation la JOIN allocation a ON a.id = la.allocation_id
    LEFT JOIN delivery d ON d.subject = 'allocation' AND d.subject_id = a.id
        AND d.reaction = '{MEND}' AND d.done_at IS NULL
    GROUP BY la.fo_line_id
"""  # noqa: S608 - our own words
"""By line, units of promises that stand, of promises whose end nobody was told of yet, and units taken."""


def orders_follow(session: Session) -> Iterable[Row]:
    """Yield orders that are not where their fulfillment orders led them."""
    states: dict[int, list[FoState]] = {}
    for order_id, state in session.execute(
        select(FulfillmentOrder.order_id, FulfillmentOrder.state)
    ):
        if state in KNOWN:
            states.setdefault(order_id, []).append(FoState(state))
    stands = select(Order.id, Order.state).where(
        Order.state.in_([state.value for state in FOLLOWING])
    )
    for order_id, state in session.execute(stands.order_by(Order.id)):
        leads = followed(states.get(order_id, []))
        if leads is not None and leads.value != state:
            yield {"sales_order": order_id, "state": state, "follows": leads.value}


INVARIANTS = (
    _of_fos(
        "fos_are_in_a_known_state",
        "Every fulfillment order stands where one can stand, and wants something.",
        f"""
        SELECT f.id AS fo, f.number AS number, f.state AS state FROM fulfillment_order f
        WHERE f.state NOT IN ({_listed(FO.moves)})
          OR NOT EXISTS (SELECT 1 FROM fo_line l WHERE l.fo_id = f.id)
        ORDER BY f.id
        """,  # noqa: S608 - our own words
    ),
    _of_lines(
        "promised_units_are_counted",
        "What a line counts as promised is what open promises keep for it.",
        f"""
        SELECT l.id AS line, f.number AS number, l.allocated AS counted, coalesce(p.stands, 0) AS stands
        FROM fo_line l JOIN fulfillment_order f ON f.id = l.fo_id
        LEFT JOIN ({_PROMISES}) AS p ON p.line = l.id
        WHERE l.allocated < coalesce(p.stands, 0)
          OR (f.state NOT IN ({_ON_A_WALK}) AND l.allocated > coalesce(p.stands + p.untold, 0))
        ORDER BY l.id
        """,  # noqa: S608 - our own words
    ),
    _of_lines(
        "picked_units_are_counted",
        "What a line counts as picked, or as missing since, was taken under promises for it.",
        f"""
        SELECT l.id AS line, f.number AS number, l.picked + l.missing AS counted, coalesce(p.taken, 0) AS taken
        FROM fo_line l JOIN fulfillment_order f ON f.id = l.fo_id
        LEFT JOIN ({_PROMISES}) AS p ON p.line = l.id
        WHERE l.picked + l.missing <> coalesce(p.taken, 0) ORDER BY l.id
        """,  # noqa: S608 - our own words
    ),
    _of_lines(
        "every_unit_is_accounted_for",
        "Every unit of a line is promised, picked or short, as far as its fulfillment order is.",
        f"""
        SELECT l.id AS line, f.number AS number, f.state AS state FROM fo_line l
        JOIN fulfillment_order f ON f.id = l.fo_id
        WHERE (f.state IN ({_WAITING}) AND l.allocated + l.picked + l.short > 0)
          OR (f.state = 'allocated' AND (l.allocated < l.ordered OR l.picked + l.short > 0))
          OR (f.state IN ({_ON_A_WALK}) AND l.allocated + l.picked + l.short < l.ordered)
          OR (f.state IN ({_PICKED}) AND (l.allocated > 0 OR l.picked + l.short < l.ordered))
          OR (f.state IN ({_PICKED}) AND f.state <> 'awaiting_stock' AND l.short > 0)
          OR (f.state IN ({_TAKEN_BACK}) AND l.allocated > 0)
        ORDER BY l.id
        """,  # noqa: S608 - our own words
    ),
    _of_fos(
        "somebody_has_what_the_floor_has",
        "What is with the floor is in somebody's hands.",
        f"""
        SELECT f.id AS fo, f.number AS number FROM fulfillment_order f
        WHERE f.state IN ({_listed(ON_THE_FLOOR - {FoState.REVOKING})})
          AND NOT EXISTS (SELECT 1 FROM involvement i WHERE i.fo_id = f.id)
        ORDER BY f.id
        """,  # noqa: S608 - our own words
    ),
    _of_fos(
        "what_is_taken_back_waits_for_somebody",
        "A fulfillment order is only being taken back while a party has something of it.",
        """
        SELECT f.id AS fo, f.number AS number FROM fulfillment_order f
        WHERE f.state = 'revoking'
          AND NOT EXISTS (SELECT 1 FROM involvement i WHERE i.fo_id = f.id AND i.settled_at IS NULL)
        ORDER BY f.id
        """,
    ),
    _of_lines(
        "every_wanted_unit_is_worked_on",
        "What an accepted order wants of an item is what its live fulfillment orders want.",
        """
        SELECT l.id AS order_line, o.number AS number, l.quantity - l.cancelled AS wanted,
            sum(w.ordered) AS worked_on
        FROM order_line l JOIN sales_order o ON o.id = l.order_id
        JOIN fo_line w ON w.order_line_id = l.id AND w.item_id = l.item_id
        JOIN fulfillment_order f ON f.id = w.fo_id AND f.state <> 'cancelled'
        WHERE o.state IN ('accepted', 'in_fulfillment') AND o.cancel_requested_at IS NULL
        GROUP BY l.id, o.number, l.quantity, l.cancelled
        HAVING sum(w.ordered) <> l.quantity - l.cancelled ORDER BY l.id
        """,
    ),
    _of_lines(
        "promises_are_for_their_item",
        "A promise for a line is of the line's item, in the warehouse that works on it.",
        """
        SELECT l.id AS line, a.id AS promise FROM line_allocation la
        JOIN fo_line l ON l.id = la.fo_line_id JOIN fulfillment_order f ON f.id = l.fo_id
        JOIN allocation a ON a.id = la.allocation_id
        WHERE a.item_id <> l.item_id OR a.warehouse_id <> f.warehouse_id ORDER BY l.id
        """,
    ),
    Invariant(
        "orders.orders_follow_their_work",
        "How far an order is follows from its fulfillment orders.",
        "sales_order",
        orders_follow,
    ),
)
