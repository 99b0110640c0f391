"""Moves that somebody has to do, for machines: ask for one, see how it goes, take it back."""

from datetime import datetime
from typing import Annotated, Any, Self

from flask import Response
from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict, Field, model_validator
from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.queries import place_scanned
from wms.catalog.tables import Lot, Serial
from wms.codes.queries import Kind as CodeKind
from wms.codes.queries import resolve
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import (
    Body,
    CodeText,
    Line,
    Listing,
    Number,
    Quantity,
    ShortWords,
    either,
)
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.services import services
from wms.moving import actions, queries
from wms.moving.queries import Kind, State, Why
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.stock.moves import NONE, StockStatus

api = ApiBlueprint(
    "moving_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="moving", description="Moves that somebody has to do.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "moving:read", "moving:write"

Code = Annotated[ShortWords, Field(max_length=64)]
Reference = Annotated[Line, Field(max_length=80)]


class TaskPath(Body):
    """Which move."""

    move_task_id: Number


class Tasks(Listing):
    """Which moves to list."""

    state: State | None = Field(default=None, description="Only those that stand so.")
    kind: Kind | None = Field(default=None, description="Only of this kind.")
    warehouse_id: Number | None = Field(default=None, description="Only in this warehouse.")
    source_id: Number | None = Field(default=None, description="Only from this place.")
    item_id: Number | None = Field(default=None, description="Only of this item.")
    worker_id: Number | None = Field(default=None, description="Only of this person.")
    fo_id: Number | None = Field(
        default=None, description="Only what this fulfillment order waits for."
    )
    reference: Reference | None = Field(default=None, description="Only for this.")
    open_only: bool = Field(default=False, description="Leave out what is over.")


class NewTask(Body):
    """So many units are to go somewhere. Without a target the house finds one when they are lifted."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "relocate", "source": "A-01", "item": "85123A", "quantity": 2}],
            **either(("source", "source_id"), ("item", "item_id")),
        }
    )

    kind: Kind = Kind.RELOCATE
    source_id: Number | None = None
    source: CodeText | None = Field(default=None, description="Its code, instead of `source_id`.")
    target_id: Number | None = None
    target: CodeText | None = Field(
        default=None, description="Its code; where both are given, `target_id` counts."
    )
    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode, instead of `item_id`.")
    lot: Code | None = Field(default=None, description="The code of a lot that is known.")
    serial: Code | None = Field(default=None, description="Serial number of a single piece.")
    status: StockStatus = StockStatus.AVAILABLE
    quantity: Quantity
    why: Why = Why.ASKED
    reference: Reference = Field(default="", description="What it is for, as people say it.")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for name in ("item", "source"):
            if (getattr(self, name) is None) == (getattr(self, f"{name}_id") is None):
                raise ValueError(f"give either `{name}` or `{name}_id`")
        return self


class TaskShown(BaseModel):
    """A move and how far it is."""

    id: int
    warehouse_id: int
    kind: str
    state: str
    source_id: int
    source: str
    target_id: int | None
    target: str | None
    item_id: int
    sku: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    status: str
    asked: int = Field(description="Units.")
    lifted: int = Field(description="Units that somebody took into their hands.")
    moved: int = Field(description="Units that arrived.")
    why: str
    reference: str
    fo_id: int | None
    worker_id: int | None
    lease_until: datetime | None
    created_at: datetime
    ended_at: datetime | None
    version: int


class TaskPage(BaseModel):
    """Some moves."""

    data: list[TaskShown]
    next_cursor: str | None


@api.get("/move_tasks", summary="List moves to do", responses={200: TaskPage})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def move_tasks(query: Tasks) -> Response:
    """Newest first."""
    said = query.model_dump(exclude={"limit", "cursor"})
    with services().database.read() as session:
        asked = queries.TasksAsked(**said)
        found = queries.tasks(session, asked, limit=query.limit, cursor=query.cursor)
    rows = [_shown(task) for task in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/move_tasks/<int:move_task_id>", summary="One move", responses={200: TaskShown})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def move_task(path: TaskPath) -> Response:
    """What goes where, who does it, how far it is."""
    with services().database.read() as session:
        task = queries.task(session, path.move_task_id)
    return reply(_shown(task), task.version)


@api.post("/move_tasks", summary="Ask for a move", responses={201: TaskShown})
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def ask(body: NewTask) -> Response:
    """Nothing is promised or moved yet; whoever takes it is led there by scan."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        number = actions.ask(
            session,
            kind=body.kind,
            status=body.status,
            quantity=body.quantity,
            why=body.why,
            reference=body.reference,
            **_named(session, body),
            by=by,
            at=at,
        )
        task = queries.task(session, number)
        return created(_shown(task), f"/api/v1/move_tasks/{number}", task.version)

    return perform("moving.ask", do)


@api.post(
    "/move_tasks/<int:move_task_id>/cancel", summary="Take a move back", responses={200: TaskShown}
)
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def cancel(path: TaskPath) -> Response:
    """Refused once the units are in somebody's hands."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.cancel(session, move_task_id=path.move_task_id, expected=expected, by=by, at=at)
        return _after(session, path.move_task_id)

    return perform("moving.cancel", do)


@api.post(
    "/move_tasks/<int:move_task_id>/release",
    summary="Take a move from whoever has it",
    responses={200: TaskShown},
)
@allow(*LEADS, scope=WRITE)
def release(path: TaskPath) -> Response:
    """It waits for somebody else; what was lifted is back where it came from."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.release(session, move_task_id=path.move_task_id, expected=expected, by=by, at=at)
        return _after(session, path.move_task_id)

    return perform("moving.release", do)


def _after(session: Session, move_task_id: int) -> Reply:
    task = queries.task(session, move_task_id)
    return versioned(_shown(task), task.version)


def _named(session: Session, body: NewTask) -> dict[str, Any]:
    """Return the numbers of what a request names by code; raises Wrong by field."""
    item_id = body.item_id or _item(session, body.item or "")
    source_id = body.source_id or _place(session, "source", body.source or "")
    target_id = body.target_id or (body.target and _place(session, "target", body.target)) or None
    return {
        "item_id": item_id,
        "source_id": source_id,
        "target_id": target_id,
        "lot_id": _part(session, "lot", item_id, body.lot),
        "serial_id": _part(session, "serial", item_id, body.serial),
    }


def _item(session: Session, code: str) -> int:
    found = {one.target_id for one in resolve(session, code) if one.kind is CodeKind.ITEM}
    if len(found) != 1:
        raise Wrong(Fault("item", "stock.unknown_item", {"id": code}))
    return found.pop()


def _place(session: Session, field: str, code: str) -> int:
    found = place_scanned(session, code)
    if found is None:
        raise Wrong(Fault(field, "stock.unknown_place", {"id": code}))
    return found


def _part(session: Session, field: str, item_id: int, code: str | None) -> int:
    """Return the lot, or the single piece, of an item by its code."""
    if code is None:
        return NONE
    of = Lot if field == "lot" else Serial
    found = session.scalar(select(of.id).where(of.item_id == item_id, of.code == code))
    if found is None:
        raise Wrong(Fault(field, f"stock.unknown_{field}", {"id": code}))
    return found


def _shown(task: queries.Task) -> dict[str, Any]:
    facts = {name: getattr(task, name) for name in TaskShown.model_fields}
    return TaskShown(**facts).model_dump(mode="json")
