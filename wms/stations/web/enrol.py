"""Enrolling a tablet: an admin shows code and QR picture, the tablet names the code and is known from then on."""

from datetime import datetime

from flask import make_response, redirect, render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import carry_out
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.cookies import Cookie, leave
from wms.people.door import KNOCKS, limiter, origin
from wms.people.drawn import qr
from wms.people.plain_http import stays_here
from wms.people.policy import Role, allow, public
from wms.stations import actions
from wms.stations.enrolling import fresh_code, let_in
from wms.stations.here import device_here
from wms.stations.rules import ENROLLED, INVITATION_LASTS, DeviceKind
from wms.stations.web.devices import choices
from wms.stations.web.pages import pages

TEMPLATE = "stations/enrol.html"


@pages.post("/devices/invitations")
@allow(Role.ADMIN)
def invite() -> AnyResponse:
    """Invite a device and show its code. Sent twice, the second answer says that it was shown."""
    form = Form(request.form)
    name, kind = form.text("name"), form.choice("kind", list(ENROLLED))
    station_id = form.optional("station_id", longest=15)
    code = fresh_code(services())

    def do(session: Session, by: int, at: datetime) -> int:
        return actions.invite(
            session,
            code=code,
            name=name,
            kind=DeviceKind(kind),
            station_id=int(station_id) if station_id else None,
            by=by,
            at=at,
        ).id

    try:
        if station_id and not (station_id.isascii() and station_id.isdigit()):
            form.wrong("station_id", "kernel.field_choice")
        form.check()
        answer = carry_out("stations.invite", do)
    except Refusal as refusal:
        return back(refusal, "stations/device_new.html", **choices())
    address = url_for("stations.enrol", _external=True)
    page = render_template(
        "stations/invitation.html",
        name=name,
        kind=kind,
        code=None if answer.replayed else code,
        picture=qr(f"{address}#{code}"),
        address=address,
        minutes=int(INVITATION_LASTS.total_seconds() // 60),
        only_here=stays_here(),
    )
    return make_response(page)


@pages.get("/enrol")
@public()
def enrol() -> str:
    """Ask a tablet for its code."""
    return render_template(TEMPLATE, device=device_here(), entered={}, refused={}, sentence=None)


@pages.post("/enrol")
@limiter.limit(KNOCKS)
@public()
def take_enrol() -> AnyResponse:
    """Let the tablet in and have it check its scanner first."""
    form = Form(request.form)
    code, name = form.text("code", longest=12).replace(" ", ""), form.optional("name")
    try:
        form.check()
        known = let_in(services(), code=code, name=name, origin=origin())
    except Refusal as refusal:
        return back(refusal, TEMPLATE, device=device_here())
    response = redirect(url_for("stations.scanner"), code=303)
    leave(response, Cookie.DEVICE, known.token)
    return response
