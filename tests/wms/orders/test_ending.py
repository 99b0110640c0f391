import pytest

from tests.kit import NOON, TESTER, an_order, done, promisable
from tests.wms.orders.asking import facts, fo_states, holds_of, state_of, unkept
from wms.kernel.refusal import Stale
from wms.orders import actions
from wms.orders.queries import NoSuchOrder
from wms.orders.tables import FulfillmentOrder


def cancel(database, order, reason="Ordered twice", expected=None):
    return done(
        database,
        lambda session: (
            actions.cancel(
                session, order_id=order, reason=reason, expected=expected, by=TESTER, at=NOON
            ).state
        ),
    )


def fo_of(database, order):
    with database.read() as session:
        return session.query(FulfillmentOrder.id).filter_by(order_id=order).first()[0]


def release(database, order):
    fo = fo_of(database, order)
    done(database, lambda session: actions.release(session, [fo], by=TESTER, at=NOON))
    return fo


def test_what_nobody_began_is_over_at_once(database, here, shop, mug):
    order = an_order(database, (mug, 2))

    assert cancel(database, order) == "cancelled"

    assert fo_states(database, order) == ["cancelled"]
    assert promisable(database, here, mug) == (100, 0, 0)
    assert facts(database, order)[-1] == "OrderCancelled"
    assert unkept(database) == []


def test_what_was_stopped_is_settled_with_the_order(database, shop, mug):
    order = an_order(database, (mug, 2), risk="high")

    cancel(database, order)

    assert state_of(database, order) == "cancelled"
    assert holds_of(database, order) == [("fraud", "accept", "overturned")]
    assert unkept(database) == []


def test_what_waits_for_goods_is_over_too(database, here, shop, mug):
    order = an_order(database, (mug, 150))

    cancel(database, order)

    assert fo_states(database, order) == ["cancelled", "cancelled"]
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_what_the_floor_works_on_comes_back_first(database, here, shop, mug):
    order = an_order(database, (mug, 2))
    fo = release(database, order)

    assert cancel(database, order) == "in_fulfillment"
    assert fo_states(database, order) == ["revoking"]

    done(
        database,
        lambda session: actions.settle(session, fo, party="picking", by=TESTER, at=NOON),
    )
    assert state_of(database, order) == "cancelled"
    assert facts(database, order)[-2:] == ["OrderCancelAsked", "OrderCancelled"]
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_an_order_is_cancelled_once(database, shop, mug):
    order = an_order(database, (mug, 2))
    release(database, order)
    cancel(database, order)

    with pytest.raises(actions.OrderOver):
        cancel(database, order)


def test_a_cancellation_says_why(database, shop, mug):
    order = an_order(database, (mug, 1))

    with pytest.raises(actions.WrongReason):
        cancel(database, order, "  ")
    with pytest.raises(actions.WrongReason):
        cancel(database, order, "x" * 401)

    assert state_of(database, order) == "accepted"


def test_whoever_saw_an_older_order_looks_again(database, shop, mug):
    order = an_order(database, (mug, 1))

    with pytest.raises(Stale):
        cancel(database, order, expected=99)


def test_what_nobody_knows_cannot_be_cancelled(database):
    with pytest.raises(NoSuchOrder):
        cancel(database, 404)
