"""Promises, for machines: units that are kept for somebody."""

from datetime import datetime
from typing import Annotated, Self

from flask import Response
from pydantic import AwareDatetime, Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, perform
from wms.kernel.fields import Body, CodeText, Number, Quantity
from wms.kernel.refusal import NotFound, Refusal
from wms.people.policy import allow
from wms.stock import actions
from wms.stock.api import naming
from wms.stock.api.blueprint import LINES, WRITE, WRITERS, Reference, Shown, api, told
from wms.stock.promises import Hardness, IfShort, Line, Outcome, Request
from wms.stock.tables import Allocation


class NothingPromised(Refusal):
    """The warehouse has fewer units of an item than were asked for, and part of it was not wanted."""

    sentence = "stock.nothing_promised"


class AllocationPath(Body):
    """Which promise."""

    allocation_id: Number


class AllocationLine(Body):
    """So many units of one item."""

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
        Reference, Field(min_length=1, description="What it is for, as people say it.")
    ]
    lines: Annotated[list[AllocationLine], Field(min_length=1, max_length=LINES)]
    hardness: Hardness = Hardness.HARD
    expires_at: AwareDatetime | None = Field(
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


class AllocationState(Shown):
    """A promise and how it stands."""

    id: int
    state: str
    item_id: int
    quantity: int
    reference: str


@api.post("/allocations", summary="Promise stock", responses={201: AllocationShown})
@allow(*WRITERS, scope=WRITE)
def promise(body: NewAllocation) -> Response:
    """All lines or none, unless it says otherwise. Nothing is refused that is free, nothing is promised twice."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        outcome = actions.allocate(session, [_request(session, body)], by=by, at=at)[0]
        if outcome.shortages and not outcome.promises:
            short = outcome.shortages[0]
            raise NothingPromised(item_id=short.item_id, quantity=short.quantity, free=short.free)
        return Reply(told(_shown(outcome)), 201)

    return perform("stock.allocate", do)


@api.post(
    "/allocations/<int:allocation_id>/release",
    summary="Give promised units back",
    responses={200: AllocationState},
)
@allow(*WRITERS, scope=WRITE)
def release(path: AllocationPath) -> Response:
    """Refused for a promise that is over."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.release(session, [path.allocation_id], by=by, at=at)
        row = session.scalars(
            select(Allocation)
            .where(Allocation.id == path.allocation_id)
            .execution_options(populate_existing=True)
        ).first()
        if row is None:
            raise NotFound(id=path.allocation_id)
        return Reply(told(AllocationState.model_validate(row)))

    return perform("stock.release", do)


def _request(session: Session, body: NewAllocation) -> Request:
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


def _shown(outcome: Outcome) -> AllocationShown:
    return AllocationShown(
        reference=outcome.request.reference,
        hardness=outcome.request.hardness,
        promises=[PromiseShown.model_validate(promise) for promise in outcome.promises],
        shortages=[ShortageShown.model_validate(short) for short in outcome.shortages],
    )
