"""Totes, cartons, pallets and carts, for machines."""

from datetime import datetime
from typing import Annotated, Literal

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.bins import actions, queries
from wms.bins.api.blueprint import READ, READERS, WRITE, WRITERS, PlaceCode, Shown, api, told
from wms.bins.lifecycle import LpnState
from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn, LpnMove
from wms.kernel.edge import Reply, created, perform, reply
from wms.kernel.fields import Body, Listing, Number
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, Role, allow

MovableKind = Literal[Kind.TOTE, Kind.CARTON, Kind.PALLET, Kind.CART]


class LpnPath(Body):
    """Which tote, carton, pallet or cart: the number of its location."""

    lpn_id: Number


class Lpns(Listing):
    """Which totes, cartons, pallets and carts to list."""

    warehouse_id: Number | None = None
    kind: MovableKind | None = None
    stands_in_id: Number | None = Field(default=None, description="Those that stand there.")
    archived: bool = False


class NewLpn(Body):
    """A tote, carton, pallet or cart to make."""

    warehouse_id: Number
    code: PlaceCode
    kind: MovableKind
    sscc: str | None = Field(default=None, pattern="^[0-9]{18}$", description="18 digits.")
    slots: Annotated[int, Field(ge=1, le=200)] | None = Field(
        default=None, description="Of a cart."
    )
    stands_in_id: Number | None = None


class LpnShown(Shown):
    """A tote, carton, pallet or cart."""

    id: int
    warehouse_id: int
    code: str
    kind: Kind
    sscc: str | None
    state: LpnState
    slots: int | None
    stands_in_id: int | None
    created_at: datetime
    archived_at: datetime | None


class LpnPage(Shown):
    """Some totes, cartons, pallets and carts."""

    data: list[LpnShown]
    next_cursor: str | None


class LpnTarget(Body):
    """Where it stands now."""

    to_id: Number | None = Field(description="Null: nobody knows.")


class LpnMoveShown(Shown):
    """One change of where it stands."""

    id: int
    lpn_id: int = Field(validation_alias="location_id")
    from_id: int | None
    to_id: int | None
    actor_id: int
    device_id: int | None
    occurred_at: datetime
    recorded_at: datetime


class LpnMovePage(Shown):
    """Some moves of one of them."""

    data: list[LpnMoveShown]
    next_cursor: str | None


@api.get("/lpns", summary="List totes, cartons, pallets and carts", responses={200: LpnPage})
@allow(*READERS, scope=READ)
def lpns(query: Lpns) -> Response:
    """In the order in which they were made."""
    asked = queries.lpns_asked(
        warehouse_id=query.warehouse_id,
        kind=query.kind,
        stands_in_id=query.stands_in_id,
        archived=query.archived,
    )
    with services().database.read() as session:
        found = page(session, asked, by=[Location.id], limit=query.limit, cursor=query.cursor)
        rows = [shown(location, lpn) for location, lpn in found.rows]
    return reply(told(LpnPage(data=rows, next_cursor=found.next_cursor)))


@api.post("/lpns", summary="Make a tote, carton, pallet or cart", responses={201: LpnShown})
@allow(*WRITERS, scope=WRITE)
def create_lpn(body: NewLpn) -> Response:
    """It can be scanned from then on, by its code, behind `WXT`, and by its SSCC."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        made = actions.create_lpn(session, **body.model_dump(), by=by, at=at)
        answer = shown(made, session.get_one(Lpn, made.id))
        return created(told(answer), f"/api/v1/lpns/{made.id}")

    return perform("bins.create_lpn", do)


@api.get(
    "/lpns/<int:lpn_id>", summary="One tote, carton, pallet or cart", responses={200: LpnShown}
)
@allow(*READERS, scope=READ)
def lpn(path: LpnPath) -> Response:
    """Retired ones too."""
    with services().database.read() as session:
        return reply(told(_shown(session, path.lpn_id)))


@api.post("/lpns/<int:lpn_id>/moves", summary="Move it", responses={201: LpnMoveShown})
@allow(*EVERYBODY, Role.MACHINE, scope=WRITE)
def move_lpn(path: LpnPath, body: LpnTarget) -> Response:
    """What it holds goes with it; the stock ledger has no move for that."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        move = actions.move_lpn(session, lpn_id=path.lpn_id, to_id=body.to_id, by=by, at=at)
        answer = told(LpnMoveShown.model_validate(move))
        return created(answer, f"/api/v1/lpns/{path.lpn_id}/moves")

    return perform("bins.move_lpn", do)


class LpnMoves(Listing):
    """Which moves to list."""


@api.get("/lpns/<int:lpn_id>/moves", summary="Where it stood", responses={200: LpnMovePage})
@allow(*READERS, scope=READ)
def lpn_moves(path: LpnPath, query: LpnMoves) -> Response:
    """Newest first."""
    with services().database.read() as session:
        _shown(session, path.lpn_id)
        found = page(
            session,
            queries.lpn_moves_asked(path.lpn_id),
            by=[LpnMove.id],
            limit=query.limit,
            cursor=query.cursor,
            newest_first=True,
        )
        answer = LpnMovePage(data=found.rows, next_cursor=found.next_cursor)
    return reply(told(answer))


def shown(location: Location, lpn: Lpn) -> LpnShown:
    """Return it as machines see it."""
    return LpnShown(
        id=location.id,
        warehouse_id=location.warehouse_id,
        code=location.code,
        kind=Kind(location.kind),
        sscc=lpn.sscc,
        state=LpnState(lpn.state),
        slots=lpn.slots,
        stands_in_id=location.parent_id,
        created_at=location.created_at,
        archived_at=location.archived_at,
    )


def _shown(session: Session, lpn_id: int) -> LpnShown:
    location, lpn = session.get(Location, lpn_id), session.get(Lpn, lpn_id)
    if location is None or lpn is None:
        raise actions.NoSuchLpn(id=lpn_id)
    return shown(location, lpn)
