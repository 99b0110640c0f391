"""The list of devices, one device, and what becomes of it: renamed, bound to a station, revoked."""

import json
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import Act, expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import LEADS, Role, allow
from wms.stations import actions, queries
from wms.stations.queries import DeviceNow
from wms.stations.rules import ENROLLED, PARTS, DeviceKind, Part
from wms.stations.web.pages import ICONS, device_kinds, found_words, pages, parts

ROWS = 100
TEMPLATE = "stations/device.html"


@pages.get("/devices")
@allow(*LEADS)
def devices() -> str:
    """Show every device: first those that need a hand."""
    with services().database.read() as session:
        found = queries.devices(session, limit=ROWS, cursor=request.args.get("cursor"))
        now = queries.devices_now(session, found.rows, services().clock.now())
        stations = queries.open_stations(session)
    gone = [one for one in now if one.device.revoked_at]
    silent = [one for one in now if one.is_silent]
    ready = [one for one in now if not one.is_silent and not one.device.revoked_at]
    return render_template(
        "stations/devices.html",
        silent=silent,
        ready=ready,
        gone=gone,
        stations=stations,
        next_cursor=found.next_cursor,
        **_words(),
    )


@pages.get("/devices/new")
@allow(Role.ADMIN)
def new_device() -> str:
    """Ask what device it is."""
    return render_template(
        "stations/device_new.html", entered={}, refused={}, sentence=None, **choices()
    )


@pages.post("/devices")
@allow(Role.ADMIN)
def add_device() -> AnyResponse:
    """Make a device that is reached at an address."""
    form = Form(request.form)
    name, address = form.text("name"), form.text("address", longest=255)
    kind = form.choice("kind", [kind for kind in DeviceKind if kind not in ENROLLED])

    def do(session: Session, by: int, at: datetime) -> str:
        device = actions.add_device(
            session, name=name, kind=DeviceKind(kind), address=address, by=by, at=at
        )
        return url_for("stations.device", device_id=device.id)

    try:
        form.check()
        return submit("stations.add_device", do)
    except Refusal as refusal:
        return back(refusal, "stations/device_new.html", **choices())


@pages.get("/devices/<int:device_id>")
@allow(*LEADS)
def device(device_id: int) -> str:
    """Show one device."""
    return render_template(TEMPLATE, refused={}, sentence=None, **_details(device_id))


@pages.post("/devices/<int:device_id>")
@allow(Role.ADMIN)
def change_device(device_id: int) -> AnyResponse:
    """Rename a device, or say where else it is reached."""
    form = Form(request.form)
    name, address = form.text("name"), form.optional("address", longest=255)
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.change_device(
            session,
            device_id=device_id,
            name=name,
            address=address,
            expected=expected,
            by=by,
            at=at,
        )
        return url_for("stations.device", device_id=device_id)

    return _changed("stations.change_device", form, device_id, do)


@pages.post("/devices/<int:device_id>/revoke")
@allow(*LEADS)
def revoke_device(device_id: int) -> AnyResponse:
    """Let a device open nothing any more, at once."""
    form = Form(request.form)
    reason = form.text("reason", longest=200)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.revoke_device(session, device_id=device_id, reason=reason, by=by, at=at)
        return url_for("stations.devices")

    return _changed("stations.revoke_device", form, device_id, do)


@pages.post("/devices/<int:device_id>/bindings")
@allow(Role.ADMIN)
def bind(device_id: int) -> AnyResponse:
    """Let a device serve a station."""
    return _bound("stations.bind", device_id)


@pages.post("/devices/<int:device_id>/bindings/remove")
@allow(Role.ADMIN)
def unbind(device_id: int) -> AnyResponse:
    """Let a device serve a station no longer."""
    return _bound("stations.unbind", device_id)


def _bound(name: str, device_id: int) -> AnyResponse:
    form = Form(request.form)
    station_id, part = form.text("station_id", longest=15), form.choice("part", list(Part))
    if not (station_id.isascii() and station_id.isdigit()):
        form.wrong("station_id", "kernel.field_choice")
    verb = actions.bind if name == "stations.bind" else actions.unbind

    def do(session: Session, by: int, at: datetime) -> str:
        verb(
            session,
            station_id=int(station_id),
            device_id=device_id,
            part=Part(part),
            by=by,
            at=at,
        )
        return url_for("stations.device", device_id=device_id)

    return _changed(name, form, device_id, do)


def _changed(name: str, form: Form, device_id: int, do: Act) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, TEMPLATE, **_details(device_id))


def _details(device_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        device = queries.device(session, device_id)
        now = queries.devices_now(session, [device], services().clock.now())[0]
        stations = queries.open_stations(session)
    fitting = PARTS[DeviceKind(device.kind)]
    return {
        "now": now,
        "stations": [(station.id, station.name) for station in stations],
        "fitting": [(part, words) for part, words in parts() if part in fitting],
        "device_facts": _facts(now),
        "entered": {"name": device.name, "address": device.address},
        "is_enrolled": DeviceKind(device.kind) in ENROLLED,
        **_words(),
    }


def _facts(now: DeviceNow) -> list[tuple[str, str]]:
    device = now.device
    heard = _when(now.heard_at) if now.heard_at else _("never")
    facts = [
        (_("In use by"), now.presence.name if now.presence else _("nobody")),
        (_("Last heard of"), heard),
        (_("Known since"), _when(device.created_at)),
    ]
    found = json.loads(device.scanner) if device.scanner else {}
    words = found_words()
    facts += [(words[name].title, words[name].say(value)) for name, value in found.items()]
    if device.revoked_at:
        facts.append((_("Revoked"), _when(device.revoked_at)))
    return facts


def _when(moment: datetime) -> str:
    return str(format_datetime(moment, _("d MMM y, HH:mm")))


def choices() -> dict[str, Any]:
    """Return what the form about a new device lets one choose from."""
    with services().database.read() as session:
        stations = [(station.id, station.name) for station in queries.open_stations(session)]
    enrolled = [(kind, words) for kind, words in device_kinds() if kind in ENROLLED]
    reached = [(kind, words) for kind, words in device_kinds() if kind not in ENROLLED]
    return {"stations": stations, "enrolled": enrolled, "reached": reached}


def _words() -> dict[str, Any]:
    return {"kinds": dict(device_kinds()), "part_words": dict(parts()), "icons": ICONS}
