"""Warehouses and their hours, for machines."""

from datetime import date, datetime

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.bins import actions, queries
from wms.bins.actions import Shift
from wms.bins.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    Moment,
    ShortCode,
    Shown,
    WallTime,
    Weekday,
    api,
    told,
)
from wms.bins.tables import Warehouse
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Line, Listing, Number, ShortWords
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow


class WarehousePath(Body):
    """Which warehouse."""

    warehouse_id: Number


class Hours(Body):
    """The hours of one day. Closing at or before opening means the day after."""

    weekday: Weekday
    opens: WallTime
    closes: WallTime


class Rest(Body):
    """A day on which the house rests."""

    day: date
    name: ShortWords


class Warehouses(Listing):
    """Which warehouses to list."""

    archived: bool = Field(default=False, description="Those no longer used instead.")


class NewWarehouse(Body):
    """A warehouse to open. It is open around the clock until it is told its hours."""

    code: ShortCode = Field(description="Short, as on labels.")
    name: ShortWords
    time_zone: ShortCode = Field(description="IANA name.")
    address: Line = Field(default="", max_length=400)
    country: Line = Field(default="", max_length=2, description="ISO 3166, two letters.")


class WarehouseChange(Body):
    """What is to be otherwise; what is left out stays. Hours and holidays replace all that were there."""

    name: ShortWords = ""
    time_zone: ShortCode = ""
    address: Line = Field(default="", max_length=400)
    country: Line = Field(default="", max_length=2)
    hours: list[Hours] = Field(default=[], max_length=7)
    holidays: list[Rest] = Field(default=[], max_length=400)


class WarehouseShown(Shown):
    """A warehouse with its hours."""

    id: int
    code: str
    name: str
    time_zone: str
    address: str
    country: str
    hours: list[Hours]
    holidays: list[Rest]
    created_at: datetime
    archived_at: datetime | None
    version: int


class WarehousePage(Shown):
    """Some warehouses."""

    data: list[WarehouseShown]
    next_cursor: str | None


class OpenShown(Shown):
    """Whether people work, and when next."""

    at: datetime
    is_open: bool
    opens_at: datetime | None
    closes_at: datetime | None


@api.get("/warehouses", summary="List warehouses", responses={200: WarehousePage})
@allow(*READERS, scope=READ)
def warehouses(query: Warehouses) -> Response:
    """In the order in which they were opened."""
    asked = queries.warehouses_asked(archived=query.archived)
    with services().database.read() as session:
        found = page(session, asked, by=[Warehouse.id], limit=query.limit, cursor=query.cursor)
        rows = [shown(session, warehouse) for warehouse in found.rows]
    return reply(told(WarehousePage(data=rows, next_cursor=found.next_cursor)))


@api.post("/warehouses", summary="Open a warehouse", responses={201: WarehouseShown})
@allow(*WRITERS, scope=WRITE)
def open_warehouse(body: NewWarehouse) -> Response:
    """It comes with its outside places: supplier, customer, adjustment, scrap, lost, transit."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        made = actions.open_warehouse(session, **body.model_dump(), by=by, at=at)
        return created(told(shown(session, made)), f"/api/v1/warehouses/{made.id}", made.version)

    return perform("bins.open_warehouse", do)


@api.get("/warehouses/<int:warehouse_id>", summary="One warehouse", responses={200: WarehouseShown})
@allow(*READERS, scope=READ)
def warehouse(path: WarehousePath) -> Response:
    """With its hours and holidays."""
    with services().database.read() as session:
        found = known(session, path.warehouse_id)
        return reply(told(shown(session, found)), found.version)


@api.patch(
    "/warehouses/<int:warehouse_id>", summary="Change a warehouse", responses={200: WarehouseShown}
)
@allow(*WRITERS, scope=WRITE)
def edit_warehouse(path: WarehousePath, body: WarehouseChange) -> Response:
    """The version in If-Match must be the one it has. Hours and holidays replace all that were there."""
    version, sent = expected_version(), body.model_fields_set

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = shown(session, known(session, path.warehouse_id))
        facts = before.model_copy(update={name: getattr(body, name) for name in sent})
        made = actions.edit_warehouse(
            session,
            warehouse_id=path.warehouse_id,
            name=facts.name,
            time_zone=facts.time_zone,
            address=facts.address,
            country=facts.country,
            version=version,
            by=by,
            at=at,
        )
        if sent & {"hours", "holidays"}:
            actions.set_hours(
                session,
                warehouse_id=path.warehouse_id,
                week={day.weekday: Shift(day.opens, day.closes) for day in facts.hours},
                holidays={rest.day: rest.name for rest in facts.holidays},
                by=by,
                at=at,
            )
        return versioned(told(shown(session, made)), made.version)

    return perform("bins.edit_warehouse", do)


@api.post(
    "/warehouses/<int:warehouse_id>/archive",
    summary="Archive a warehouse",
    responses={200: WarehouseShown},
)
@allow(*WRITERS, scope=WRITE)
def archive_warehouse(path: WarehousePath) -> Response:
    """Refused while it has places in use."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        made = actions.archive_warehouse(
            session, warehouse_id=path.warehouse_id, version=version, by=by, at=at
        )
        return versioned(told(shown(session, made)), made.version)

    return perform("bins.archive_warehouse", do)


@api.get("/warehouses/<int:warehouse_id>/open", summary="Does it work?", responses={200: OpenShown})
@allow(*READERS, scope=READ)
def is_open(path: WarehousePath, query: Moment) -> Response:
    """By its own clock: whether people work at a moment, when they begin and when they stop."""
    at = query.at or services().clock.now()
    with services().database.read() as session:
        known(session, path.warehouse_id)
        calendar = queries.calendar_of(session, path.warehouse_id)
    told_open = OpenShown(
        at=at,
        is_open=calendar.is_open(at),
        opens_at=calendar.next_opening(at),
        closes_at=calendar.next_closing(at),
    )
    return reply(told(told_open))


def known(session: Session, warehouse_id: int) -> Warehouse:
    """Return a warehouse, archived or not; raises NoSuchWarehouse."""
    found = session.get(Warehouse, warehouse_id)
    if found is None:
        raise actions.NoSuchWarehouse(id=warehouse_id)
    return found


def shown(session: Session, warehouse: Warehouse) -> WarehouseShown:
    """Return a warehouse as machines see it."""
    facts = {
        name: getattr(warehouse, name)
        for name in WarehouseShown.model_fields
        if hasattr(warehouse, name)
    }
    calendar = queries.calendar_of(session, warehouse.id)
    hours = [
        Hours(weekday=weekday, opens=shift.opens, closes=shift.closes)
        for weekday, shift in sorted(calendar.week.items())
    ]
    rest = [
        Rest(day=day, name=name) for day, name in queries.holidays_of(session, warehouse.id).items()
    ]
    return WarehouseShown(**facts, hours=hours, holidays=rest)
