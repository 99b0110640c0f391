"""How far an order is by its fulfillment orders."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.orders.lifecycle import ORDER, FoState, OrderState
from wms.orders.rules.following import FOLLOWING, followed, verb_to_follow

S = FoState


@pytest.mark.parametrize(
    ("states", "expected"),
    [
        ([], None),
        ([S.ALLOCATED], OrderState.ACCEPTED),
        ([S.BACKORDERED, S.CANCELLED], OrderState.ACCEPTED),
        ([S.RELEASED, S.BACKORDERED], OrderState.IN_FULFILLMENT),
        ([S.REVOKING], OrderState.IN_FULFILLMENT),
        ([S.SHIPPED, S.BACKORDERED], OrderState.PARTLY_SHIPPED),
        ([S.SHIPPED, S.CANCELLED], OrderState.SHIPPED),
        ([S.CANCELLED, S.CANCELLED], OrderState.CANCELLED),
    ],
)
def test_an_order_is_as_far_as_its_work(states, expected):
    assert followed(states) == expected


@given(st.sampled_from(sorted(FOLLOWING)), st.lists(st.sampled_from(FoState), max_size=5))
def test_what_happened_to_an_order_leads_where_its_work_is(state, states):
    verb = verb_to_follow(OrderState(state), states)

    if verb is not None:
        assert ORDER.after(OrderState(state), verb) is followed(states)
