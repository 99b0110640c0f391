"""Invoices that take back what we shipped: announced as returns, once, whichever comes first."""

import pytest
from sqlalchemy import select

from tests.kit import held
from tests.wms.channels.filing import take
from tests.wms.channels.test_imports import retail
from tests.wms.orders.asking import unkept
from tests.wms.returns.sending import House
from wms.channels.tables import ChannelNotice
from wms.returns import queries
from wms.returns.queries import ReturnsAsked

BOUGHT = "1,MUG,Mug,10,2010-12-01 08:26:00,2.55,17850,United Kingdom"
BACK = "C3,MUG,Mug,-{n},2010-12-01 10:00:00,2.55,17850,United Kingdom"
STRANGER = "C4,MUG,Mug,-2,2010-12-01 10:00:00,2.55,99999,United Kingdom"


@pytest.fixture
def house(database):
    return House(database)


def announced(database):
    """Return of each return its reason, state, and units by line."""
    with database.read() as session:
        rows = queries.returns(session, ReturnsAsked(), limit=50).rows
        return [
            (row.reason, row.state.value, [its.advised for its in queries.lines(session, [row.id])])
            for row in rows
        ]


def test_what_was_shipped_before_it_was_taken_back_is_announced_at_once(database, house, written):
    take(database, retail(written, BOUGHT))
    house.leave()

    take(database, retail(written, BACK.format(n=4)))

    assert announced(database) == [("C3", "announced", [4])]
    assert unkept(database) == []


def test_what_was_taken_back_in_mid_pick_is_announced_when_it_leaves(database, house, written):
    take(database, retail(written, BOUGHT))
    house.begin()
    take(database, retail(written, BACK.format(n=4)))
    before = announced(database)

    house.go()

    assert (before, announced(database)) == ([], [("C3", "announced", [4])])
    with database.read() as session:
        [notice] = session.scalars(select(ChannelNotice))
        assert notice.told["lines"][0]["announced"] == 4
    assert unkept(database) == []


def test_what_nobody_bought_here_is_not_announced(database, house, written):
    take(database, retail(written, BOUGHT))
    house.leave()

    take(database, retail(written, STRANGER))

    assert announced(database) == []


def test_more_than_left_the_house_is_not_announced(database, house, written):
    take(database, retail(written, BOUGHT))
    house.leave()

    take(database, retail(written, BACK.format(n=12)))

    assert announced(database) == [("C3", "announced", [10])]
    assert held(database, house.shelf, house.items["MUG"]) == 0


def test_the_same_invoice_told_again_announces_nothing_more(database, house, written):
    take(database, retail(written, BOUGHT))
    house.leave()

    for _ in range(2):
        take(database, retail(written, BACK.format(n=4)))

    assert len(announced(database)) == 1
