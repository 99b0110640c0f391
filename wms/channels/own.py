"""orders.csv: our own file, one row for each line of an order. Facts of the order stand in its first row."""

from collections.abc import Iterator
from dataclasses import fields
from datetime import UTC
from enum import StrEnum

from wms.channels.cells import NOTHING, country, currency, minor, moment, money
from wms.channels.filed import FiledLine, FiledOrder
from wms.channels.grouping import UNTOLD, Row, Rows, text, together, word_for_word
from wms.kernel import sheets
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.sheets import Column, Line, Reading, Sheet
from wms.orders.drafts import Contact, Draft, Payment

CHANNEL = "file"
"""The channel of orders whose file names none."""

NOTE_LIMIT = 4_000
PRIORITY_LIMIT = 1_000

KEY = "order"
_OF_A_LINE = frozenset({KEY, "sku", "quantity", "price", "personalisation"})


class Risk(StrEnum):
    """What a shop says of fraud."""

    LOW = "low"
    MEDIUM = "medium"
    HIGH = "high"


SHEET: Sheet[Row] = Sheet(
    columns=(
        Column("order", sheets.code(64), is_required=True, aliases=("order_number", "order_id")),
        Column("sku", sheets.code(64), is_required=True),
        Column("quantity", sheets.whole(1, QUANTITY_LIMIT), is_required=True),
        Column("price", money(), empty=NOTHING),
        Column("personalisation", sheets.prose(NOTE_LIMIT), empty="", aliases=("personalization",)),
        Column("channel", sheets.code(40), empty=""),
        Column("placed_at", moment(UTC)),
        Column("name", sheets.text(120), empty=""),
        Column("company", sheets.text(120), empty=""),
        Column("email", sheets.text(254), empty=""),
        Column("phone", sheets.text(40), empty=""),
        Column("street1", sheets.text(200), empty="", aliases=("street", "address1")),
        Column("street2", sheets.text(200), empty="", aliases=("address2",)),
        Column("city", sheets.text(120), empty=""),
        Column("zip", sheets.text(40), empty="", aliases=("postcode", "postal_code")),
        Column("province", sheets.text(120), empty="", aliases=("state",)),
        Column("country", country(), empty=""),
        Column("payment", sheets.one_of(Payment), empty=Payment.PAID),
        Column("currency", currency(), empty=""),
        Column("total", money(), empty=NOTHING),
        Column("service", sheets.text(120), empty="", aliases=("shipping_method",)),
        Column("carrier", sheets.text(40), empty=""),
        Column("promised_on", sheets.day()),
        Column("priority", sheets.whole(-PRIORITY_LIMIT, PRIORITY_LIMIT), empty=0),
        Column("risk", sheets.one_of(Risk), empty=""),
        Column("note", sheets.prose(NOTE_LIMIT), empty=""),
        Column("gift_note", sheets.prose(NOTE_LIMIT), empty=""),
    ),
    make=dict,
)


def orders(reading: Reading[Row]) -> Iterator[FiledOrder]:
    """Yield the orders of a file; blames rows that say of their order what its first row does not."""
    for rows in together(reading, KEY):
        first = rows[0].row
        for line in rows[1:]:
            _blame_contradictions(reading, first, line)
        yield FiledOrder(
            rows[0].number, text(first, "channel") or CHANNEL, _head(reading, rows), _lines(rows)
        )


def _blame_contradictions(reading: Reading[Row], first: Row, line: Line[Row]) -> None:
    for column, said in line.row.items():
        if said != first[column] and column not in _OF_A_LINE and said != _EMPTY[column]:
            reading.blame(
                line.number, column, "channels.contradicts", found=str(said), order=first[KEY]
            )


_EMPTY = {its.name: its.empty for its in SHEET.columns}


def _head(reading: Reading[Row], rows: Rows) -> Draft:
    row = rows[0].row
    money_of = text(row, "currency")
    return Draft(
        channel_id=0,
        source_id=row[KEY],
        number=row[KEY],
        placed_at=row.get("placed_at") or UNTOLD,
        lines=(),
        contact=Contact(**{name: text(row, name) for name in _CONTACT}),
        payment=row.get("payment", Payment.PAID),
        currency=money_of,
        total_minor=minor(row.get("total", NOTHING), money_of),
        service=text(row, "service"),
        carrier=text(row, "carrier"),
        risk=text(row, "risk"),
        note=text(row, "note"),
        gift_note=text(row, "gift_note"),
        promised_on=row.get("promised_on"),
        priority=row.get("priority", 0),
        payload=word_for_word(reading, rows),
    )


_CONTACT = tuple(its.name for its in fields(Contact))


def _lines(rows: Rows) -> tuple[FiledLine, ...]:
    money_of = text(rows[0].row, "currency")
    return tuple(
        FiledLine(
            line.number,
            line.row["sku"],
            line.row["quantity"],
            minor(line.row.get("price", NOTHING), money_of),
            text(line.row, "personalisation"),
        )
        for line in rows
    )
