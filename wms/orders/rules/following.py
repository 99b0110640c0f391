"""The state of an order as it follows from its fulfillment orders, and by which verb it gets there."""

from collections.abc import Collection, Mapping

from wms.orders.lifecycle import FoState, OrderState, OrderVerb

ON_THE_FLOOR = frozenset(
    {
        FoState.RELEASED,
        FoState.PICKING,
        FoState.PICKED,
        FoState.AWAITING_STOCK,
        FoState.PACKING,
        FoState.PACKED,
        FoState.REVOKING,
    }
)
"""Somebody has something of it in hand."""

FOLLOWING = frozenset(
    {
        OrderState.ACCEPTED,
        OrderState.IN_FULFILLMENT,
        OrderState.PARTLY_SHIPPED,
        OrderState.SHIPPED,
        OrderState.CANCELLED,
    }
)
"""States that say how far the fulfillment orders are; the others are said by people."""

VERBS: Mapping[tuple[OrderState, OrderState], OrderVerb] = {
    (OrderState.ACCEPTED, OrderState.IN_FULFILLMENT): OrderVerb.BEGIN,
    (OrderState.ACCEPTED, OrderState.CANCELLED): OrderVerb.ALL_CANCELLED,
    (OrderState.IN_FULFILLMENT, OrderState.ACCEPTED): OrderVerb.STAND_DOWN,
    (OrderState.IN_FULFILLMENT, OrderState.PARTLY_SHIPPED): OrderVerb.SHIP_PART,
    (OrderState.IN_FULFILLMENT, OrderState.SHIPPED): OrderVerb.SHIP_REST,
    (OrderState.IN_FULFILLMENT, OrderState.CANCELLED): OrderVerb.ALL_CANCELLED,
    (OrderState.PARTLY_SHIPPED, OrderState.SHIPPED): OrderVerb.SHIP_REST,
}


def followed(states: Collection[FoState]) -> OrderState | None:
    """Return how far an order is by its fulfillment orders; None where it has none."""
    live = [state for state in states if state is not FoState.CANCELLED]
    if not live:
        return OrderState.CANCELLED if states else None
    shipped = sum(state is FoState.SHIPPED for state in live)
    if shipped:
        return OrderState.SHIPPED if shipped == len(live) else OrderState.PARTLY_SHIPPED
    if any(state in ON_THE_FLOOR for state in live):
        return OrderState.IN_FULFILLMENT
    return OrderState.ACCEPTED


def verb_to_follow(state: OrderState, states: Collection[FoState]) -> OrderVerb | None:
    """Return what happened to an order in this state by its fulfillment orders; None where nothing did."""
    after = followed(states)
    if after is None or after is state:
        return None
    return VERBS.get((state, after))
