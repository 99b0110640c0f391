"""The figures beside the names of the pages: what waits, for whom the page stands there."""

import re

from sqlalchemy import update

from tests.kit import a_bin, a_warehouse, an_item, an_order, shelve
from tests.visitors import done
from tests.wms.desk.test_board import a_printer
from wms.desk import queries
from wms.desk.queries import Waits
from wms.orders.tables import Order

FIGURE = re.compile(
    r'<a class="to" href="([^"]+)"[^>]*><svg.*?</svg>[^<]*<span class="n( bad)?">.*?([\d,]+)</span>'
)


def waits(house):
    with house.database.read() as session:
        return queries.waits(session)


def an_open_order(house):
    item = an_item(house.database, "MUG")
    shelve(house.database, item, a_bin(house.database, a_warehouse(house.database)), 10)
    return an_order(house.database, (item, 1))


def test_an_empty_house_has_no_figures(house):
    assert waits(house) == {}


def test_what_is_open_is_counted_until_it_is_over(house):
    order = an_open_order(house)
    assert waits(house)["desk.orders"] == Waits(1)

    done(house, lambda s: s.execute(update(Order).values(state="shipped")).rowcount)

    assert order
    assert "desk.orders" not in waits(house)


def test_a_printer_that_stands_still_is_an_alarm(house):
    a_printer(house, "ready")
    assert waits(house) == {}


def test_a_printer_without_paper_is_counted_and_so_is_one_that_is_held(house):
    a_printer(house, "paper_out")
    assert waits(house)["printing.printers"] == Waits(1, is_alarm=True)


def test_pages_show_them_where_they_stand(lead, lite_house):
    an_open_order(lite_house)
    a_printer(lite_house, "ready", is_held=True)

    told = {url: (bad, count) for url, bad, count in FIGURE.findall(lead.get("/items").text)}

    assert told["/orders"] == ("", "1")
    assert told["/printers"] == (" bad", "1")


def test_a_problem_page_asks_the_database_nothing(lead, lite_house):
    an_open_order(lite_house)

    assert FIGURE.findall(lead.get("/orders/999999").text) == []
