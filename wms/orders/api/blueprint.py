"""What all of this slice's interface for machines stands on."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Annotated, Any

from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from wms.codes.queries import Kind, resolve
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Body, Line, Number, Words
from wms.kernel.refusal import Fault, Wrong
from wms.orders.rules.drafts import REASON_LIMIT, TEXT_LIMIT
from wms.people.policy import LEADS, Role

api = ApiBlueprint(
    "orders_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="orders", description="Orders, their holds, and where they come from.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "orders:read", "orders:write"
READERS = WRITERS = (*LEADS, Role.MACHINE)

Reason = Annotated[Words, Field(max_length=REASON_LIMIT)]
Note = Annotated[Line, Field(max_length=TEXT_LIMIT)]
Money = Annotated[
    str,
    Field(
        pattern=r"^[0-9]{1,12}(\.[0-9]{1,3})?$",
        description="An amount with a point, as in 12.50; the order says the currency.",
    ),
]
Currency = Annotated[str, Field(pattern="^([A-Z]{3})?$", description="ISO 4217, as in EUR.")]
Country = Annotated[str, Field(pattern="^([A-Z]{2})?$", description="ISO 3166-1, as in DE.")]


class OrderPath(Body):
    """Which order."""

    order_id: Number


class Shown(BaseModel):
    """Something as machines see it."""

    model_config = ConfigDict(from_attributes=True)


def told(shown: BaseModel) -> Any:
    """Return it as JSON takes it, moments in RFC 3339."""
    return shown.model_dump(mode="json")


@contextmanager
def of_one_order() -> Iterator[None]:
    """Raise what is Wrong with the only order by its own fields: a body has no `orders.0.number`."""
    try:
        yield
    except Wrong as no:
        faults = (
            replace(fault, where=fault.where.removeprefix("orders.0.")) for fault in no.faults
        )
        raise type(no)(*faults, **no.values) from None


def item_number(session: Session, code: str, where: str) -> int:
    """Return the item that a SKU or barcode stands for; raises Wrong where none or several do."""
    found = {meaning.target_id for meaning in resolve(session, code) if meaning.kind is Kind.ITEM}
    if len(found) != 1:
        sentence = "orders.several_items" if found else "orders.unknown_item"
        raise Wrong(Fault(where, sentence, {"id": code}))
    return found.pop()
