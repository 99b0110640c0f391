"""Whether what a channel tells us can be kept: texts that fit, numbers within reason, at least one line."""

from collections.abc import Iterator, Sequence

from wms.kernel.fields import QUANTITY_LIMIT, printable
from wms.kernel.paging import NUMBER_LIMIT
from wms.kernel.refusal import Fault
from wms.orders.drafts import Contact, Draft, DraftLine, Payment

LINES_LIMIT = 1_000
"""Most lines of one order: what one transaction should hold the house up for."""

TEXT_LIMIT = 4_000
"""Longest note or personal wish."""

REASON_LIMIT = 400
"""Longest reason for a hold, its end or a cancellation, as long as their columns."""

MONEY_LIMIT = NUMBER_LIMIT

PRIORITY_LIMIT = 1_000

LIMITS = {
    "source_id": 120,
    "number": 64,
    "currency": 3,
    "service": 120,
    "carrier": 40,
    "risk": 40,
    "note": TEXT_LIMIT,
    "gift_note": TEXT_LIMIT,
}
"""By text of an order, the most signs that are kept of it."""

CONTACT_LIMITS = {
    "name": 120,
    "company": 120,
    "email": 254,
    "phone": 40,
    "street1": 200,
    "street2": 200,
    "city": 120,
    "zip": 40,
    "province": 120,
    "country": 2,
}
"""By text of a contact, the most signs that are kept of it."""

MANY_LINED = frozenset({"note", "gift_note"})

PAYMENTS = frozenset(Payment)

YEARS = range(1990, 2200)
"""Moments beyond them are slips, and at the ends of the calendar no clock can be set forward or back."""


def draft_faults(draft: Draft) -> Iterator[Fault]:
    """Yield what of an order cannot be kept, each under its field."""
    for name in ("source_id", "number"):
        if not getattr(draft, name):
            yield Fault(name, "orders.text_missing")
    for name, limit in LIMITS.items():
        yield from text_faults(name, getattr(draft, name), limit)
    if draft.payment not in PAYMENTS:
        yield Fault("payment", "orders.unknown_payment", {"payment": draft.payment})
    if draft.placed_at.year not in YEARS:
        yield Fault("placed_at", "orders.no_such_year", {"from": YEARS.start, "to": YEARS.stop - 1})
    if draft.promised_on and draft.promised_on.year not in YEARS:
        yield Fault(
            "promised_on", "orders.no_such_year", {"from": YEARS.start, "to": YEARS.stop - 1}
        )
    if not 0 <= draft.total_minor <= MONEY_LIMIT:
        yield Fault("total", "orders.money_out_of_range")
    if abs(draft.priority) > PRIORITY_LIMIT:
        yield Fault("priority", "orders.priority_out_of_range", {"limit": PRIORITY_LIMIT})
    yield from contact_faults(draft.contact)
    yield from lines_faults(draft.lines)


def contact_faults(contact: Contact) -> Iterator[Fault]:
    """Yield what of an address cannot be kept."""
    for name, limit in CONTACT_LIMITS.items():
        yield from text_faults(name, getattr(contact, name), limit)


def lines_faults(lines: Sequence[DraftLine]) -> Iterator[Fault]:
    """Yield what of the lines cannot be kept."""
    if not lines:
        yield Fault("lines", "orders.no_lines")
    if len(lines) > LINES_LIMIT:
        yield Fault("lines", "orders.too_many_lines", {"limit": LINES_LIMIT})
    for number, line in enumerate(lines):
        if not 1 <= line.quantity <= QUANTITY_LIMIT:
            yield Fault(
                f"lines.{number}.quantity", "orders.no_such_quantity", {"limit": QUANTITY_LIMIT}
            )
        if not 0 <= line.price_minor <= MONEY_LIMIT:
            yield Fault(f"lines.{number}.price", "orders.money_out_of_range")
        if line.personalisation:
            where = f"lines.{number}.personalisation"
            yield from text_faults(where, line.personalisation, TEXT_LIMIT)


def text_faults(name: str, text: str, limit: int) -> Iterator[Fault]:
    """Yield why a text cannot be kept or printed."""
    if len(text) > limit:
        yield Fault(name, "orders.text_too_long", {"limit": limit})
    # The first question is answered in C, and for nearly every text it is enough.
    if text.isprintable() or _can_be_kept(name, text):
        return
    yield Fault(name, "orders.text_unprintable")


def _can_be_kept(name: str, text: str) -> bool:
    if name.rsplit(".", 1)[-1] in MANY_LINED | {"personalisation"}:
        text = text.replace("\n", " ").replace("\r", " ").replace("\t", " ")
    try:
        printable(text)
    except ValueError:
        return False
    return True
