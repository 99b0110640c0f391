"""The ledger, for machines: what moved, taking it back, and what was where when."""

from datetime import date, datetime
from uuid import UUID

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.kernel.edge import Reply, created, perform, reply
from wms.kernel.fields import Body, CodeText, Listing, Number
from wms.kernel.services import services
from wms.people.policy import allow
from wms.stock import actions, queries
from wms.stock.api import naming
from wms.stock.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    Moment,
    Note,
    Reference,
    Shown,
    api,
    told,
)
from wms.stock.moves import Reason, StockStatus


class MovePath(Body):
    """Which move."""

    move_id: Number


class PlacePath(Body):
    """Which place."""

    location_id: Number


class Moves(Listing):
    """Which moves to list, the last recorded first. Items and places by number or by any code on them."""

    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode.")
    location_id: Number | None = Field(default=None, description="Where they left or arrived.")
    location: CodeText | None = Field(default=None, description="The same by the place's code.")
    actor_id: Number | None = None
    reason: Reason | None = None
    reference: Reference | None = None
    command_uid: UUID | None = Field(default=None, description="All moves of one act.")
    since: Moment | None = Field(default=None, description="By when they happened.")
    until: Moment | None = None


class Undo(Body):
    """Why a move is taken back."""

    note: Note = ""


class At(Body):
    """Which moment: now, where it is left out."""

    at: Moment | None = None


class MoveShown(Shown):
    """A move with the codes and names of everything in it."""

    id: int
    command_uid: UUID
    warehouse_id: int
    item_id: int
    sku: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    status_from: StockStatus
    status_to: StockStatus
    source_id: int
    source: str
    target_id: int
    target: str
    quantity: int
    reason: Reason
    reference: str
    note: str
    actor_id: int
    actor: str | None
    device_id: int | None
    occurred_at: datetime
    recorded_at: datetime
    reverses_id: int | None
    reversed_by_id: int | None


class MovePage(Shown):
    """Some moves."""

    data: list[MoveShown]
    next_cursor: str | None


class LayShown(Shown):
    """What lay there of one thing. `learned_later`: moves in it that were recorded after that moment."""

    item_id: int
    sku: str
    lot: str
    expires_on: date | None
    serial: str
    status: StockStatus
    quantity: int
    learned_later: int


class ContentShown(Shown):
    """What was in a place at a moment, by what happened until then, whenever it was recorded."""

    location_id: int
    at: datetime = Field(validation_alias="moment")
    learned_later: int
    data: list[LayShown] = Field(validation_alias="lays")


@api.get("/stock_moves", summary="List moves", responses={200: MovePage})
@allow(*READERS, scope=READ)
def list_moves(query: Moves) -> Response:
    """The last recorded first. A code that nobody knows is refused, so that a slip does not look like an empty list."""
    with services().database.read() as session:
        asked = queries.MoveAsked(
            item_id=naming.item_asked(session, query.item_id, query.item),
            location_id=naming.place_asked(session, query.location_id, query.location),
            actor_id=query.actor_id,
            reason=query.reason,
            reference=query.reference,
            command_uid=query.command_uid,
            since=query.since,
            until=query.until,
        )
        found = queries.moves(session, asked, limit=query.limit, cursor=query.cursor)
    return reply(told(MovePage(data=found.rows, next_cursor=found.next_cursor)))


@api.get("/stock_moves/<int:move_id>", summary="One move", responses={200: MoveShown})
@allow(*READERS, scope=READ)
def one_move(path: MovePath) -> Response:
    """A move never changes; `reversed_by_id` is the one thing that may still be added."""
    with services().database.read() as session:
        return reply(told(MoveShown.model_validate(queries.move(session, path.move_id))))


@api.post(
    "/stock_moves/<int:move_id>/reverse", summary="Take a move back", responses={201: MoveShown}
)
@allow(*WRITERS, scope=WRITE)
def reverse_move(path: MovePath, body: Undo) -> Response:
    """Refused where it was taken back before, or where the units went on since."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        [number] = actions.reverse(session, [path.move_id], note=body.note, by=by, at=at)
        shown = MoveShown.model_validate(queries.move(session, number))
        return created(told(shown), f"/api/v1/stock_moves/{number}")

    return perform("stock.reverse", do)


@api.get(
    "/locations/<int:location_id>/content",
    summary="What was in a place at a moment",
    responses={200: ContentShown},
)
@allow(*READERS, scope=READ)
def content(path: PlacePath, query: At) -> Response:
    """Folded from the ledger by when moves happened; late ones are counted and told."""
    moment = query.at or services().clock.now()
    with services().database.read() as session:
        if session.get(Location, path.location_id) is None:
            raise naming.UnknownPlace(id=path.location_id)
        lay = queries.content_at(session, path.location_id, moment)
    return reply(told(ContentShown.model_validate(lay)))
