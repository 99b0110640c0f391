"""A file of orders comes in: all of it or nothing, each order once, and what is over in the shop is over here."""

import pytest
from sqlalchemy import func, select

from tests.kit import a_place, an_item, done, held, shelve
from tests.wms.channels.filing import AT, contact, kept, look, order, refused, take
from tests.wms.orders.asking import fo_states, holds_of, unkept
from wms.bins.places import Kind
from wms.catalog import actions as catalog
from wms.catalog.queries import BarcodeKind
from wms.channels.tables import ChannelNotice
from wms.kernel.tables import StoredEvent
from wms.orders import actions as orders
from wms.orders.tables import Channel, Order, OrderSource

OWN = """\
order,sku,quantity,price,name,street1,city,zip,country,currency
1001,M-1,2,12.50,Kim,Mill Lane 3,Leeds,LS1 4AP,GB,GBP
1001,85123a,1,4,,,,,,
1002,M-1,1,12.50,Bo,Mill Lane 4,Leeds,LS1 4AP,GB,GBP
"""
SHOPIFY = (
    "Name,Lineitem quantity,Lineitem sku,Financial Status,Cancelled at,Created at,Shipping Name,Shipping Address1,\
Shipping City,Shipping Zip,Shipping Country"
)
KIM = "Kim,3 Mill Lane,Leeds,'LS1 4AP,GB"
RETAIL = "InvoiceNo,StockCode,Description,Quantity,InvoiceDate,UnitPrice,CustomerID,Country"


def counted(rows, *, created=0, unchanged=0, lines=0, units=0, **rare):
    return {
        "rows": rows,
        "created": created,
        "unchanged": unchanged,
        "lines": lines,
        "units": units,
        **rare,
    }


def shopify(written, *rows):
    return written("\n".join([SHOPIFY, *rows]) + "\n")


def retail(written, *rows):
    return written("\n".join([RETAIL, *rows]) + "\n")


def test_orders_come_in_are_accepted_and_promised(database, shelf, written):
    did = take(database, written(OWN))

    assert did == counted(3, created=2, lines=3, units=4)
    assert kept(database) == [
        ("file", "1001", "paid", [(shelf.mug, 2, 0), (shelf.bowl, 1, 0)]),
        ("file", "1002", "paid", [(shelf.mug, 1, 0)]),
    ]
    assert fo_states(database, 1) == fo_states(database, 2) == ["allocated"]
    assert (contact(database, "1001").name, contact(database, "1001").zip) == ("Kim", "LS1 4AP")
    assert order(database, "1001").placed_at == AT
    assert unkept(database) == []


def test_what_the_file_said_is_kept_word_for_word(database, shelf, written):
    take(database, written(OWN))

    with database.read() as session:
        said = session.get_one(OrderSource, 1).payload

    assert said["rows"][1] == {"order": "1001", "sku": "85123a", "quantity": "1", "price": "4"}


def test_the_same_file_again_changes_nothing(database, shelf, written):
    take(database, written(OWN))
    with database.read() as session:
        before = session.scalar(select(func.count()).select_from(StoredEvent))

    again = take(database, written(OWN))

    assert again == counted(3, unchanged=2)
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(StoredEvent)) == before


def test_a_longer_file_brings_only_what_is_new(database, shelf, written):
    take(database, written(OWN))

    longer = take(database, written(OWN + "1003,M-1,1,,Al,Mill Lane 5,Leeds,LS1 4AP,GB,\n"))

    assert longer == counted(4, created=1, unchanged=2, lines=1, units=1)


def test_a_trial_says_the_same_and_does_nothing(database, shelf, written):
    seen = look(database, written(OWN))

    assert seen.counts == {"created": 2, "unchanged": 0, "lines": 3, "units": 4}
    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Order)) == 0
        assert session.scalar(select(func.count()).select_from(Channel)) == 0


def test_an_sku_that_nobody_knows_refuses_the_whole_file(database, shelf, written):
    file = written(OWN + "1003,NOPE,1,,Al,Mill Lane 5,Leeds,LS1 4AP,GB,\n")

    assert refused(database, file) == [("B5 sku", "channels.unknown_sku")]
    assert kept(database) == []


def test_a_barcode_is_no_sku(database, shelf, written):
    done(
        database,
        lambda session: catalog.add_barcode(
            session,
            item_id=shelf.mug,
            code="CASE-12",
            quantity_per_scan=12,
            kind=BarcodeKind.CASE,
            by=1,
            at=AT,
        ),
    )

    assert refused(database, written("order,sku,quantity\n1,CASE-12,1\n")) == [
        ("B2 sku", "channels.unknown_sku")
    ]


def test_an_item_in_the_archive_is_named(database, shelf, written):
    gone = an_item(database, "OLD")
    done(database, lambda session: catalog.archive_item(session, item_id=gone, by=1, at=AT))

    assert refused(database, written("order,sku,quantity\n1,OLD,1\n")) == [
        ("B2 sku", "channels.item_archived")
    ]


def test_an_order_of_another_shop_is_not_mistaken_for_a_known_one(database, shelf, written):
    row = f"#1,1,M-1,paid,,2025-10-07 09:50:26 +0200,{KIM}"
    take(database, shopify(written, row))

    assert refused(database, shopify(written, row.replace("09:50", "10:50"))) == [
        ("A2 Name", "channels.known_otherwise")
    ]


def test_two_channels_may_use_the_same_numbers(database, shelf, written):
    file = written("order,sku,quantity,channel\n1,M-1,1,shop-a\n2,M-1,1,shop-b\n")
    take(database, file)
    other = written("order,sku,quantity,channel\n1,M-1,1,shop-b\n2,M-1,1,shop-a\n")

    assert take(database, other) == counted(2, created=2, lines=2, units=2)


def test_what_was_over_in_the_shop_does_not_come_in(database, shelf, written):
    file = shopify(
        written,
        f"#1,1,NEVER-KNOWN,paid,2025-10-07 10:00:00 +0200,2025-10-07 09:50:26 +0200,{KIM}",
        f"#2,1,M-1,refunded,,2025-10-07 09:50:26 +0200,{KIM}",
        f"#3,1,M-1,paid,,2025-10-07 09:50:26 +0200,{KIM}",
    )

    did = take(database, file)

    assert did == counted(3, created=1, lines=1, units=1, cancelled_before=1, refunded_before=1)
    assert [number for _, number, _, _ in kept(database)] == ["#3"]


def test_what_the_shop_cancelled_since_is_cancelled_here(database, shelf, written):
    row = f"#1,1,M-1,paid,,2025-10-07 09:50:26 +0200,{KIM}"
    take(database, shopify(written, row))
    cancelled = shopify(written, row.replace("paid,,", "paid,2025-10-08 09:00:00 +0200,"))

    did = take(database, cancelled)

    assert did == counted(1, cancelled=1)
    assert order(database, "#1").state == "cancelled"
    assert take(database, cancelled) == counted(1, unchanged=1)
    assert unkept(database) == []


def test_money_that_is_not_there_or_partly_went_back_stops_an_order(database, shelf, written):
    take(
        database,
        shopify(
            written,
            f"#1,1,M-1,pending,,2025-10-07 09:50:26 +0200,{KIM}",
            f"#2,1,M-1,partially_refunded,,2025-10-07 09:50:26 +0200,{KIM}",
        ),
    )

    assert holds_of(database, 1) == [("payment", "release", "active")]
    assert holds_of(database, 2) == [("payment", "release", "active")]


def test_an_order_without_an_address_waits_for_one(database, shelf, written):
    take(database, written("order,sku,quantity\n1,M-1,1\n"))

    assert holds_of(database, 1) == [("address", "accept", "active")]


BOUGHT = "1,85123A,HEART,10,2010-12-01 08:26:00,2.55,17850,United Kingdom"
LATER = "2,85123A,HEART,4,2010-12-01 09:26:00,2.55,17850,United Kingdom"


def test_an_invoice_that_takes_back_cancels_what_is_still_here_newest_first(
    database, shelf, written
):
    did = take(
        database,
        retail(
            written,
            BOUGHT,
            LATER,
            "C3,85123A,HEART,-6,2010-12-01 10:00:00,2.55,17850,United Kingdom",
        ),
    )

    assert did["units_cancelled"] == 6
    assert "units_to_return" not in did
    assert [(number, lines) for _, number, _, lines in kept(database)] == [
        ("1", [(shelf.bowl, 10, 2)]),
        ("2", [(shelf.bowl, 4, 4)]),
    ]
    assert order(database, "2").state == "cancelled"
    assert fo_states(database, 1)[-1] == "allocated"
    assert unkept(database) == []


@pytest.mark.parametrize(
    "back",
    [
        "C3,85123A,HEART,-6,2010-12-01 08:00:00,2.55,17850,United Kingdom",
        "C3,85123A,HEART,-6,2010-12-01 10:00:00,2.55,99999,United Kingdom",
        "C3,M-1,MUG,-6,2010-12-01 10:00:00,2.55,17850,United Kingdom",
    ],
    ids=["before it was bought", "by somebody else", "something else"],
)
def test_what_was_not_bought_before_is_a_return_to_come(database, shelf, written, back):
    did = take(database, retail(written, BOUGHT, back))

    assert did["units_to_return"] == 6
    assert kept(database)[0][3] == [(shelf.bowl, 10, 0)]


def test_more_than_was_bought_comes_back_as_a_return(database, shelf, written):
    did = take(
        database,
        retail(
            written, BOUGHT, "C3,85123A,HEART,-12,2010-12-01 10:00:00,2.55,17850,United Kingdom"
        ),
    )

    assert (did["units_cancelled"], did["units_to_return"]) == (10, 2)
    with database.read() as session:
        [notice] = session.scalars(select(ChannelNotice))
    assert notice.told == {
        "customer": "Customer 17850",
        "lines": [{"sku": "85123A", "item_id": shelf.bowl, "cancelled": 10, "to_return": 2}],
    }


def test_what_the_floor_has_in_hand_is_not_cancelled_but_comes_back(database, shelf, written):
    take(database, retail(written, BOUGHT))
    done(database, lambda session: orders.release(session, [1], by=1, at=AT))

    did = take(
        database,
        retail(written, "C3,85123A,HEART,-6,2010-12-01 10:00:00,2.55,17850,United Kingdom"),
    )

    assert did == counted(1, reversals=1, units_to_return=6)
    assert kept(database)[0][3] == [(shelf.bowl, 10, 0)]


def test_an_invoice_takes_back_once(database, shelf, written):
    file = retail(
        written, BOUGHT, "C3,85123A,HEART,-1,2010-12-01 10:00:00,2.55,17850,United Kingdom"
    )
    take(database, file)

    assert take(database, file) == counted(2, unchanged=1, notices_known=1)
    assert kept(database)[0][3] == [(shelf.bowl, 10, 1)]


def test_a_correction_leaves_the_book_once_and_never_what_is_promised(database, shelf, written):
    file = retail(
        written,
        "1,85123A,HEART,45,2010-12-01 08:26:00,2.55,17850,United Kingdom",
        "9,85123A,,-8,2010-12-01 09:00:00,0,,United Kingdom",
    )

    did = take(database, file)

    assert (did["corrections"], did["units_struck"], did["units_not_there"]) == (1, 5, 3)
    assert held(database, shelf.place, shelf.bowl) == 45
    assert take(database, file) == counted(2, unchanged=1, notices_known=1)
    assert held(database, shelf.place, shelf.bowl) == 45
    assert unkept(database) == []


def test_a_correction_takes_from_the_shelf_even_where_a_bench_holds_more(database, shelf, written):
    bench = a_place(database, shelf.warehouse, "PACK-1", Kind.BENCH)
    shelve(database, shelf.bowl, bench, 60)

    did = take(database, retail(written, "9,85123A,,-58,2010-12-01 09:00:00,0,,United Kingdom"))

    assert (did["units_struck"], did["units_not_there"]) == (50, 8)
    assert held(database, shelf.place, shelf.bowl) == 0
    assert held(database, bench, shelf.bowl) == 60
    assert unkept(database) == []


def test_addresses_that_were_made_up_are_told(database, shelf, written):
    assert take(database, retail(written, BOUGHT))["addresses_made_up"] == 1
    assert contact(database, "1").city != ""


def test_a_file_that_is_longer_than_what_is_kept_in_hand_comes_in_all_the_same(
    database, shelf, written, monkeypatch
):
    monkeypatch.setattr("wms.channels.imports.IN_HAND", 1)
    monkeypatch.setattr("wms.channels.imports.BATCH", 1)

    assert take(database, written(OWN)) == counted(3, created=2, lines=3, units=4)
    assert unkept(database) == []
