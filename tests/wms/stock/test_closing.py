"""Ending the use of a place."""

import threading

import pytest

from tests.kit import NOON, TESTER, broken, done, held, outside, shelve
from wms.bins.places import Outside
from wms.bins.tables import Location
from wms.kernel.commands import command
from wms.kernel.refusal import Refusal
from wms.stock.actions import PlaceNotEmpty, close_place, post
from wms.stock.moves import Move, Reason


def close(database, place):
    done(database, lambda s: close_place(s, location_id=place, by=TESTER, at=NOON))


def test_a_place_that_holds_something_stays_in_use(database, here, mug, upper):
    shelve(database, mug, upper, 1)

    with pytest.raises(PlaceNotEmpty) as no:
        close(database, upper)

    assert no.value.values == {"place": "A-01", "sku": "MUG", "quantity": 1}


def test_a_place_that_was_emptied_may_be_closed(database, here, mug, upper):
    shelve(database, mug, upper, 1)
    away = Move(mug, upper, outside(database, here, Outside.CUSTOMER), 1, Reason.SHIP)
    done(database, lambda session: post(session, [away], by=TESTER, at=NOON))

    close(database, upper)

    with database.read() as session:
        assert session.get(Location, upper).archived_at == NOON


def test_units_on_their_way_and_the_end_of_their_place_wait_for_each_other(
    database, here, mug, upper, lower
):
    shelve(database, mug, upper, 20)
    moved, closed = threading.Event(), []

    def slow_move(session):
        post(session, [Move(mug, upper, lower, 1, Reason.MOVE)], by=TESTER, at=NOON)
        moved.set()
        closing.join(0.3)

    def end():
        moved.wait()
        try:
            close(database, lower)
        except Refusal as no:
            closed.append(no.sentence)

    closing = threading.Thread(target=end)
    closing.start()
    database.write(command("test.slow", by=TESTER, at=NOON), slow_move)
    closing.join()

    assert closed == ["stock.place_not_empty"]
    assert held(database, lower, mug) == 1
    assert broken(database) == []
