"""What somebody typed of an order: rows of items and quantities, an address, an amount, a day."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from sqlalchemy.orm import Session

from wms.catalog import queries as catalog
from wms.catalog.tables import Item
from wms.codes.queries import Kind, resolve
from wms.kernel.fields import QUANTITY_LIMIT
from wms.kernel.forms import Form
from wms.orders import money
from wms.orders.drafts import Contact
from wms.orders.rules.drafts import CONTACT_LIMITS, TEXT_LIMIT

ROWS = 5
"""Empty rows that a form offers at first."""

ROWS_LIMIT = 200
"""Most rows of one form; larger orders come as files."""

CANDIDATES = 6
"""Most items that a row offers where what was typed fits several."""


@dataclass(frozen=True)
class Row:
    """One line as it was typed."""

    place: int
    item: str
    quantity: int
    price: str = ""
    personalisation: str = ""


@dataclass(frozen=True)
class Found:
    """What a typed item can be: one for certain, or some to choose from."""

    item: Item | None
    candidates: tuple[Item, ...] = ()


def rows(form: Form, sent: Mapping[str, str]) -> list[Row]:
    """Return the rows that say anything."""
    found = []
    for place in range(ROWS_LIMIT):
        if not any(sent.get(f"{name}_{place}", "").strip() for name in ("item", "quantity")):
            continue
        item = form.text(f"item_{place}", longest=255)
        form.text(f"quantity_{place}")
        quantity = form.whole(f"quantity_{place}", least=1, most=QUANTITY_LIMIT) or 0
        wish = form.optional(f"personalisation_{place}", longest=TEXT_LIMIT) or ""
        found.append(Row(place, item, quantity, price(form, f"price_{place}"), wish))
    return found


def row_count(sent: Mapping[str, str]) -> int:
    """Return how many rows the form shows: all that hold something, and some empty ones."""
    used = [n for n in range(ROWS_LIMIT) if sent.get(f"item_{n}", "").strip()]
    return min(max([ROWS, *(n + 4 for n in used)]), ROWS_LIMIT)


def find(session: Session, typed: str) -> Found:
    """Return the item of a SKU or barcode, or the one whose name fits; else those to choose from."""
    typed = typed.strip()
    by_code = {one.target_id for one in resolve(session, typed) if one.kind is Kind.ITEM}
    if len(by_code) == 1:
        return Found(catalog.item(session, by_code.pop()))
    if not typed or not typed.isprintable():
        return Found(None)
    fitting = tuple(session.scalars(catalog.items(q=typed).order_by(Item.sku).limit(CANDIDATES)))
    return Found(fitting[0]) if len(fitting) == 1 else Found(None, fitting)


def item_of(session: Session, form: Form, row: Row) -> int:
    """Return the item of a row; notes on its field what else it could be, or that nobody knows it."""
    found = find(session, row.item)
    if found.item:
        return found.item.id
    field = f"item_{row.place}"
    if found.candidates:
        choices = "; ".join(f"{item.sku} {item.name}" for item in found.candidates)
        form.wrong(field, "orders.which_item", choices=choices)
    else:
        form.wrong(field, "orders.nobody_knows", code=row.item)
    return 0


def price(form: Form, name: str) -> str:
    """Return an amount as it was typed, with a point; notes what is none."""
    typed = (form.optional(name, longest=20) or "").replace(",", ".")
    if typed and not money.AMOUNT.fullmatch(typed):
        form.wrong(name, "orders.no_amount")
        return ""
    return typed


def minor(form: Form, name: str, typed: str, currency: str) -> int:
    """Return an amount in smallest coins; notes where the currency has no such coin."""
    found = money.minor(typed or "0", currency)
    if found is None:
        form.wrong(name, "orders.too_many_places", currency=currency or "–")
    return found or 0


def contact(form: Form) -> Contact:
    """Return who gets it and where."""
    said = {
        name: form.optional(name, longest=limit) or "" for name, limit in CONTACT_LIMITS.items()
    }
    return Contact(**{**said, "country": said["country"].upper()})


def day(form: Form, name: str) -> date | None:
    """Return a day as a browser sends it, or None where nothing was chosen."""
    typed = form.optional(name, longest=10)
    try:
        return date.fromisoformat(typed) if typed else None
    except ValueError:
        form.wrong(name, "orders.no_day")
        return None
