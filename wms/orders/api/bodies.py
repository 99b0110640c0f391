"""What machines say of an order: who gets it, what was bought, and how its money stands."""

from datetime import date
from typing import Annotated, Self

from pydantic import AwareDatetime, ConfigDict, Field, model_validator
from sqlalchemy.orm import Session

from wms.kernel.fields import Body, CodeText, Line, Number, Quantity, Words, either
from wms.kernel.refusal import Fault, Wrong
from wms.orders import money
from wms.orders.actions import LineEdit
from wms.orders.api.blueprint import Country, Currency, Money, Note, item_number
from wms.orders.drafts import Contact, Draft, DraftLine, Payment
from wms.orders.rules.drafts import CONTACT_LIMITS, LIMITS, LINES_LIMIT, PRIORITY_LIMIT


class Address(Body):
    """Who gets it and where."""

    name: Annotated[Line, Field(max_length=CONTACT_LIMITS["name"])] = ""
    company: Annotated[Line, Field(max_length=CONTACT_LIMITS["company"])] = ""
    email: Annotated[Line, Field(max_length=CONTACT_LIMITS["email"])] = ""
    phone: Annotated[Line, Field(max_length=CONTACT_LIMITS["phone"])] = ""
    street1: Annotated[Line, Field(max_length=CONTACT_LIMITS["street1"])] = ""
    street2: Annotated[Line, Field(max_length=CONTACT_LIMITS["street2"])] = ""
    city: Annotated[Line, Field(max_length=CONTACT_LIMITS["city"])] = ""
    zip: Annotated[Line, Field(max_length=CONTACT_LIMITS["zip"])] = ""
    province: Annotated[Line, Field(max_length=CONTACT_LIMITS["province"])] = ""
    country: Country = ""


class Units(Body):
    """So many units of one product, by number or by any code on it."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"item": "85123A", "quantity": 2, "price": "2.55"}],
            **either(("item", "item_id")),
        }
    )

    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode, instead of `item_id`.")
    quantity: Quantity

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if (self.item is None) == (self.item_id is None):
            raise ValueError("give either `item` or `item_id`")
        return self


class BoughtLine(Units):
    """What was bought, at what price a unit."""

    price: Money = "0"
    personalisation: Note = Field(default="", description="What the customer wants on it.")


class ChangedLine(Units):
    """How a line shall be; without `line` it is a new one. Price and wish that are left out stay."""

    line: Number | None = Field(default=None, description="Number of a line that is there.")
    price: Money | None = None
    personalisation: Note | None = None


class NewOrder(Body):
    """An order as its channel tells it. The same `source_id` of the same channel is the same order, told again."""

    channel_id: Number
    source_id: Annotated[Words, Field(max_length=LIMITS["source_id"])]
    number: Annotated[Words, Field(max_length=LIMITS["number"], description="As people say it.")]
    placed_at: AwareDatetime
    lines: Annotated[list[BoughtLine], Field(min_length=1, max_length=LINES_LIMIT)]
    ship_to: Address
    payment: Payment = Payment.PAID
    currency: Currency = ""
    total: Money = "0"
    service: Annotated[Line, Field(max_length=LIMITS["service"])] = Field(
        default="", description="The shipping method that the customer chose."
    )
    carrier: Annotated[Line, Field(max_length=LIMITS["carrier"])] = ""
    risk: Annotated[Line, Field(max_length=LIMITS["risk"])] = Field(
        default="", description="`high` stops the order, `medium` asks for a look before release."
    )
    note: Note = ""
    gift_note: Note = ""
    promised_on: date | None = Field(default=None, description="The day it was promised for.")
    priority: Annotated[int, Field(ge=-PRIORITY_LIMIT, le=PRIORITY_LIMIT)] = 0


def draft_of(session: Session, body: NewOrder) -> Draft:
    """Return the order as the house takes it in; raises Wrong for what nobody knows or can pay."""
    return Draft(
        channel_id=body.channel_id,
        source_id=body.source_id,
        number=body.number,
        placed_at=body.placed_at,
        lines=tuple(
            DraftLine(
                _item(session, line, number),
                line.quantity,
                _minor(line.price, body.currency, f"lines.{number}.price"),
                line.personalisation,
            )
            for number, line in enumerate(body.lines)
        ),
        contact=contact_of(body.ship_to),
        payment=body.payment,
        currency=body.currency,
        total_minor=_minor(body.total, body.currency, "total"),
        service=body.service,
        carrier=body.carrier,
        risk=body.risk,
        note=body.note,
        gift_note=body.gift_note,
        promised_on=body.promised_on,
        priority=body.priority,
        payload=body.model_dump(mode="json"),
    )


def contact_of(body: Address) -> Contact:
    """Return an address as the house takes it."""
    return Contact(**body.model_dump())


def edits_of(session: Session, lines: list[ChangedLine], currency: str) -> list[LineEdit]:
    """Return lines as they shall be; raises Wrong for what nobody knows or can pay."""
    return [
        LineEdit(
            line.line,
            _item(session, line, number),
            line.quantity,
            _minor(line.price, currency, f"lines.{number}.price") if line.price else None,
            line.personalisation,
        )
        for number, line in enumerate(lines)
    ]


def _item(session: Session, line: Units, number: int) -> int:
    return line.item_id or item_number(session, line.item or "", f"lines.{number}.item")


def _minor(text: str, currency: str, where: str) -> int:
    found = money.minor(text, currency)
    if found is None:
        raise Wrong(Fault(where, "orders.too_many_places", {"currency": currency or "–"}))
    return found
