"""Returns, for machines: announce one, see what came of it, call it off."""

from collections.abc import Sequence
from datetime import datetime
from typing import Annotated, Any

from flask import Response
from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict, Field
from sqlalchemy.orm import Session

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Line, Listing, Number, Quantity
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, Role, allow
from wms.returns import actions, queries
from wms.returns.actions import Advised
from wms.returns.queries import State

api = ApiBlueprint(
    "returns_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="returns", description="Goods that customers send back.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "returns:read", "returns:write"

LINES_LIMIT = 500
"""Most lines of one return: an order seldom has more."""

Text = Annotated[Line, Field(max_length=400)]


class ReturnPath(Body):
    """Which return."""

    return_id: Number


class Returns(Listing):
    """Which returns to list."""

    state: State | None = Field(default=None, description="Only those whose goods are there.")
    number: Annotated[Line, Field(max_length=40)] | None = Field(
        default=None, description="Exactly this number."
    )
    order_id: Number | None = Field(default=None, description="Only of this order.")
    warehouse_id: Number | None = Field(default=None, description="Only in this warehouse.")
    blind: bool | None = Field(
        default=None, description="Only those of which nobody knew, or only the others."
    )
    open_only: bool = Field(default=False, description="Leave out what is over.")


class AdvisedLine(Body):
    """So many units of one line of the order; of a kit, so many whole kits."""

    order_line_id: Number
    quantity: Quantity


class NewReturn(Body):
    """What comes back of an order. No more than left the house and is not back or announced."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"order_id": 7, "lines": [{"order_line_id": 12, "quantity": 1}]}]
        }
    )

    order_id: Number
    lines: Annotated[list[AdvisedLine], Field(min_length=1, max_length=LINES_LIMIT)]
    reason: Text = Field(default="", description="What the customer says.")


class CallOff(Body):
    """Why it does not come after all."""

    reason: Text = ""


class LineShown(BaseModel):
    """One line of a return, in units."""

    id: int
    order_line_id: int | None = Field(description="None where nobody knows the order.")
    item_id: int
    sku: str
    advised: int = Field(description="Announced.")
    arrived: int
    restocked: int = Field(description="Like new: on their way to a shelf, or there.")
    quarantined: int = Field(description="Set aside.")
    scrapped: int


class ReturnShown(BaseModel):
    """A return and what came of it."""

    id: int
    number: str
    state: State
    warehouse_id: int
    order_id: int | None
    reason: str
    parcel_code: str = Field(description="What was scanned on the parcel.")
    station_id: int | None
    worker_id: int | None = Field(description="Who looks at it now.")
    lines: list[LineShown]
    created_at: datetime
    arrived_at: datetime | None
    ended_at: datetime | None
    version: int


class ReturnPage(BaseModel):
    """Some returns."""

    data: list[ReturnShown]
    next_cursor: str | None


@api.get("/returns", summary="List returns", responses={200: ReturnPage})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def returns(query: Returns) -> Response:
    """Newest first."""
    said = query.model_dump(exclude={"limit", "cursor"})
    with services().database.read() as session:
        asked = queries.ReturnsAsked(**said)
        found = queries.returns(session, asked, limit=query.limit, cursor=query.cursor)
        data = _shown(session, found.rows)
    return reply({"data": data, "next_cursor": found.next_cursor})


@api.get("/returns/<int:return_id>", summary="One return", responses={200: ReturnShown})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def one_return(path: ReturnPath) -> Response:
    """What was announced, what came, and what became of it."""
    with services().database.read() as session:
        one = queries.one(session, path.return_id)
        [shown] = _shown(session, [one])
    return reply(shown, one.version)


@api.post("/returns", summary="Announce a return", responses={201: ReturnShown})
@allow(*LEADS, Role.RETURNS, Role.MACHINE, scope=WRITE)
def announce(body: NewReturn) -> Response:
    """Nothing is moved before the parcel is here; its label carries `WXR` and the number."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        row = actions.announce(
            session,
            order_id=body.order_id,
            lines=[Advised(line.order_line_id, line.quantity) for line in body.lines],
            reason=body.reason,
            by=by,
            at=at,
        )
        [shown] = _shown(session, [queries.one(session, row.id)])
        return created(shown, f"/api/v1/returns/{row.id}", row.version)

    return perform("returns.announce", do)


@api.post(
    "/returns/<int:return_id>/cancel", summary="Call a return off", responses={200: ReturnShown}
)
@allow(*LEADS, Role.RETURNS, Role.MACHINE, scope=WRITE)
def cancel(path: ReturnPath, body: CallOff) -> Response:
    """Refused once its parcel is here."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.cancel(
            session,
            return_id=path.return_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        one = queries.one(session, path.return_id)
        [shown] = _shown(session, [one])
        return versioned(shown, one.version)

    return perform("returns.cancel", do)


def _shown(session: Session, found: Sequence[queries.Shown]) -> list[dict[str, Any]]:
    of = queries.lines(session, [one.id for one in found])
    return [
        ReturnShown(
            **{name: getattr(one, name) for name in ReturnShown.model_fields if name != "lines"},
            lines=[
                LineShown(**{name: getattr(line, name) for name in LineShown.model_fields})
                for line in of
                if line.return_id == one.id
            ],
        ).model_dump(mode="json")
        for one in found
    ]
