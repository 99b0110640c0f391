"""Making a bin, describing it anew, moving a tote."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins import actions, queries
from wms.bins.places import FIXED, MOVABLE, Kind, Mixing, Place, Role
from wms.bins.rules.places import NUMBER_LIMIT, REACH_LIMIT_MM, UNITS_LIMIT, WEIGHT_LIMIT_G
from wms.bins.tables import Location
from wms.bins.web.blueprint import kinds, mixings, pages, roles
from wms.kernel.edge import Act, expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow

NEW, EDIT = "bins/new.html", "bins/edit.html"
SLOTS_LIMIT = 200


@pages.get("/bins/new")
@allow(*LEADS)
def new_bin() -> str:
    """Show an empty form."""
    entered = {"kind": request.args.get("kind", Kind.BIN)}
    return render_template(NEW, entered=entered, refused={}, sentence=None, **_offered())


@pages.post("/bins/new")
@allow(*LEADS)
def create_bin() -> AnyResponse:
    """Make a bin, or a tote, carton, pallet or cart."""
    form = Form(request.form)
    warehouse_id = form.whole("warehouse_id", least=1, most=2**53 - 1)
    kind = form.choice("kind", (*FIXED, *MOVABLE))
    sscc, slots = form.optional("sscc"), form.whole("slots", least=1, most=SLOTS_LIMIT)
    place = _read(form)

    def do(session: Session, by: int, at: datetime) -> str:
        if kind in MOVABLE:
            made = actions.create_lpn(
                session,
                warehouse_id=warehouse_id or 0,
                code=place.code,
                kind=Kind(kind),
                sscc=sscc,
                slots=slots,
                by=by,
                at=at,
            )
        else:
            facts = {**vars(place), "kind": Kind(kind)}
            made = actions.create_location(
                session, warehouse_id=warehouse_id or 0, **facts, by=by, at=at
            )
        return url_for("desk.bin", location_id=made.id)

    return _kept("bins.create_location", form, do, NEW, **_offered())


@pages.get("/bins/<int:location_id>/edit")
@allow(*LEADS)
def edit_bin(location_id: int) -> str:
    """Show what is written about a bin."""
    return render_template(EDIT, refused={}, sentence=None, **_described(location_id))


@pages.post("/bins/<int:location_id>/edit")
@allow(*LEADS)
def change_bin(location_id: int) -> AnyResponse:
    """Describe a bin anew."""
    form, version = Form(request.form), expected_version()
    place = _read(form)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.edit_location(
            session, location_id=location_id, place=place, version=version, by=by, at=at
        )
        return url_for("desk.bin", location_id=location_id)

    return _kept("bins.edit_location", form, do, EDIT, **_described(location_id))


@pages.post("/bins/<int:location_id>/restore")
@allow(*LEADS)
def restore_bin(location_id: int) -> AnyResponse:
    """Use an archived bin again."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.restore_location(session, location_id=location_id, by=by, at=at)
        return url_for("desk.bin", location_id=location_id)

    return submit("bins.restore_location", do)


@pages.post("/bins/<int:location_id>/move")
@allow(*EVERYBODY)
def move_lpn(location_id: int) -> AnyResponse:
    """Note where a tote stands now: by the code of the place, nothing for nobody knows."""
    form = Form(request.form)
    said = form.optional("to", longest=255)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        to_id = queries.place_scanned(session, said) if said else None
        if said and to_id is None:
            raise actions.NoSuchLocation(id=said)
        actions.move_lpn(session, lpn_id=location_id, to_id=to_id, by=by, at=at)
        return url_for("desk.bin", location_id=location_id)

    return submit("bins.move_lpn", do)


def _read(form: Form) -> Place:
    kind = form.raw("kind")
    zone_id = form.whole("zone_id", least=1, most=2**53 - 1)
    role = form.choice("role", tuple(Role)) if form.raw("role") else Role.PLAIN
    return Place(
        code=form.text("code", longest=64),
        kind=Kind(kind) if kind in (*FIXED, *MOVABLE) else Kind.BIN,
        zone_id=zone_id,
        role=Role(role) if role in tuple(Role) else Role.PLAIN,
        is_pick_face=form.ticked("is_pick_face"),
        mixing=Mixing(mixing) if (mixing := form.raw("mixing")) in tuple(Mixing) else Mixing.ANY,
        capacity_units=form.whole("capacity_units", least=1, most=UNITS_LIMIT),
        capacity_g=form.whole("capacity_g", least=1, most=WEIGHT_LIMIT_G),
        x_mm=form.whole("x_mm", least=-REACH_LIMIT_MM, most=REACH_LIMIT_MM),
        y_mm=form.whole("y_mm", least=-REACH_LIMIT_MM, most=REACH_LIMIT_MM),
        block=form.whole("block", least=1, most=NUMBER_LIMIT),
        aisle=form.whole("aisle", least=1, most=NUMBER_LIMIT),
        bay=form.whole("bay", least=1, most=NUMBER_LIMIT),
        side=side if (side := form.raw("side")) in ("L", "R") else None,
        level=form.whole("level", least=1, most=NUMBER_LIMIT),
    )


def _offered() -> dict[str, Any]:
    with services().database.read() as session:
        warehouses = queries.warehouses(session)
        zones = queries.zones(session)
    names = {warehouse.id: warehouse.code for warehouse in warehouses}
    many = len(names) > 1
    return {
        "warehouses": [(warehouse.id, warehouse.name) for warehouse in warehouses],
        "zones": [
            (zone.id, f"{names.get(zone.warehouse_id, '')} {zone.code}" if many else zone.code)
            for zone in zones
        ],
        "kinds": kinds(),
        "roles": roles(),
        "mixings": mixings(),
    }


def _described(location_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        location = session.get(Location, location_id)
        if location is None or location.kind not in (*FIXED, *MOVABLE):
            raise actions.NoSuchLocation(id=location_id)
    entered = {**vars(actions.place_of(location)), "_version": location.version}
    return {"location": location, "entered": entered, **_offered()}


def _kept(name: str, form: Form, do: Act, template: str, **context: Any) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, template, **context)
