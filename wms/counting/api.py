"""Counts, for machines: ask for one, see what came of it, judge it. Never what is expected while somebody counts."""

from datetime import datetime
from typing import Annotated, Any, Self

from flask import Response
from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy.orm import Session

from wms.bins.queries import place_scanned
from wms.counting import actions, queries
from wms.counting.queries import Cause, State
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, CodeText, Line, Listing, Number, Words, either
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.services import services
from wms.people.policy import LEADS, Role, allow

api = ApiBlueprint(
    "counting_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="counting", description="Counts of what really lies in a place.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "counting:read", "counting:write"

Reference = Annotated[Line, Field(max_length=80)]


class CountPath(Body):
    """Which count."""

    count_task_id: Number


class Counts(Listing):
    """Which counts to list."""

    state: State | None = Field(default=None, description="Only those that stand so.")
    cause: Cause | None = Field(default=None, description="Only for this cause.")
    warehouse_id: Number | None = Field(default=None, description="Only in this warehouse.")
    location_id: Number | None = Field(default=None, description="Only of this place.")
    worker_id: Number | None = Field(default=None, description="Only of this person.")
    reference: Reference | None = Field(default=None, description="Only for this.")
    open_only: bool = Field(default=False, description="Leave out what is over.")


class NewCount(Body):
    """A place that somebody should count. Where a count of it is open, that one stands for this one too."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"location": "A-01"}],
            **either(("location", "location_id")),
        }
    )

    location_id: Number | None = None
    location: CodeText | None = Field(
        default=None, description="Its code, instead of `location_id`."
    )
    reference: Reference = Field(default="", description="What it is for, as people say it.")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if (self.location is None) == (self.location_id is None):
            raise ValueError("give either `location` or `location_id`")
        return self


class Reason(Body):
    """Why."""

    reason: Annotated[Words, Field(max_length=400)]


class LineShown(BaseModel):
    """How many units of one thing were counted in one round, and what the book said when it was handed in."""

    round: int
    item_id: int
    sku: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    counted: int
    expected: int | None
    counted_by: int
    counted_at: datetime


class CountShown(BaseModel):
    """A count and how far it is."""

    id: int
    warehouse_id: int
    location_id: int
    location: str
    state: str
    cause: str
    round: int
    reference: str
    asked_by: int = Field(description="0 is the house itself.")
    worker_id: int | None
    created_at: datetime
    counted_at: datetime | None
    ended_at: datetime | None
    outcome: str
    version: int


class CountWhole(CountShown):
    """A count with what was counted, the last round first. Of a round that is under way nothing is told."""

    lines: list[LineShown]


class CountPage(BaseModel):
    """Some counts."""

    data: list[CountShown]
    next_cursor: str | None


@api.get("/count_tasks", summary="List counts", responses={200: CountPage})
@allow(*LEADS, Role.MACHINE, scope=READ)
def count_tasks(query: Counts) -> Response:
    """Newest first."""
    said = query.model_dump(exclude={"limit", "cursor"})
    with services().database.read() as session:
        asked = queries.CountsAsked(**said)
        found = queries.counts(session, asked, limit=query.limit, cursor=query.cursor)
    rows = [_shown(count, CountShown) for count in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/count_tasks/<int:count_task_id>", summary="One count", responses={200: CountWhole})
@allow(*LEADS, Role.MACHINE, scope=READ)
def count_task(path: CountPath) -> Response:
    """Where, why, who, and what was counted in each round that was handed in."""
    with services().database.read() as session:
        body, version = _whole(session, path.count_task_id)
    return reply(body, version)


@api.post("/count_tasks", summary="Ask for a count", responses={201: CountWhole})
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def ask(body: NewCount) -> Response:
    """Whoever takes it is led to the place and is not shown what the book says."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        number = actions.ask(
            session,
            location_id=body.location_id or _place(session, body.location or ""),
            cause=Cause.ASKED,
            reference=body.reference,
            by=by,
            at=at,
        )
        whole, version = _whole(session, number)
        return created(whole, f"/api/v1/count_tasks/{number}", version)

    return perform("counting.ask", do)


@api.post(
    "/count_tasks/<int:count_task_id>/accept",
    summary="Let a count stand",
    responses={200: CountWhole},
)
@allow(*LEADS, scope=WRITE)
def accept(path: CountPath, body: Reason) -> Response:
    """The book is made to say what was counted last."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.accept(
            session,
            count_id=path.count_task_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(*_whole(session, path.count_task_id))

    return perform("counting.accept", do)


@api.post(
    "/count_tasks/<int:count_task_id>/recount",
    summary="Let somebody else count again",
    responses={200: CountWhole},
)
@allow(*LEADS, scope=WRITE)
def recount(path: CountPath) -> Response:
    """Whoever counted last does not count this round."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.recount(session, count_id=path.count_task_id, expected=expected, by=by, at=at)
        return versioned(*_whole(session, path.count_task_id))

    return perform("counting.recount", do)


@api.post(
    "/count_tasks/<int:count_task_id>/cancel",
    summary="Take a count back",
    responses={200: CountWhole},
)
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def cancel(path: CountPath, body: Reason) -> Response:
    """Refused while somebody counts."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.cancel(
            session,
            count_id=path.count_task_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(*_whole(session, path.count_task_id))

    return perform("counting.cancel", do)


def _place(session: Session, code: str) -> int:
    found = place_scanned(session, code)
    if found is None:
        raise Wrong(Fault("location", "stock.unknown_place", {"id": code}))
    return found


def _whole(session: Session, count_id: int) -> tuple[dict[str, Any], int]:
    count = queries.count(session, count_id)
    told = [_shown(line, LineShown) for line in queries.handed_in(session, count)]
    return _shown(count, CountShown) | {"lines": told}, count.version


def _shown(row: object, shape: type[BaseModel]) -> dict[str, Any]:
    facts = {name: getattr(row, name) for name in shape.model_fields}
    return shape(**facts).model_dump(mode="json")
