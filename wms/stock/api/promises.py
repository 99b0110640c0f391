"""Promises, for machines: who was promised what, and how it ends."""

from datetime import datetime

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, perform, reply
from wms.kernel.fields import Body, CodeText, Listing, Number
from wms.kernel.services import services
from wms.people.policy import allow
from wms.stock import actions, queries
from wms.stock.api import naming
from wms.stock.api.allocations import AllocationShown, shown
from wms.stock.api.blueprint import READ, READERS, WRITE, WRITERS, Reference, Shown, api, told
from wms.stock.lifecycle import AllocationState
from wms.stock.promises import Hardness


class AllocationPath(Body):
    """Which promise."""

    allocation_id: Number


class Allocations(Listing):
    """Which promises to list, the newest first."""

    warehouse_id: Number | None = None
    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode.")
    state: AllocationState | None = None
    reference: Reference | None = None


class PromisedShown(Shown):
    """A promise and how it stands. `quantity - consumed` of an open one are still kept."""

    id: int
    state: AllocationState
    hardness: Hardness
    owner_id: int
    warehouse_id: int
    item_id: int
    sku: str
    balance_id: int | None
    location_id: int | None
    location: str | None
    quantity: int
    consumed: int
    reference: str
    allocated_at: datetime
    expires_at: datetime | None
    ended_at: datetime | None


class PromisedPage(Shown):
    """Some promises."""

    data: list[PromisedShown]
    next_cursor: str | None


@api.get("/allocations", summary="List promises", responses={200: PromisedPage})
@allow(*READERS, scope=READ)
def promises(query: Allocations) -> Response:
    """The newest first, those that are over included."""
    with services().database.read() as session:
        asked = queries.PromisedAsked(
            warehouse_id=query.warehouse_id,
            item_id=naming.item_asked(session, query.item_id, query.item),
            state=query.state,
            reference=query.reference,
        )
        found = queries.promised(session, asked, limit=query.limit, cursor=query.cursor)
    return reply(told(PromisedPage(data=found.rows, next_cursor=found.next_cursor)))


@api.get("/allocations/<int:allocation_id>", summary="One promise", responses={200: PromisedShown})
@allow(*READERS, scope=READ)
def one_promise(path: AllocationPath) -> Response:
    """A promise and how it stands."""
    with services().database.read() as session:
        return reply(told(_now(session, path.allocation_id)))


@api.post(
    "/allocations/<int:allocation_id>/release",
    summary="Give promised units back",
    responses={200: PromisedShown},
)
@allow(*WRITERS, scope=WRITE)
def release(path: AllocationPath) -> Response:
    """Refused for a promise that is over."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.release(session, [path.allocation_id], by=by, at=at)
        return Reply(told(_now(session, path.allocation_id)))

    return perform("stock.release", do)


@api.post(
    "/allocations/<int:allocation_id>/promote",
    summary="Give promised units their bins",
    responses={200: AllocationShown},
)
@allow(*WRITERS, scope=WRITE)
def promote(path: AllocationPath) -> Response:
    """Turn a soft promise hard; one that needs two bins becomes two. Refused for one that is not soft any more."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        [outcome] = actions.promote(session, [path.allocation_id], by=by, at=at)
        return Reply(told(shown(outcome)))

    return perform("stock.promote", do)


def _now(session: Session, allocation_id: int) -> PromisedShown:
    return PromisedShown.model_validate(queries.promise(session, allocation_id))
