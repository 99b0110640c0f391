from dataclasses import replace

import pytest

from tests.kit import ADA, NOON, TESTER, a_channel, an_order, done, promisable
from tests.wms.orders.asking import facts, fo_states, state_of, the_order, unkept, wanted
from tests.wms.orders.test_ending import cancel, release
from wms.orders import actions, queries


def merge(database, *orders):
    return done(
        database,
        lambda session: actions.merge(session, order_ids=orders, by=TESTER, at=NOON).id,
    )


def test_the_oldest_takes_over_the_lines_of_the_others(database, here, shop, mug, bowl):
    first = an_order(database, (mug, 1), total_minor=500, currency="EUR")
    second = an_order(database, (bowl, 2), (mug, 1), total_minor=700, currency="EUR")

    stays = merge(database, second, first)

    assert stays == first
    assert wanted(database, first) == [(mug, 1), (bowl, 2), (mug, 1)]
    assert fo_states(database, first) == ["cancelled", "allocated"]
    assert (state_of(database, second), fo_states(database, second)) == (
        "cancelled",
        ["cancelled"],
    )
    assert the_order(database, second).merged_into_id == first
    assert the_order(database, first).total_minor == 1_200
    assert promisable(database, here, mug) == (100, 0, 2)
    assert facts(database, second)[-1] == "OrderMerged"
    assert unkept(database) == []


def test_an_address_is_the_same_in_any_case(database, shop, mug):
    first = an_order(database, (mug, 1))
    second = an_order(database, (mug, 1), contact=replace(ADA, street1="12  MILL street"))

    assert merge(database, first, second) == first


@pytest.mark.parametrize(
    "contact",
    [
        replace(ADA, street1="13 Mill Street"),
        replace(ADA, email="bob@example.com"),
        replace(ADA, name="Bob", email=""),
    ],
)
def test_orders_of_different_people_or_places_stay_apart(database, shop, mug, contact):
    first = an_order(database, (mug, 1))
    second = an_order(database, (mug, 1), contact=contact)

    with pytest.raises(actions.NotOneCustomer):
        merge(database, first, second)


def test_orders_that_differ_in_kind_stay_apart(database, shop, mug):
    first = an_order(database, (mug, 1))
    second = an_order(database, (mug, 1), channel_id=a_channel(database, "market"))

    with pytest.raises(actions.NotOneKind):
        merge(database, first, second)


def test_stopped_orders_stay_apart(database, shop, mug):
    first = an_order(database, (mug, 1))
    second = an_order(database, (mug, 1), risk="medium")

    with pytest.raises(actions.MergeHeld):
        merge(database, first, second)


def test_what_the_floor_has_or_is_over_stays_apart(database, shop, mug):
    first, picked, gone = (an_order(database, (mug, 1)) for _ in range(3))
    release(database, picked)
    cancel(database, gone)

    with pytest.raises(actions.OrderUnderWay):
        merge(database, first, picked)
    with pytest.raises(actions.OrderOver):
        merge(database, first, gone)


def test_it_takes_two(database, shop, mug):
    order = an_order(database, (mug, 1))

    with pytest.raises(actions.NothingToMerge):
        merge(database, order, order)


def test_others_of_the_same_customer_are_found(database, shop, mug):
    first, second = an_order(database, (mug, 1)), an_order(database, (mug, 1))
    an_order(database, (mug, 1), contact=replace(ADA, email="bob@example.com"))
    cancel(database, an_order(database, (mug, 1)))

    with database.read() as session:
        found = queries.siblings(session, queries.order(session, first))

    assert [order.id for order in found] == [second]
