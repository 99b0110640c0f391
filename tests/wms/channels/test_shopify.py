"""Shopify's export as shops send it: rows that go on, names left blank, apostrophes, columns that come and go."""

from datetime import UTC, datetime

import pytest

from tests.wms.channels.filing import faults, read
from wms.channels.filed import Fate
from wms.orders.drafts import Contact, Payment
from wms.trial.bench import importing as bench

HEAD = "Name,Lineitem quantity,Lineitem sku"


def one(written, header, *rows):
    [order] = read(written("\n".join([f"{HEAD},{header}" if header else HEAD, *rows]) + "\n"))
    return order


def test_an_order_goes_on_in_the_rows_below_it(written):
    orders = read(
        written(
            f"{HEAD},Email,Total\n#1001,1,M-1,kim@example.org,20.00\n#1001,2,B-1,,\n#1002,1,M-1,,\n"
        )
    )

    assert [
        (its.source_id, [(line.sku, line.quantity) for line in its.lines]) for its in orders
    ] == [
        ("#1001", [("M-1", 1), ("B-1", 2)]),
        ("#1002", [("M-1", 1)]),
    ]
    assert orders[0].head.contact.email == "kim@example.org"


def test_a_blank_name_means_the_order_above(written):
    orders = read(written(f"{HEAD}\n#1001,1,M-1\n,2,B-1\n#1002,1,M-1\n,1,B-1\n"))

    assert [len(its.lines) for its in orders] == [2, 2]


def test_a_blank_name_in_the_first_row_belongs_to_nobody(written):
    assert faults(written(f"{HEAD}\n,1,M-1\n")) == [("A2 Name", "kernel.sheet_cell_empty")]


def test_a_mark_before_the_first_column_and_any_order_of_columns(written):
    file = written(
        "\ufeffLineitem sku,Created at,Name,Some app's column,Lineitem quantity\n"
        "M-1,2025-10-07 09:50:26 +0200,#1001,x,2\n"
    )

    [order] = read(file)

    assert (order.source_id, order.lines[0].quantity) == ("#1001", 2)
    assert order.head.placed_at == datetime(2025, 10, 7, 7, 50, 26, tzinfo=UTC)


@pytest.mark.parametrize("gone", ["Name", "Lineitem quantity", "Lineitem sku"])
def test_without_these_columns_there_is_no_order(written, gone):
    here = [
        name for name in (*HEAD.split(","), "Lineitem name", "Financial Status") if name != gone
    ]

    assert faults(written(",".join(here) + "\n" + "1," * (len(here) - 1) + "\n")) == [
        (gone, "kernel.sheet_missing")
    ]


def test_the_address_is_the_one_to_ship_to(written):
    order = one(
        written,
        "Billing Name,Shipping Name,Shipping Company,Shipping Address1,Shipping Address2,Shipping City,Shipping Zip,"
        "Shipping Province,Shipping Country,Shipping Phone,Phone",
        "#1,1,M-1,Pay Er,Kim,Acme,3 Rue A,Apt 2,Paris,'75008,IDF,FR,'+33 1 23,'+33 9",
    )

    assert order.head.contact == Contact(
        name="Kim",
        company="Acme",
        phone="+33 1 23",
        street1="3 Rue A",
        street2="Apt 2",
        city="Paris",
        zip="75008",
        province="IDF",
        country="FR",
    )


def test_a_street_in_one_column_is_taken_apart(written):
    order = one(written, "Shipping Street", '#1,1,M-1,"3 Rue A, Apt 2"')

    assert (order.head.contact.street1, order.head.contact.street2) == ("3 Rue A", "Apt 2")


def test_who_pays_is_never_who_gets_it(written):
    order = one(written, "Billing Name,Billing Address1,Shipping Name", "#1,1,M-1,Pay Er,1 Bank,")

    assert order.head.contact == Contact()


@pytest.mark.parametrize(
    ("said", "payment"),
    [
        ("paid", Payment.PAID),
        ("pending", Payment.UNPAID),
        ("authorized", Payment.AUTHORIZED),
        ("partially_paid", Payment.UNPAID),
        ("partially_refunded", Payment.PARTLY_REFUNDED),
        ("voided", Payment.VOIDED),
        ("expired", Payment.FAILED),
        ("", Payment.UNPAID),
    ],
)
def test_how_the_money_stands(written, said, payment):
    assert one(written, "Financial Status", f"#1,1,M-1,{said}").head.payment == payment


def test_a_file_that_says_nothing_of_money_is_not_taken_for_paid(written):
    assert one(written, "", "#1,1,M-1").head.payment == Payment.UNPAID


@pytest.mark.parametrize(
    ("header", "row", "fate"),
    [
        ("Cancelled at", "2025-10-07 09:50:26 +0200", Fate.CANCELLED),
        ("Fulfillment Status", "fulfilled", Fate.SENT),
        ("Fulfillment Status", "restocked", Fate.SENT),
        ("Fulfillment Status", "partial", Fate.DUE),
        ("Fulfillment Status", "unfulfilled", Fate.DUE),
        ("Financial Status", "refunded", Fate.REFUNDED),
        ("Lineitem fulfillment status", "fulfilled", Fate.SENT),
        ("Lineitem requires shipping", "false", Fate.NOTHING),
        ("Lineitem requires shipping", "", Fate.DUE),
    ],
)
def test_what_is_over_is_not_sent_again(written, header, row, fate):
    assert one(written, header, f"#1,1,M-1,{row}").fate is fate


def test_lines_that_are_no_goods_or_were_sent_are_left_out(written):
    order = one(
        written,
        "Lineitem requires shipping,Lineitem fulfillment status,Lineitem name",
        "#1,1,,false,pending,Gift card",
        "#1,1,M-1,true,fulfilled,Mug",
        "#1,0,B-1,true,pending,Bowl taken out of the order",
        "#1,2,B-2,true,pending,Bowl",
    )

    assert [(line.row, line.sku, line.quantity) for line in order.lines] == [(5, "B-2", 2)]
    assert (order.fate, order.left_out) == (Fate.DUE, 2)


def test_goods_without_an_sku_are_named(written):
    file = written(f"{HEAD},Lineitem name\n#1,1,,Hand-made mug\n")

    assert faults(file) == [("C2 Lineitem sku", "channels.no_sku")]


def test_notes_and_the_carts_own_fields(written):
    order = one(
        written,
        "Notes,Note Attributes,Shipping Method,Risk Level,Currency,Total,Lineitem price",
        '#1,1,M-1,"Ring\ntwice","gift_message: Enjoy!\nDelivery date: 2025-10-10",Express,High,EUR,12.50,12.50',
    )

    assert order.head.note == "Ring\ntwice\nDelivery date: 2025-10-10"
    assert order.head.gift_note == "Enjoy!"
    assert (order.head.service, order.head.risk) == ("Express", "high")
    assert (order.head.currency, order.head.total_minor, order.lines[0].price_minor) == (
        "EUR",
        1250,
        1250,
    )


def test_the_currency_stands_in_the_first_row_only(written):
    order = one(written, "Currency,Lineitem price", "#1,1,M-1,JPY,1500", "#1,1,B-1,,900")

    assert [line.price_minor for line in order.lines] == [1500, 900]


def test_all_columns_of_a_real_export_are_understood(tmp_path):
    bench.write(tmp_path / "export.csv", 25)

    orders = read(tmp_path / "export.csv")

    assert len(orders) == 25
    assert {its.fate for its in orders} == {Fate.DUE}
    assert orders[0].head.payload["rows"][0]["Payment Reference"] == "r00000000"
    assert orders[0].head.contact.zip == "LS1 4AP"
