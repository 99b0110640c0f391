"""Two at once on one fulfillment order: no unit is lost, none is promised twice, in whatever order they come."""

from itertools import combinations

import pytest

from tests.kit import a_bin, a_place, an_item, an_order, done, held, promisable, shelve
from tests.wms.orders.asking import state_of, unkept
from tests.wms.orders.fos import WHO, fo_id, let_news_spread, parts, pick, promised, released
from tests.wms.orders.test_races import at_once
from wms.bins.places import Kind
from wms.orders import actions
from wms.stock import actions as stock
from wms.stock.moves import Pile, Promises, StockStatus

ROUNDS = 5


@pytest.fixture
def bench(database, here):
    return a_place(database, here, "BENCH-1", Kind.BENCH)


def cancel(order):
    return lambda session: actions.cancel(session, order_id=order, reason="No", **WHO).state


def picking(promise, bench, quantity=None):
    return lambda session: pick(session, promise, bench, quantity)


def shorten(promise):
    def do(session):
        if actions.gate(session, promise.fo_id).stop:
            return "stopped"
        came = actions.short(
            session,
            fo_line_id=promise.fo_line_id,
            allocation_id=promise.allocation_id,
            quantity=promise.quantity,
            **WHO,
        )
        stock.change_status(
            session,
            pile=Pile(promise.location_id, promise.item_id),
            quantity=promise.quantity,
            status=StockStatus.HELD,
            promises=Promises.BREAK,
            **WHO,
        )
        return came

    return do


def counting(promise, found):
    pile = Pile(promise.location_id, promise.item_id)
    return lambda session: stock.count(
        session, pile=pile, counted=found, promises=Promises.BREAK, **WHO
    )


def resolving(fo):
    return lambda session: actions.resolve(session, fo, **WHO)


def test_a_cancel_and_a_pick_at_once_lose_no_unit(database, here, mug, shelf, bench):
    for round_ in range(ROUNDS):
        order = an_order(database, (mug, 3))
        fo = released(database, order)
        [promise] = promised(database, fo)
        before = held(database, bench, mug)

        moved, _ = at_once(database, picking(promise, bench, 2), cancel(order))

        in_tote = held(database, bench, mug) - before
        assert in_tote == (2 if isinstance(moved, list) else 0), round_
        assert parts(database, order) == ["revoking"]
        assert held(database, shelf, mug) + held(database, bench, mug) == 100
        assert promisable(database, here, mug)[2] == 0
        done(database, lambda s, n=fo: actions.settle(s, n, party="picking", **WHO))
        assert state_of(database, order) == "cancelled"
    assert unkept(database) == []


def test_the_last_units_go_to_one_of_two_orders_and_back_to_the_other(database, here, shelf):
    cup = an_item(database, "CUP")
    shelve(database, cup, shelf, 2)
    for _ in range(ROUNDS):
        first = an_order(database, (cup, 2))
        second = an_order(database, (cup, 2))

        at_once(database, cancel(first), lambda s: actions.free_all_backorders(s, **WHO))
        let_news_spread(database)

        assert parts(database, second) == ["allocated"]
        assert promisable(database, here, cup) == (2, 0, 2)
        done(database, cancel(second))
        let_news_spread(database)
    assert unkept(database) == []


def test_two_who_free_the_same_goods_give_them_away_once(database, here, shelf):
    cup = an_item(database, "CUP")
    orders = [an_order(database, (cup, 1)) for _ in range(6)]
    shelve(database, cup, shelf, 3)

    def free(session):
        return actions.free_backorders(session, warehouse_id=here, item_id=cup, **WHO)

    at_once(database, free, free, free)

    got = [parts(database, order)[0] for order in orders]
    assert got.count("allocated") == 3
    assert promisable(database, here, cup) == (3, 0, 3)
    assert unkept(database) == []


def test_one_of_two_who_release_the_same_is_told(database, mug):
    order = an_order(database, (mug, 1))
    fo = fo_id(database, order)

    def release(session):
        actions.release(session, [fo], **WHO)
        return "released"

    got = at_once(database, release, release)

    assert sorted(got) == ["orders.not_releasable", "released"]
    assert unkept(database) == []


ACTS = {
    "pick": lambda promise, _order, bench: picking(promise, bench, 1),
    "pick all": lambda promise, _order, bench: picking(promise, bench),
    "short": lambda promise, _order, _bench: shorten(promise),
    "cancel": lambda _promise, order, _bench: cancel(order),
    "count none": lambda promise, _order, _bench: counting(promise, 0),
    "count some": lambda promise, _order, _bench: counting(promise, 2),
    "resolve": lambda promise, _order, _bench: resolving(promise.fo_id),
    "free": lambda _promise, _order, _bench: (
        lambda session: actions.free_all_backorders(session, **WHO)
    ),
}


@pytest.mark.parametrize(("one", "other"), list(combinations(sorted(ACTS), 2)))
def test_whatever_two_do_at_once_the_books_balance(database, here, shelf, bench, one, other):
    cup = an_item(database, "CUP")
    spare = a_bin(database, here, "B-01")
    shelve(database, cup, shelf, 3)
    shelve(database, cup, spare, 1)
    order = an_order(database, (cup, 3))
    waiting = an_order(database, (cup, 2))
    fo = released(database, order)
    [promise] = promised(database, fo)

    at_once(database, *(ACTS[act](promise, order, bench) for act in (one, other)))

    assert unkept(database) == [], "before the news spread"
    let_news_spread(database)
    assert unkept(database) == [], "after it"
    assert parts(database, waiting)
