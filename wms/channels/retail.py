"""Online Retail: the invoices of a gift wholesaler, as the UCI Machine Learning Repository hands them round.

An invoice whose number begins with C takes back; a quantity below zero without C corrects the stock; some codes are
postage, fees and discounts. https://archive.ics.uci.edu/dataset/352/online+retail
"""

from collections.abc import Iterator, Sequence
from zoneinfo import ZoneInfo

from wms.channels.cells import MONEY_LIMIT, NOTHING, country, minor, moment, money
from wms.channels.filed import Fate, Filed, FiledCorrection, FiledLine, FiledOrder, FiledReversal
from wms.channels.grouping import Row, Rows, text, together, word_for_word
from wms.channels.standins import stand_in
from wms.kernel import sheets
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.sheets import Column, Line, Reading, Sheet
from wms.orders.drafts import Draft

CHANNEL = "online-retail"
KEY = "InvoiceNo"
CURRENCY = "GBP"
ZONE = ZoneInfo("Europe/London")
"""The shop's own time, which its file does not tell."""

NOT_STOCK = frozenset(
    {"POST", "DOT", "C2", "M", "D", "S", "B", "BANK CHARGES", "AMAZONFEE", "CRUK"}
    | {"ADJUST", "ADJUST2", "TEST001", "TEST002"}
)
"""Codes for postage, fees, discounts, samples and the books."""

NOT_STOCK_BEGIN = "GIFT_0001_"
"""Vouchers; a number of pounds follows."""

COUNTRIES = (
    ("eire", "IE"),
    ("channel islands", "JE"),
    ("rsa", "ZA"),
    ("korea", "KR"),
    ("west indies", ""),
    ("unspecified", ""),
    ("european community", ""),
)
"""Names as only these files write them."""

SHEET: Sheet[Row] = Sheet(
    columns=(
        Column(KEY, sheets.code(40), is_required=True, aliases=("Invoice",)),
        Column("StockCode", sheets.code(64), is_required=True),
        Column("Description", sheets.text(200), empty=""),
        Column("Quantity", sheets.whole(-QUANTITY_LIMIT, QUANTITY_LIMIT), is_required=True),
        Column("InvoiceDate", moment(ZONE), is_required=True),
        Column("UnitPrice", money(least=-MONEY_LIMIT), empty=NOTHING, aliases=("Price",)),
        Column("CustomerID", sheets.text(40), empty="", aliases=("Customer ID",)),
        Column("Country", country(COUNTRIES), empty=""),
    ),
    make=dict,
    is_open=True,
)


def is_stock(code: str) -> bool:
    """Tell whether a code stands for something that lies on a shelf."""
    said = code.strip().upper()
    return said not in NOT_STOCK and not said.startswith(NOT_STOCK_BEGIN)


def orders(reading: Reading[Row]) -> Iterator[Filed]:
    """Yield the invoices of a file as what they are."""
    for rows in together(reading, KEY):
        stock = [line for line in rows if is_stock(line.row["StockCode"])]
        if rows[0].row[KEY].upper().startswith("C"):
            yield _reversal(rows[0], stock)
            continue
        bought = [line for line in stock if line.row["Quantity"] > 0]
        struck = [line for line in stock if line.row["Quantity"] < 0]
        if struck:
            yield _correction(rows[0], struck)
        if bought or not struck:
            yield _order(reading, rows, bought)


def _order(reading: Reading[Row], rows: Rows, bought: Rows) -> FiledOrder:
    first = rows[0].row
    total = sum(line.row["Quantity"] * line.row.get("UnitPrice", NOTHING) for line in rows)
    head = Draft(
        channel_id=0,
        source_id=first[KEY],
        number=first[KEY],
        placed_at=first["InvoiceDate"],
        lines=(),
        contact=stand_in(_customer(first), text(first, "Country")),
        currency=CURRENCY,
        total_minor=max(0, minor(NOTHING + total, CURRENCY)),
        payload=word_for_word(reading, rows) | {"address": "made up: the file has none"},
    )
    fate = Fate.DUE if bought else Fate.NOTHING
    lines = _lines(bought)
    return FiledOrder(rows[0].number, CHANNEL, head, lines, fate, len(rows) - len(bought))


def _reversal(first: Line[Row], stock: Rows) -> FiledReversal:
    row = first.row
    return FiledReversal(
        first.number, CHANNEL, row[KEY], _customer(row), row["InvoiceDate"], _lines(stock)
    )


def _correction(first: Line[Row], struck: Rows) -> FiledCorrection:
    row = first.row
    return FiledCorrection(first.number, CHANNEL, row[KEY], row["InvoiceDate"], _lines(struck))


def _customer(row: Row) -> str:
    """Return what we call the customer. Who bought over the counter has no number, only the invoice."""
    number = text(row, "CustomerID").removesuffix(".0")
    return f"Customer {number}" if number else f"Customer of invoice {row[KEY]}"


def _lines(rows: Sequence[Line[Row]]) -> tuple[FiledLine, ...]:
    return tuple(
        FiledLine(
            line.number,
            line.row["StockCode"].upper(),
            abs(line.row["Quantity"]),
            max(0, minor(line.row.get("UnitPrice", NOTHING), CURRENCY)),
            name=text(line.row, "Description"),
        )
        for line in rows
        if line.row["Quantity"]
    )
