"""Online Retail: invoices, invoices that take back, corrections of stock, and codes that are no goods."""

from datetime import UTC, datetime

import pytest

from tests.wms.channels.filing import faults, read
from wms.channels.filed import Fate, FiledCorrection, FiledOrder, FiledReversal
from wms.channels.retail import COUNTRIES, is_stock
from wms.channels.standins import TOWNS, stand_in

HEAD = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


def rows(written, *said):
    return read(written("\n".join([HEAD, *said]) + "\n"))


def test_an_invoice_is_an_order(written):
    [order] = rows(
        written,
        "536365,85123a,HEART,6.0,2010-12-01 08:26:00,2.55,17850.0,United Kingdom",
        "536365,71053,LANTERN,6,2010-12-01 08:26:00,3.39,17850,United Kingdom",
    )

    assert isinstance(order, FiledOrder)
    assert [(line.sku, line.quantity, line.price_minor, line.name) for line in order.lines] == [
        ("85123A", 6, 255, "HEART"),
        ("71053", 6, 339, "LANTERN"),
    ]
    assert order.head.placed_at == datetime(2010, 12, 1, 8, 26, tzinfo=UTC)
    assert (order.head.currency, order.head.total_minor) == ("GBP", 3564)
    assert order.head.contact == stand_in("Customer 17850", "GB")


def test_postage_and_discounts_are_money_and_no_goods(written):
    [order] = rows(
        written,
        "1,85123A,HEART,1,2010-12-01 08:26:00,2.00,1,France",
        "1,POST,POSTAGE,1,2010-12-01 08:26:00,18.00,1,France",
        "1,D,Discount,-1,2010-12-01 08:26:00,5.00,1,France",
    )

    assert ([line.sku for line in order.lines], order.left_out) == (["85123A"], 2)
    assert order.head.total_minor == 1500


def test_an_invoice_of_nothing_but_fees_sends_nothing(written):
    [order] = rows(written, "1,BANK CHARGES,Bank Charges,1,2010-12-01 08:26:00,-15,,United Kingdom")

    assert (order.fate, order.lines) == (Fate.NOTHING, ())


def test_c_takes_back_and_a_minus_without_c_corrects(written):
    reversal, correction = rows(
        written,
        "C536606,20914,BOWLS,-2.0,2010-12-02 09:10:00,2.95,14092.0,United Kingdom",
        "536764,84952C,,-38.0,2010-12-02 14:42:00,0.0,,United Kingdom",
    )

    assert isinstance(reversal, FiledReversal)
    assert (reversal.customer, [(line.sku, line.quantity) for line in reversal.lines]) == (
        "Customer 14092",
        [("20914", 2)],
    )
    assert isinstance(correction, FiledCorrection)
    assert [(line.sku, line.quantity) for line in correction.lines] == [("84952C", 38)]


def test_a_discount_that_is_taken_back_takes_no_goods(written):
    [reversal] = rows(written, "C1,D,Discount,-1,2010-12-01 09:41:00,27.5,14527,United Kingdom")

    assert isinstance(reversal, FiledReversal)
    assert reversal.lines == ()


def test_an_invoice_may_do_both(written):
    correction, order = rows(
        written,
        "1,85123A,HEART,3,2010-12-01 08:26:00,2.00,1,France",
        "1,71053,LANTERN,-1,2010-12-01 08:26:00,0,1,France",
    )

    assert isinstance(correction, FiledCorrection)
    assert isinstance(order, FiledOrder)
    assert [line.quantity for line in order.lines] == [3]


@pytest.mark.parametrize(
    "code",
    ["POST", "post", "DOT", "M", "m", "D", "C2", "S", "BANK CHARGES", "AMAZONFEE", "gift_0001_20"],
)
def test_these_codes_lie_on_no_shelf(code):
    assert not is_stock(code)


@pytest.mark.parametrize("code", ["85123A", "15056BL", "DCGS0058", "SP1002", "C2A"])
def test_these_do(code):
    assert is_stock(code)


def test_every_country_of_the_files_has_a_town():
    for country in TOWNS:
        contact = stand_in("Customer 1", country)
        assert contact.city
        assert contact.street1
        assert contact.country == country
    for _, code in COUNTRIES:
        assert code in {*TOWNS, "", "KR"}


def test_a_customer_always_lives_at_the_same_place():
    assert stand_in("Customer 17850", "GB") == stand_in("Customer 17850", "GB")
    assert len({stand_in(f"Customer {n}", "GB").street1 for n in range(50)}) > 30


def test_a_country_that_is_not_told_is_not_made_up(written):
    [order] = rows(written, "1,85123A,HEART,1,2010-12-01 08:26:00,2.00,1,Unspecified")

    assert (order.head.contact.country, order.head.contact.city) == ("", "")


def test_what_cannot_be_is_named(written):
    file = written(f"{HEAD}\n1,85123A,HEART,half,12/1/2010 8:26,two,1,Atlantis\n")

    assert sorted(faults(file)) == [
        ("D2 Quantity", "kernel.sheet_whole"),
        ("E2 InvoiceDate", "channels.moment"),
        ("F2 UnitPrice", "channels.money"),
        ("H2 Country", "channels.country"),
    ]


def test_the_second_edition_of_the_files_names_its_columns_otherwise(written):
    [order] = read(
        written(
            "Invoice,StockCode,Description,Quantity,InvoiceDate,Price,Customer ID,Country\n"
            "489434,85048,LIGHTS,12,2009-12-01 07:45:00,6.95,13085.0,USA\n"
        )
    )

    assert (order.source_id, order.lines[0].price_minor) == ("489434", 695)
    assert order.head.contact.name == "Customer 13085"
