"""Stations: the list, a new one, one that is changed or let go."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import Act, expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import LEADS, Role, allow
from wms.stations import actions, queries
from wms.stations.rules import StationKind
from wms.stations.web.pages import pages, parts, station_kinds

ROWS = 100


@pages.get("/stations")
@allow(*LEADS)
def stations() -> str:
    """Show where people work, and with what."""
    with services().database.read() as session:
        found = queries.stations(session, limit=ROWS, cursor=request.args.get("cursor"))
        bound = queries.bindings(session, station_ids=[station.id for station in found.rows])
    return render_template(
        "stations/stations.html",
        found=found,
        bound=bound,
        kinds=dict(station_kinds()),
        part_words=dict(parts()),
    )


@pages.get("/stations/new")
@allow(Role.ADMIN)
def new_station() -> str:
    """Ask what station it is."""
    return _form_page({}, station=None)


@pages.post("/stations")
@allow(Role.ADMIN)
def add_station() -> AnyResponse:
    """Make a station."""
    form = Form(request.form)
    name, kind = form.text("name"), form.choice("kind", list(StationKind))

    def do(session: Session, by: int, at: datetime) -> str:
        actions.add_station(
            session, name=name, kind=StationKind(kind), location_id=None, by=by, at=at
        )
        return url_for("stations.stations")

    return _changed("stations.add_station", form, None, do)


@pages.get("/stations/<int:station_id>")
@allow(*LEADS)
def station(station_id: int) -> str:
    """Show one station."""
    with services().database.read() as session:
        found = queries.station(session, station_id)
    return _form_page({"name": found.name, "kind": found.kind}, station=found)


@pages.post("/stations/<int:station_id>")
@allow(Role.ADMIN)
def change_station(station_id: int) -> AnyResponse:
    """Rename a station, or say what else is done there."""
    form = Form(request.form)
    name, kind = form.text("name"), form.choice("kind", list(StationKind))
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.change_station(
            session,
            station_id=station_id,
            name=name,
            kind=StationKind(kind),
            location_id=queries.station(session, station_id).location_id,
            expected=expected,
            by=by,
            at=at,
        )
        return url_for("stations.stations")

    return _changed("stations.change_station", form, station_id, do)


@pages.post("/stations/<int:station_id>/archive")
@allow(Role.ADMIN)
def archive_station(station_id: int) -> AnyResponse:
    """Let a station go."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.archive_station(session, station_id=station_id, by=by, at=at)
        return url_for("stations.stations")

    return _changed("stations.archive_station", Form(request.form), station_id, do)


def _changed(name: str, form: Form, station_id: int | None, do: Act) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        with services().database.read() as session:
            found = queries.station(session, station_id) if station_id else None
        return back(refusal, "stations/station.html", station=found, kinds=station_kinds())


def _form_page(entered: dict[str, Any], *, station: Any) -> str:
    return render_template(
        "stations/station.html",
        entered=entered,
        refused={},
        sentence=None,
        station=station,
        kinds=station_kinds(),
    )
