"""Corrections, for machines: counts, finds, losses, scrap, conditions, and the end of an empty place."""

from collections.abc import Callable
from datetime import datetime
from functools import partial
from typing import Annotated, Literal, Self

from flask import Response
from pydantic import ConfigDict, Field, model_validator
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform
from wms.kernel.fields import QUANTITY_LIMIT, Body, CodeText, Number, Quantity, either
from wms.people.policy import allow
from wms.stock import actions, queries
from wms.stock.api import naming
from wms.stock.api.blueprint import WRITE, WRITERS, Code, Note, Reference, api, told
from wms.stock.api.history import MoveShown, PlacePath
from wms.stock.moves import Pile, Promises, Reason, StockStatus
from wms.stock.pointing import pointing_at

BREAK = (
    "`break` ends promises that stand in the way, the newest first, and tells whom they were for."
)


FIELDS = {
    "item_id": "item",
    "lot_id": "lot",
    "serial_id": "serial",
    "source_id": "location",
    "target_id": "status_to",
}
"""By the ledger's names, the fields of a body."""


PILE = (("item", "item_id"), ("location", "location_id"))


class PileNamed(Body):
    """Units of one thing in one place, in one condition. Item and place by number or by any code on them."""

    model_config = ConfigDict(json_schema_extra=either(*PILE))

    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode, instead of `item_id`.")
    location_id: Number | None = None
    location: CodeText | None = Field(default=None, description="Code, instead of `location_id`.")
    lot: Code | None = Field(default=None, description="Lot code.")
    serial: Code | None = Field(default=None, description="Serial number.")
    status: StockStatus = StockStatus.AVAILABLE

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for name in ("item", "location"):
            if (getattr(self, name) is None) == (getattr(self, f"{name}_id") is None):
                raise ValueError(f"give either `{name}` or `{name}_id`")
        return self


class NewAdjustment(PileNamed):
    """What the floor proved: how many more or fewer there are, or how many were counted."""

    model_config = ConfigDict(
        json_schema_extra=either(*PILE, ("difference", "counted"))
        | {"anyOf": [{"required": ["difference"]}, {"properties": {"reason": {"const": "count"}}}]}
    )

    difference: Annotated[int, Field(ge=-QUANTITY_LIMIT, le=QUANTITY_LIMIT)] | None = Field(
        default=None, description="How many more; below zero, how many fewer."
    )
    counted: Annotated[int, Field(ge=0, le=QUANTITY_LIMIT)] | None = Field(
        default=None, description="How many there are; the reason is then `count`."
    )
    reason: Literal[Reason.COUNT, Reason.FOUND, Reason.LOST, Reason.SCRAP, Reason.ADJUST] = Field(
        default=Reason.COUNT, description="`adjust` wants a note."
    )
    reference: Reference = Field(default="", description="What it is for, as people say it.")
    note: Note = ""
    promises: Promises = Field(default=Promises.KEEP, description=BREAK)

    @model_validator(mode="after")
    def _said_once(self) -> Self:
        if (self.difference is None) == (self.counted is None):
            raise ValueError("give either `difference` or `counted`")
        if self.counted is not None and self.reason is not Reason.COUNT:
            raise ValueError("what was counted has the reason `count`")
        return self


class NewCondition(PileNamed):
    """Units that are in another condition from now on."""

    quantity: Quantity
    status_to: StockStatus
    reference: Reference = Field(default="", description="What it is for, as people say it.")
    note: Note = ""
    promises: Promises = Field(default=Promises.KEEP, description=BREAK)


@api.post("/adjustments", summary="Correct stock", responses={201: MoveShown, 204: None})
@allow(*WRITERS, scope=WRITE)
def adjust(body: NewAdjustment) -> Response:
    """Answers with the move that made the book agree; 204 where a count found it right."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        with pointing_at(FIELDS):
            number = _book(session, body, by, at)
        return Reply(None, 204) if number is None else _told(session, number)

    return perform("stock.adjust", do)


@api.post("/status_changes", summary="Change the condition", responses={201: MoveShown})
@allow(*WRITERS, scope=WRITE)
def change_status(body: NewCondition) -> Response:
    """Set units aside where they lie, or take them back into sale. Only available ones can be promised.

    Goods that a customer sends back are graded on their return, not here.
    """

    def do(session: Session, by: int, at: datetime) -> Reply:
        with pointing_at(FIELDS):
            number = actions.change_status(
                session,
                pile=_pile(session, body),
                quantity=body.quantity,
                status=body.status_to,
                note=body.note,
                reference=body.reference,
                promises=body.promises,
                by=by,
                at=at,
            )
        return _told(session, number)

    return perform("stock.change_status", do)


@api.post(
    "/locations/<int:location_id>/archive", summary="Stop using a place", responses={204: None}
)
@allow(*WRITERS, scope=WRITE)
def close_place(path: PlacePath) -> Response:
    """Refused while it holds something. Honors If-Match."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.close_place(session, location_id=path.location_id, version=version, by=by, at=at)
        return Reply(None, 204)

    return perform("stock.close_place", do)


def _book(session: Session, body: NewAdjustment, by: int, at: datetime) -> int | None:
    book: Callable[..., int | None]
    if body.counted is not None:
        book = partial(actions.count, counted=body.counted)
    else:
        book = partial(actions.adjust, difference=body.difference or 0, reason=body.reason)
    return book(
        session,
        pile=_pile(session, body),
        note=body.note,
        reference=body.reference,
        promises=body.promises,
        by=by,
        at=at,
    )


def _pile(session: Session, body: PileNamed) -> Pile:
    item_id = body.item_id or naming.item_number(session, body.item or "", "item")
    place_id = body.location_id or naming.place_number(session, body.location or "", "location")
    return Pile(
        place_id,
        item_id,
        naming.lot_number(session, item_id, body.lot),
        naming.serial_number(session, item_id, body.serial),
        body.status,
    )


def _told(session: Session, number: int) -> Reply:
    shown = MoveShown.model_validate(queries.move(session, number))
    return created(told(shown), f"/api/v1/stock_moves/{number}")
