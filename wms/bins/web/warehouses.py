"""Warehouses: opening one, and everything that is set about one: name, clock, hours, zones, lanes."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins import actions, queries
from wms.bins.actions import Shift
from wms.bins.calendar import zone_names
from wms.bins.places import Kind
from wms.bins.tables import Location, Warehouse, Zone
from wms.bins.web.blueprint import pages, weekdays
from wms.kernel.edge import Act, expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow

LIST, ONE = "bins/warehouses.html", "bins/warehouse.html"
ADDRESS_LONGEST = 400


@pages.get("/warehouses")
@allow(*EVERYBODY)
def warehouses() -> str:
    """List the warehouses, with a form for a new one."""
    return render_template(LIST, entered={}, refused={}, sentence=None, **_all())


@pages.post("/warehouses")
@allow(*LEADS)
def open_warehouse() -> AnyResponse:
    """Open a warehouse."""
    form = Form(request.form)
    code, facts = form.text("code", longest=40), _read(form)

    def do(session: Session, by: int, at: datetime) -> str:
        made = actions.open_warehouse(session, code=code, **facts, by=by, at=at)
        return url_for("bins.warehouse", warehouse_id=made.id)

    try:
        form.check()
        return submit("bins.open_warehouse", do)
    except Refusal as refusal:
        return back(refusal, LIST, **_all())


@pages.get("/warehouses/<int:warehouse_id>")
@allow(*EVERYBODY)
def warehouse(warehouse_id: int) -> str:
    """Show what is set about a warehouse."""
    return render_template(ONE, refused={}, sentence=None, **details(warehouse_id))


@pages.post("/warehouses/<int:warehouse_id>")
@allow(*LEADS)
def change_warehouse(warehouse_id: int) -> AnyResponse:
    """Give a warehouse another name, clock or address."""
    form, version = Form(request.form), expected_version()
    facts = _read(form)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.edit_warehouse(
            session, warehouse_id=warehouse_id, **facts, version=version, by=by, at=at
        )
        return url_for("bins.warehouse", warehouse_id=warehouse_id)

    return kept("bins.edit_warehouse", form, warehouse_id, do)


@pages.post("/warehouses/<int:warehouse_id>/archive")
@allow(*LEADS)
def archive_warehouse(warehouse_id: int) -> AnyResponse:
    """Stop using a warehouse."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.archive_warehouse(session, warehouse_id=warehouse_id, by=by, at=at)
        return url_for("bins.warehouses")

    return kept("bins.archive_warehouse", Form(request.form), warehouse_id, do)


@pages.post("/warehouses/<int:warehouse_id>/zones")
@allow(*LEADS)
def create_zone(warehouse_id: int) -> AnyResponse:
    """Name a part of a warehouse."""
    form = Form(request.form)
    code = form.text("zone_code", longest=40)
    name = form.optional("zone_name") or code

    def do(session: Session, by: int, at: datetime) -> str:
        actions.create_zone(session, warehouse_id=warehouse_id, code=code, name=name, by=by, at=at)
        return url_for("bins.warehouse", warehouse_id=warehouse_id, _anchor="zones")

    return kept("bins.create_zone", form, warehouse_id, do)


@pages.post("/zones/<int:zone_id>/archive")
@allow(*LEADS)
def archive_zone(zone_id: int) -> AnyResponse:
    """Stop using a zone."""
    with services().database.read() as session:
        zone = session.get(Zone, zone_id)
    if zone is None:
        raise actions.NoSuchZone(id=zone_id)
    warehouse_id = zone.warehouse_id

    def do(session: Session, by: int, at: datetime) -> str:
        actions.archive_zone(session, zone_id=zone_id, by=by, at=at)
        return url_for("bins.warehouse", warehouse_id=warehouse_id, _anchor="zones")

    return kept("bins.archive_zone", Form(request.form), warehouse_id, do)


def details(warehouse_id: int) -> dict[str, Any]:
    """Return what the page of one warehouse shows. Raises NoSuchWarehouse."""
    at = services().clock.now()
    with services().database.read() as session:
        found = session.get(Warehouse, warehouse_id)
        if found is None or found.archived_at is not None:
            raise actions.NoSuchWarehouse(id=warehouse_id)
        calendar = queries.calendar_of(session, warehouse_id)
        lanes = session.scalars(queries.lanes_asked(warehouse_id)).all()
        places = queries.locations_asked(warehouse_id=warehouse_id, kind=Kind.LANE)
        places_by_id = {
            place.id: place.code for place in session.scalars(places.order_by(Location.code))
        }
        return {
            "warehouse": found,
            "entered": _entered(session, found),
            "has_hours": bool(calendar.week),
            "is_open": calendar.is_open(at),
            "opens_at": calendar.next_opening(at),
            "closes_at": calendar.next_closing(at),
            "zone": calendar.zone,
            "holidays": queries.holidays_of(session, warehouse_id),
            "zones": queries.zones(session, warehouse_id),
            "lanes": [(lane, queries.next_truck(session, lane, at)) for lane in lanes],
            "cutoff_fields": {lane.id: _cutoff_fields(session, lane.id) for lane in lanes},
            "places": places_by_id,
            "place_choices": list(places_by_id.items()),
            "zone_names": sorted(zone_names()),
            "weekdays": weekdays(),
            "hour_facts": [(name, _span(calendar.week.get(day))) for day, name in weekdays()],
        }


def kept(name: str, form: Form, warehouse_id: int, do: Act) -> AnyResponse:
    """Carry a form of this page out, or show the page again with what was typed and why it was not kept."""
    try:
        form.check()
        return submit(name, do)
    except actions.NoSuchWarehouse:
        raise
    except Refusal as refusal:
        return back(refusal, ONE, **details(warehouse_id))


def _entered(session: Session, found: Warehouse) -> dict[str, Any]:
    """Return what stands in the fields: facts, and by weekday when the house opens and closes."""
    facts = ("code", "name", "time_zone", "address", "country")
    week = queries.calendar_of(session, found.id).week
    hours = {f"opens_{day}": shift.opens.strftime("%H:%M") for day, shift in week.items()}
    hours |= {f"closes_{day}": shift.closes.strftime("%H:%M") for day, shift in week.items()}
    return {**{name: getattr(found, name) for name in facts}, **hours}


def _cutoff_fields(session: Session, lane_id: int) -> dict[str, str]:
    leaves = queries.cutoffs_of(session, lane_id)
    return {f"leaves_{day}": wall.strftime("%H:%M") for day, wall in leaves.items()}


def _span(shift: Shift | None) -> str:
    return f"{shift.opens:%H:%M} – {shift.closes:%H:%M}" if shift else ""


def _read(form: Form) -> dict[str, str]:
    return {
        "name": form.text("name"),
        "time_zone": form.text("time_zone", longest=40),
        "address": form.optional("address", longest=ADDRESS_LONGEST) or "",
        "country": form.optional("country", longest=2) or "",
    }


def _all() -> dict[str, Any]:
    with services().database.read() as session:
        return {"warehouses": queries.warehouses(session), "zone_names": sorted(zone_names())}
