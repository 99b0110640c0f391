"""orders.csv: one row for each line, what is said of the order in its first row."""

import csv
import io
from datetime import UTC, date, datetime

import openpyxl
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.wms.channels.filing import faults, read
from wms.channels import own
from wms.channels.filed import LINES_MOST
from wms.kernel.sheets.writing import guarded
from wms.orders.drafts import Contact, Payment

WHOLE = """\
order,sku,quantity,price,personalisation,channel,placed_at,name,company,email,phone,street1,street2,city,zip,province,\
country,payment,currency,total,service,carrier,promised_on,priority,risk,note,gift_note
1001,M-1,2,12.50,"For Kim",web,2026-11-10 09:00 +0100,Kim,,kim@example.org,'+44 113,Mill Lane 3,Flat 2,Leeds,LS1 4AP,,\
uk,authorized,GBP,29.00,Express,DHL,2026-11-14,5,medium,"Two
lines",Enjoy
1001,B-1,1,4,,,,,,,,,,,,,,,,,,,,,,,
1002,M-1,1,,,,,,,,,,,,,,,,,,,,,,,,
"""


def test_a_whole_file_says_everything_an_order_can_have(written):
    first, second = read(written(WHOLE))

    head = first.head
    assert (first.channel, head.source_id, head.number) == ("web", "1001", "1001")
    assert [(line.row, line.sku, line.quantity, line.price_minor) for line in first.lines] == [
        (2, "M-1", 2, 1250),
        (3, "B-1", 1, 400),
    ]
    assert first.lines[0].personalisation == "For Kim"
    assert head.placed_at == datetime(2026, 11, 10, 8, tzinfo=UTC)
    assert head.contact == Contact(
        name="Kim",
        email="kim@example.org",
        phone="+44 113",
        street1="Mill Lane 3",
        street2="Flat 2",
        city="Leeds",
        zip="LS1 4AP",
        country="GB",
    )
    assert (head.payment, head.currency, head.total_minor) == (Payment.AUTHORIZED, "GBP", 2900)
    assert (head.service, head.carrier, head.promised_on) == ("Express", "DHL", date(2026, 11, 14))
    assert (head.priority, head.risk, head.note, head.gift_note) == (
        5,
        "medium",
        "Two\nlines",
        "Enjoy",
    )
    assert head.payload["rows"][1] == {"order": "1001", "sku": "B-1", "quantity": "1", "price": "4"}
    assert (second.channel, second.head.payment) == (own.CHANNEL, Payment.PAID)


def test_three_columns_are_enough(written):
    [order] = read(written("quantity;SKU;Order number\n3;M-1;1001\n"))

    assert [(line.sku, line.quantity) for line in order.lines] == [("M-1", 3)]
    assert order.head.contact == Contact()


def test_a_workbook_says_the_same(tmp_path):
    book = openpyxl.Workbook()
    book.active.append(["order", "sku", "quantity", "placed_at", "price"])
    book.active.append([1001, "M-1", 2, datetime(2026, 11, 10, 9, 30), 12.5])  # noqa: DTZ001 - as Excel does
    book.save(tmp_path / "orders.xlsx")

    [order] = read(tmp_path / "orders.xlsx")

    assert (order.source_id, order.lines[0].price_minor) == ("1001", 1250)
    assert order.head.placed_at == datetime(2026, 11, 10, 9, 30, tzinfo=UTC)


def test_rows_of_an_order_stand_together(written):
    file = written("order,sku,quantity\n1001,M-1,1\n1002,M-1,1\n1001,B-1,1\n")

    assert faults(file) == [("A4 order", "channels.rows_apart")]


def test_later_rows_say_the_same_as_the_first_or_nothing(written):
    file = written(
        "order,sku,quantity,city\n1,M-1,1,Leeds\n1,B-1,1,Leeds\n1,B-2,1,\n1,B-3,1,York\n"
    )

    assert faults(file) == [("D5 city", "channels.contradicts")]


def test_every_cell_that_cannot_be_is_named_with_its_place(written):
    file = written(
        "order,sku,quantity,price,placed_at,country,payment,currency,promised_on,risk\n"
        "1,,0,€5,soon,XX,maybe,EURO,10/11/2026,some\n"
    )

    assert sorted(faults(file)) == [
        ("B2 sku", "kernel.sheet_cell_empty"),
        ("C2 quantity", "kernel.sheet_whole"),
        ("D2 price", "channels.money"),
        ("E2 placed_at", "channels.moment"),
        ("F2 country", "channels.country"),
        ("G2 payment", "kernel.sheet_one_of"),
        ("H2 currency", "channels.currency"),
        ("I2 promised_on", "kernel.sheet_day"),
        ("J2 risk", "kernel.sheet_one_of"),
    ]


def test_a_column_that_nobody_knows_is_refused_in_our_own_file(written):
    assert faults(written("order,sku,quantity,xyz\n1,M-1,1,red\n")) == [
        ("D1 xyz", "kernel.sheet_unknown")
    ]


def test_an_order_without_end_is_refused_line_by_line(written):
    file = written("order,sku,quantity\n" + "1001,M-1,1\n" * (LINES_MOST + 2))

    assert faults(file) == [
        (f"A{LINES_MOST + 2} order", "channels.too_many_lines"),
        (f"A{LINES_MOST + 3} order", "channels.too_many_lines"),
    ]


words = st.text(st.characters(exclude_categories=["C", "Zl", "Zp"]), max_size=30).map(str.strip)
codes = st.from_regex(r"[A-Z]{1,3}-[0-9]{1,4}", fullmatch=True)
lines = st.tuples(codes, st.integers(1, 1_000_000), st.integers(0, 10**8), words)
filed_orders = st.lists(
    st.tuples(
        words,
        words,
        words,
        words,
        st.sampled_from(["", "DE", "GB"]),
        st.lists(lines, min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=5,
)


@settings(max_examples=60)
@given(filed_orders)
def test_what_is_written_is_read(tmp_path_factory, wanted):
    page = io.StringIO()
    writer = csv.writer(page)
    writer.writerow(
        [
            "order",
            "sku",
            "quantity",
            "price",
            "personalisation",
            "name",
            "street1",
            "city",
            "note",
            "country",
            "currency",
        ]
    )
    for number, (name, street, city, note, country, its) in enumerate(wanted):
        for place, (sku, quantity, price, wish) in enumerate(its):
            head = [name, street, city, note, country] if place == 0 else [""] * 5
            row = [f"N{number}", sku, quantity, f"{price / 100:.2f}", wish, *head, "EUR"]
            writer.writerow([guarded(cell) for cell in row])
    file = tmp_path_factory.mktemp("round") / "orders.csv"
    file.write_text(page.getvalue(), "utf-8", newline="")

    got = [
        (
            its.head.contact.name,
            its.head.contact.street1,
            its.head.contact.city,
            its.head.note,
            its.head.contact.country,
            [
                (line.sku, line.quantity, line.price_minor, line.personalisation)
                for line in its.lines
            ],
        )
        for its in read(file)
    ]

    assert got == wanted
