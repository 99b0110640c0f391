"""Promising stock, for machines: units are kept for somebody."""

from datetime import datetime
from typing import Annotated, Self

from flask import Response
from pydantic import ConfigDict, Field, model_validator
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, perform
from wms.kernel.fields import Body, CodeText, Number, Quantity, Words, either
from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.people.policy import allow
from wms.stock import actions
from wms.stock.api import naming
from wms.stock.api.blueprint import (
    LINES,
    WRITE,
    WRITERS,
    Moment,
    Shown,
    api,
    told,
)
from wms.stock.promises import Hardness, IfShort, Line, Outcome, Request


class NothingPromised(Refusal):
    """The warehouse has fewer units of an item than were asked for, and part of it was not wanted."""

    sentence = "stock.nothing_promised"


class AllocationLine(Body):
    """So many units of one item."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"item": "85123A", "quantity": 2}],
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


class NewAllocation(Body):
    """What is to be kept, for what, and how firmly: soft of an item for a while, hard of units in a bin."""

    warehouse_id: Number
    reference: Annotated[
        Words, Field(max_length=80, description="What it is for, as people say it.")
    ]
    lines: Annotated[list[AllocationLine], Field(min_length=1, max_length=LINES)]
    hardness: Hardness = Hardness.HARD
    expires_at: Moment | None = Field(
        default=None, description="When a soft promise ends by itself."
    )
    if_short: IfShort = Field(
        default=IfShort.REFUSE, description="All or nothing, or what there is."
    )


class PromiseShown(Shown):
    """Units that are kept; a hard promise names the balance they lie in."""

    allocation_id: int
    item_id: int
    quantity: int
    balance_id: int | None


class ShortageShown(Shown):
    """Units that were asked for and not free."""

    item_id: int
    quantity: int
    free: int


class AllocationShown(Shown):
    """What came of it."""

    reference: str
    hardness: Hardness
    promises: list[PromiseShown]
    shortages: list[ShortageShown]


@api.post("/allocations", summary="Promise stock", responses={201: AllocationShown})
@allow(*WRITERS, scope=WRITE)
def promise(body: NewAllocation) -> Response:
    """All lines or none, unless it says otherwise. Nothing is refused that is free, nothing is promised twice."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        [outcome] = actions.allocate(session, [_request(session, body, at)], by=by, at=at)
        if not outcome.promises:
            raise _refused(session, outcome)
        first = outcome.promises[0].allocation_id
        return created(told(shown(outcome)), f"/api/v1/allocations/{first}")

    return perform("stock.allocate", do)


def _request(session: Session, body: NewAllocation, at: datetime) -> Request:
    is_soft, ends = body.hardness is Hardness.SOFT, body.expires_at
    if is_soft and (ends is None or ends <= at):
        raise Wrong(Fault("expires_at", "stock.soft_must_end"))
    if not is_soft and ends is not None:
        raise Wrong(Fault("expires_at", "stock.hard_never_ends"))
    naming.known_warehouse(session, body.warehouse_id)
    lines = tuple(
        Line(
            line.item_id or naming.item_number(session, line.item or "", f"lines.{number}.item"),
            line.quantity,
        )
        for number, line in enumerate(body.lines)
    )
    return Request(
        body.reference, body.warehouse_id, lines, body.hardness, body.expires_at, body.if_short
    )


def _refused(session: Session, outcome: Outcome) -> Refusal:
    """Return why nothing was promised, with a fault by each line that is short or that nobody knows."""
    skus = naming.skus(session, [line.item_id for line in outcome.request.lines])
    short = {one.item_id: one for one in outcome.shortages}
    faults = []
    for number, line in enumerate(outcome.request.lines):
        where = f"lines.{number}"
        if line.item_id not in skus:
            faults.append(Fault(f"{where}.item_id", "stock.unknown_item", {"id": line.item_id}))
        elif one := short.get(line.item_id):
            values = {"sku": skus[line.item_id], "quantity": one.quantity, "free": one.free}
            faults.append(Fault(where, "stock.nothing_promised", values))
    unknown = [fault for fault in faults if fault.sentence == "stock.unknown_item"]
    return Wrong(*unknown) if unknown else NothingPromised(*faults, **faults[0].values)


def shown(outcome: Outcome) -> AllocationShown:
    """Return what came of a request as machines see it."""
    return AllocationShown(
        reference=outcome.request.reference,
        hardness=outcome.request.hardness,
        promises=[PromiseShown.model_validate(promise) for promise in outcome.promises],
        shortages=[ShortageShown.model_validate(short) for short in outcome.shortages],
    )
