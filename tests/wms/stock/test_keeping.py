import pytest

from tests.kit import (
    NOON,
    TESTER,
    a_bin,
    a_warehouse,
    an_item,
    broken,
    done,
    held,
    promisable,
    shelve,
)
from tests.kit import a_place as place_of
from wms.bins.places import Kind
from wms.stock import actions as stock
from wms.stock.actions import NotEnoughStock, PromiseOver, promise_here
from wms.stock.moves import Move, Reason
from wms.stock.promises import Line, Request
from wms.stock.tables import Allocation, StockBalance


@pytest.fixture
def shelf(database):
    warehouse = a_warehouse(database)
    item = an_item(database)
    bin_id = a_bin(database, warehouse)
    stage = place_of(database, warehouse, "S-1", Kind.STAGE)
    shelve(database, item, bin_id, 10)
    asked = Request("1001", warehouse, (Line(item, 6),))
    [outcome] = done(database, lambda s: stock.allocate(s, [asked], by=TESTER, at=NOON))
    return database, warehouse, item, bin_id, stage, outcome.promises[0].allocation_id


def take(database, item, bin_id, stage, promise, quantity):
    move = Move(item, bin_id, stage, quantity, Reason.PICK, allocation_id=promise)
    return done(database, lambda s: stock.move(s, move, by=TESTER, at=NOON))


def give_back(database, move, promise, quantity):
    def do(session):
        stock.reverse(session, [move], by=TESTER, at=NOON)
        promise_here(session, allocation_id=promise, quantity=quantity, by=TESTER, at=NOON)

    done(database, do)


def the_promise(database, promise):
    with database.read() as session:
        row = session.get_one(Allocation, promise)
        balance = session.get_one(StockBalance, row.balance_id)
        return row.state, row.consumed, row.ended_at, balance.reserved


@pytest.mark.parametrize("quantity", [6, 4])
def test_what_was_taken_under_a_promise_and_came_back_is_promised_as_before(shelf, quantity):
    database, warehouse, item, bin_id, stage, promise = shelf
    before = the_promise(database, promise), promisable(database, warehouse, item)

    move = take(database, item, bin_id, stage, promise, quantity)
    give_back(database, move, promise, quantity)

    assert (the_promise(database, promise), promisable(database, warehouse, item)) == before
    assert held(database, bin_id, item) == 10
    assert broken(database) == []


def test_a_promise_that_was_released_half_way_is_kept_again_for_its_rest(shelf):
    database, _warehouse, item, bin_id, stage, promise = shelf
    take(database, item, bin_id, stage, promise, 2)
    before = the_promise(database, promise)

    done(database, lambda s: stock.release(s, [promise], by=TESTER, at=NOON))
    done(
        database,
        lambda s: promise_here(s, allocation_id=promise, quantity=4, by=TESTER, at=NOON),
    )

    assert the_promise(database, promise) == before == ("hard", 2, None, 4)
    assert broken(database) == []


def test_no_promise_is_kept_again_for_more_than_was_taken_under_it(shelf):
    database, _warehouse, item, bin_id, stage, promise = shelf
    take(database, item, bin_id, stage, promise, 2)

    with pytest.raises(PromiseOver):
        done(
            database,
            lambda s: promise_here(s, allocation_id=promise, quantity=3, by=TESTER, at=NOON),
        )


def test_no_promise_is_kept_again_of_units_that_are_somebody_elses(shelf):
    database, warehouse, item, bin_id, stage, promise = shelf
    take(database, item, bin_id, stage, promise, 6)
    other = Request("1002", warehouse, (Line(item, 4),))
    done(database, lambda s: stock.allocate(s, [other], by=TESTER, at=NOON))

    with pytest.raises(NotEnoughStock):
        done(
            database,
            lambda s: promise_here(s, allocation_id=promise, quantity=6, by=TESTER, at=NOON),
        )

    assert broken(database) == []
