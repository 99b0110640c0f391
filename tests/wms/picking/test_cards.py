"""An order whose label is scanned between two pieces of work."""

import pytest

from tests.wms.picking.test_walk import at_mugs
from wms.codes.queries import Kind, Meaning
from wms.picking.cards import order_card


@pytest.fixture
def walk(floor):
    """Two orders on a cart; two units of the first are in its tote."""
    orders = at_mugs(floor)
    floor.scans("MUG", "MUG", "T-1")
    return orders


def card(floor, number):
    with floor.database.read() as session:
        return order_card(session, Meaning(Kind.ORDER, 1, number, f"WXO{number}"))


def test_it_tells_how_far_the_order_is_and_in_which_tote(floor, walk):
    order = floor.order_of(walk[0])

    told = card(floor, order)

    assert told.say.id == "picking.card_order"
    assert told.say.values["picked"] == 2
    assert told.thing.more == ("T-1",)


def test_it_tells_that_the_order_was_cancelled(floor, walk):
    order = floor.order_of(walk[0])
    floor.cancel(walk[0])

    assert card(floor, order).say.id == "picking.card_stopped"


def test_nobody_knows_an_order_that_is_not_there(floor):
    assert card(floor, 999) is None
