"""Stock that becomes free goes to those who wait, and a promise that broke is made anew."""

from datetime import date

import pytest

from tests.kit import a_bin, a_channel, an_item, an_order, done, promisable, shelve
from tests.wms.orders.asking import unkept
from tests.wms.orders.fos import (
    WHO,
    counted,
    fo_id,
    fo_ids,
    let_news_spread,
    parts,
    promised,
    released,
)
from wms.orders import actions
from wms.stock.actions import count
from wms.stock.moves import Pile, Promises


@pytest.fixture
def cup(database):
    return an_item(database, "CUP")


def test_goods_that_arrive_go_to_who_comes_first(database, shelf, cup):
    days = [None, date(2026, 1, 9), date(2026, 1, 7)]
    orders = [an_order(database, (cup, 2), promised_on=day) for day in days]
    urgent = an_order(database, (cup, 2), priority=1, promised_on=date(2026, 2, 1))

    shelve(database, cup, shelf, 4)
    let_news_spread(database)

    assert parts(database, urgent) == ["allocated"]
    assert [parts(database, order)[0] for order in orders] == [
        "allocated",
        "backordered",
        "backordered",
    ]
    assert unkept(database) == []


def test_who_ships_partly_takes_a_part_and_waits_for_the_rest(database, shelf, cup):
    order = an_order(database, (cup, 5))

    shelve(database, cup, shelf, 2)
    let_news_spread(database)

    first, rest = fo_ids(database, order)
    assert parts(database, order) == ["allocated", "backordered"]
    assert (counted(database, first), counted(database, rest)) == (
        [(2, 2, 0, 0)],
        [(3, 0, 0, 0)],
    )
    assert unkept(database) == []


def test_who_ships_whole_lets_others_pass_until_all_is_there(database, shelf, cup):
    slow = a_channel(database, "SLOW", ships_partly=False)
    whole = an_order(database, (cup, 5), channel_id=slow, priority=9)
    other = an_order(database, (cup, 1))

    shelve(database, cup, shelf, 2)
    let_news_spread(database)
    assert (parts(database, whole), parts(database, other)) == (["backordered"], ["allocated"])

    shelve(database, cup, shelf, 4)
    let_news_spread(database)
    assert parts(database, whole) == ["allocated"]
    assert unkept(database) == []


def test_what_a_cancelled_order_gives_back_goes_to_who_waits(database, shelf, cup):
    shelve(database, cup, shelf, 1)
    lucky, unlucky = an_order(database, (cup, 1)), an_order(database, (cup, 1))

    done(database, lambda s: actions.cancel(s, order_id=lucky, reason="No", **WHO))
    let_news_spread(database)

    assert parts(database, unlucky) == ["allocated"]
    assert unkept(database) == []


def test_without_any_news_the_timetable_offers_what_lies_free(database, shelf, cup):
    order = an_order(database, (cup, 1))
    shelve(database, cup, shelf, 1)

    served = done(database, lambda session: actions.free_all_backorders(session, **WHO))

    assert (served, parts(database, order)) == (1, ["allocated"])


def lose_all(database, place, item):
    """Somebody counts a bin and finds nothing, whatever was promised of it."""

    def do(session):
        count(session, pile=Pile(place, item), counted=0, promises=Promises.BREAK, **WHO)

    done(database, do)


def test_a_promise_that_broke_is_made_anew_in_another_bin(database, here, mug, shelf):
    other = a_bin(database, here, "B-01")
    order = an_order(database, (mug, 3))
    shelve(database, mug, other, 5)

    lose_all(database, shelf, mug)
    assert unkept(database) == []  # the news is on its way
    let_news_spread(database)

    assert parts(database, order) == ["allocated"]
    [promise] = promised(database, fo_id(database, order))
    assert (promise.location_id, promise.quantity) == (other, 3)
    assert unkept(database) == []


def test_a_promise_that_broke_for_good_leaves_the_order_waiting(database, here, mug, shelf):
    order = an_order(database, (mug, 3))

    lose_all(database, shelf, mug)
    let_news_spread(database)

    assert parts(database, order) == ["backordered"]
    assert counted(database, fo_id(database, order)) == [(3, 0, 0, 0)]
    assert promisable(database, here, mug) == (0, 0, 0)
    assert unkept(database) == []


def test_what_broke_on_the_floor_is_found_out_at_the_bin(database, here, mug, shelf):
    other = a_bin(database, here, "B-01")
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    [promise] = promised(database, fo)
    shelve(database, mug, other, 2)

    lose_all(database, shelf, mug)
    let_news_spread(database)
    assert parts(database, order) == ["released"]
    assert unkept(database) == []

    came = done(
        database,
        lambda session: actions.short(
            session,
            fo_line_id=promise.fo_line_id,
            allocation_id=promise.allocation_id,
            quantity=3,
            **WHO,
        ),
    )
    assert ([one.quantity for one in came.promises], came.short) == ([2], 1)
    assert counted(database, fo) == [(3, 2, 0, 1)]
    assert unkept(database) == []
