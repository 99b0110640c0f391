import pytest

from tests.kit import NOON, TESTER, an_order, done
from tests.wms.orders.asking import facts, holds_of, state_of, the_order, unkept
from tests.wms.orders.test_ending import cancel
from wms.kernel.lifecycle import NotNow
from wms.orders import actions
from wms.orders.lifecycle import PaymentVerb


def pay(database, order, verb):
    return done(
        database,
        lambda session: actions.pay(session, order_id=order, verb=verb, by=TESTER, at=NOON).payment,
    )


def test_money_that_came_lets_the_order_go_on(database, shop, mug):
    order = an_order(database, (mug, 1), payment="unpaid")

    pay(database, order, PaymentVerb.AUTHORIZE)
    authorized = holds_of(database, order)
    pay(database, order, PaymentVerb.CAPTURE)

    assert authorized == [("payment", "release", "active")]
    assert holds_of(database, order) == [("payment", "release", "lifted")]
    assert facts(database, order)[-1] == "HoldClosed"
    assert unkept(database) == []


def test_money_that_went_back_stops_the_order(database, shop, mug):
    order = an_order(database, (mug, 1))

    pay(database, order, PaymentVerb.REFUND_PART)
    partly = holds_of(database, order)
    pay(database, order, PaymentVerb.REFUND_ALL)

    assert partly == []
    assert holds_of(database, order) == [("payment", "accept", "active")]
    assert unkept(database) == []


def test_a_declined_payment_that_is_paid_after_all(database, shop, mug):
    order = an_order(database, (mug, 1), payment="authorized")

    pay(database, order, PaymentVerb.EXPIRE)
    pay(database, order, PaymentVerb.CAPTURE)

    assert the_order(database, order).payment == "paid"
    assert holds_of(database, order) == [("payment", "release", "lifted")]


def test_a_payment_goes_only_where_it_can(database, shop, mug):
    order = an_order(database, (mug, 1))

    with pytest.raises(NotNow):
        pay(database, order, PaymentVerb.AUTHORIZE)


def test_nobody_gives_up_the_payment_of_an_order_that_is_carried_out(database, shop, mug):
    order = an_order(database, (mug, 1), payment="unpaid")

    with pytest.raises(actions.StillWanted):
        pay(database, order, PaymentVerb.VOID)
    cancel(database, order)
    pay(database, order, PaymentVerb.VOID)

    assert (the_order(database, order).payment, state_of(database, order)) == (
        "voided",
        "cancelled",
    )
    assert unkept(database) == []


def test_a_hold_by_hand_stays_whatever_the_money_does(database, shop, mug):
    from tests.wms.orders.test_holding import stop
    from wms.orders.holds import HoldKind

    order = an_order(database, (mug, 1), payment="unpaid")
    stop(database, order, kind=HoldKind.PAYMENT, reason="Ask the bank")

    pay(database, order, PaymentVerb.CAPTURE)

    assert holds_of(database, order) == [
        ("payment", "release", "lifted"),
        ("payment", "release", "active"),
    ]
