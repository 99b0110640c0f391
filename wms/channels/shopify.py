"""Shopify's export of orders: a row for each line; facts of the order stand only in its first row.

The columns come and go with the shop's apps and settings, so they are found by name and unknown ones passed over.
https://help.shopify.com/en/manual/fulfillment/managing-orders/exporting-orders
"""

from collections.abc import Iterator
from datetime import UTC
from enum import StrEnum

from wms.channels.cells import NOTHING, bare, country, currency, minor, moment, money
from wms.channels.filed import Fate, FiledLine, FiledOrder
from wms.channels.grouping import UNTOLD, Row, Rows, text, together, word_for_word
from wms.channels.own import NOTE_LIMIT, Risk
from wms.kernel import sheets
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.sheets import Column, Reading, Sheet
from wms.orders.drafts import Contact, Draft, Payment

CHANNEL = "shopify"
KEY = "Name"


class Financial(StrEnum):
    """How the money stands, in Shopify's words."""

    PENDING = "pending"
    UNPAID = "unpaid"
    AUTHORIZED = "authorized"
    PARTIALLY_PAID = "partially_paid"
    PAID = "paid"
    PARTIALLY_REFUNDED = "partially_refunded"
    REFUNDED = "refunded"
    VOIDED = "voided"
    EXPIRED = "expired"


PAYMENTS = {
    Financial.PENDING: Payment.UNPAID,
    Financial.UNPAID: Payment.UNPAID,
    Financial.AUTHORIZED: Payment.AUTHORIZED,
    Financial.PARTIALLY_PAID: Payment.UNPAID,
    Financial.PAID: Payment.PAID,
    Financial.PARTIALLY_REFUNDED: Payment.PARTLY_REFUNDED,
    Financial.REFUNDED: Payment.REFUNDED,
    Financial.VOIDED: Payment.VOIDED,
    Financial.EXPIRED: Payment.FAILED,
}

GONE = frozenset({"fulfilled", "restocked"})
"""What Shopify says of an order or a line that is not to be sent any more."""

SHEET: Sheet[Row] = Sheet(
    columns=(
        Column(KEY, sheets.code(64), must_be_there=True),
        Column("Lineitem quantity", sheets.whole(0, QUANTITY_LIMIT), must_be_there=True),
        Column("Lineitem name", sheets.text(500), empty=""),
        Column("Lineitem price", money(), empty=NOTHING),
        Column("Lineitem sku", bare(64), empty="", must_be_there=True),
        Column("Lineitem requires shipping", sheets.yes_no(), empty=True),
        Column("Lineitem fulfillment status", sheets.text(40), empty=""),
        Column("Email", sheets.text(254), empty=""),
        Column("Phone", bare(40), empty=""),
        Column("Financial Status", sheets.one_of(Financial)),
        Column("Fulfillment Status", sheets.text(40), empty=""),
        Column("Currency", currency(), empty=""),
        Column("Total", money(), empty=NOTHING),
        Column("Shipping Method", sheets.text(120), empty=""),
        Column("Created at", moment(UTC)),
        Column("Cancelled at", moment(UTC)),
        Column("Shipping Name", sheets.text(120), empty=""),
        Column("Shipping Company", sheets.text(120), empty=""),
        Column("Shipping Street", sheets.text(400), empty=""),
        Column("Shipping Address1", sheets.text(200), empty=""),
        Column("Shipping Address2", sheets.text(200), empty=""),
        Column("Shipping City", sheets.text(120), empty=""),
        Column("Shipping Zip", bare(40), empty=""),
        Column("Shipping Province", sheets.text(120), empty=""),
        Column("Shipping Country", country(), empty=""),
        Column("Shipping Phone", bare(40), empty=""),
        Column("Notes", sheets.prose(NOTE_LIMIT), empty=""),
        Column("Note Attributes", sheets.prose(NOTE_LIMIT), empty=""),
        Column("Risk Level", sheets.one_of(Risk), empty=""),
    ),
    make=dict,
    is_open=True,
)


def orders(reading: Reading[Row]) -> Iterator[FiledOrder]:
    """Yield the orders of an export; blames lines that are to be sent and do not say what they are."""
    for rows in together(reading, KEY):
        lines = [line for line in rows if line.row.get("Lineitem quantity")]
        due = [line for line in lines if _is_due(line.row)]
        for line in due:
            if not text(line.row, "Lineitem sku"):
                reading.blame(
                    line.number,
                    "Lineitem sku",
                    "channels.no_sku",
                    name=text(line.row, "Lineitem name"),
                )
        yield FiledOrder(
            rows[0].number,
            CHANNEL,
            _head(reading, rows),
            _lines(rows[0].row, due),
            _fate(rows[0].row, lines, due),
            len(lines) - len(due),
        )


def _is_due(row: Row) -> bool:
    return row.get("Lineitem requires shipping", True) and (
        text(row, "Lineitem fulfillment status").casefold() not in GONE
    )


def _fate(row: Row, lines: Rows, due: Rows) -> Fate:
    if row.get("Cancelled at"):
        return Fate.CANCELLED
    if text(row, "Fulfillment Status").casefold() in GONE:
        return Fate.SENT
    if row.get("Financial Status") is Financial.REFUNDED:
        return Fate.REFUNDED
    if due:
        return Fate.DUE
    is_shipped = any(line.row.get("Lineitem requires shipping", True) for line in lines)
    return Fate.SENT if is_shipped else Fate.NOTHING


def _head(reading: Reading[Row], rows: Rows) -> Draft:
    row = rows[0].row
    money_of = text(row, "Currency")
    note, gift_note = _notes(row)
    return Draft(
        channel_id=0,
        source_id=row[KEY],
        number=row[KEY],
        placed_at=row.get("Created at") or UNTOLD,
        lines=(),
        contact=_contact(row),
        # Nothing leaves for an order whose file says nothing of its money, until somebody has looked.
        payment=PAYMENTS[row.get("Financial Status") or Financial.UNPAID],
        currency=money_of,
        total_minor=minor(row.get("Total", NOTHING), money_of),
        service=text(row, "Shipping Method"),
        risk=text(row, "Risk Level"),
        note=note,
        gift_note=gift_note,
        payload=word_for_word(reading, rows),
    )


def _contact(row: Row) -> Contact:
    street1, street2 = text(row, "Shipping Address1"), text(row, "Shipping Address2")
    if not street1:
        street1, _, street2 = text(row, "Shipping Street").partition(", ")
    return Contact(
        name=text(row, "Shipping Name"),
        company=text(row, "Shipping Company"),
        email=text(row, "Email"),
        phone=text(row, "Shipping Phone") or text(row, "Phone"),
        street1=street1[:200],
        street2=street2[:200],
        city=text(row, "Shipping City"),
        zip=text(row, "Shipping Zip"),
        province=text(row, "Shipping Province"),
        country=text(row, "Shipping Country"),
    )


def _notes(row: Row) -> tuple[str, str]:
    """Return note and gift note, of what the customer wrote and the cart's own fields, one `name: text` a line."""
    extra = text(row, "Note Attributes").splitlines()
    gift = [said for said in extra if "gift" in said.partition(":")[0].casefold()]
    rest = [said for said in extra if said not in gift]
    note = "\n".join(filter(None, (text(row, "Notes"), *rest)))
    return note[:NOTE_LIMIT], "\n".join(said.partition(":")[2].strip() for said in gift)


def _lines(first: Row, due: Rows) -> tuple[FiledLine, ...]:
    money_of = text(first, "Currency")
    return tuple(
        FiledLine(
            line.number,
            text(line.row, "Lineitem sku"),
            line.row["Lineitem quantity"],
            minor(line.row.get("Lineitem price", NOTHING), money_of),
            name=text(line.row, "Lineitem name"),
        )
        for line in due
    )
