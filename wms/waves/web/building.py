"""Building a wave: filters on the left, what they make on the right, then propose it."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urlencode
from zoneinfo import ZoneInfo

from flask import g, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins import queries as bins
from wms.bins.tables import Warehouse
from wms.kernel.edge import submit
from wms.kernel.forms import Form, back
from wms.kernel.paging import NUMBER_LIMIT
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.kernel.words import say
from wms.orders.tables import Channel
from wms.people.policy import LEADS, allow
from wms.waves import actions, queries
from wms.waves.plan import Filters, Size
from wms.waves.web.blueprint import pages

TEMPLATE = "waves/new.html"

YEARS = range(2000, 2200)
"""Days beyond them are slips."""

SHOWN = 25
"""Most orders that the preview lists; it tells how many more there are."""


@dataclass(frozen=True)
class Asked:
    """What the form says: for which warehouse, and which orders."""

    warehouse: Warehouse | None
    filters: Filters


@pages.get("/waves/new")
@allow(*LEADS)
def new() -> str:
    """Show the filters and what they would make. Sent by GET, so that a wave can be kept as a link."""
    form = Form(request.args)
    with services().database.read() as session:
        asked = _read(session, form)
        try:
            form.check()
        except Refusal as refusal:
            return _shown(session, asked, refusal)
        return _shown(session, asked, None)


@pages.post("/waves")
@allow(*LEADS)
def propose() -> AnyResponse:
    """Make a wave of the orders that meet the filters, and lay it out."""
    form = Form(request.form)
    with services().database.read() as session:
        asked = _read(session, form)

    def do(session: Session, by: int, at: datetime) -> str:
        here = asked.warehouse.id if asked.warehouse else 0
        wave = actions.propose(session, warehouse_id=here, filters=asked.filters, by=by, at=at)
        actions.plan(session, wave_id=wave.id, by=by, at=at)
        return url_for("desk.wave", wave_id=wave.id)

    try:
        form.check()
        return submit("waves.propose", do)
    except Refusal as refusal:
        with services().database.read() as session:
            return back(refusal, TEMPLATE, **_context(session, asked), preview=None)


@pages.post("/waves/next")
@allow(*LEADS)
def propose_next() -> AnyResponse:
    """Make a wave of everything that must ship by the next cut-off, and lay it out."""
    form = Form(request.form)
    warehouse_id = form.whole("warehouse_id", least=1, most=NUMBER_LIMIT) or 0

    def do(session: Session, by: int, at: datetime) -> str:
        filters = queries.default_filters(session, warehouse_id, at)
        wave = actions.propose(session, warehouse_id=warehouse_id, filters=filters, by=by, at=at)
        actions.plan(session, wave_id=wave.id, by=by, at=at)
        return url_for("desk.wave", wave_id=wave.id)

    return submit("waves.propose_next", do)


def sizes() -> list[tuple[str, str]]:
    """Return the sizes of orders in words."""
    return [(size.value, say(f"waves.size_{size}")) for size in Size if size is not Size.ANY]


def _shown(session: Session, asked: Asked, refusal: Refusal | None) -> str:
    told = (
        {fault.where: say(fault.sentence, fault.values) for fault in refusal.faults}
        if refusal
        else {}
    )
    known = asked.warehouse if refusal is None else None
    preview = queries.preview(session, known.id, asked.filters) if known else None
    return render_template(
        TEMPLATE,
        entered=request.args,
        refused=told,
        sentence=say(refusal.sentence, refusal.values) if refusal else None,
        preview=preview,
        picture=queries.picture_of(session, known.id, preview.plan.runs[0])
        if known and preview and preview.plan.runs
        else None,
        shown=SHOWN,
        **_context(session, asked),
    )


def _read(session: Session, form: Form) -> Asked:
    known = bins.warehouses(session)
    number = form.whole("warehouse_id", least=1, most=NUMBER_LIMIT)
    here = next((one for one in known if number in {None, one.id}), None)
    zone = ZoneInfo(here.time_zone) if here else ZoneInfo("UTC")
    g.time_zone = zone
    size = form.choice("size", tuple(Size)) if form.raw("size") else ""
    filters = Filters(
        ship_by=_moment(form, "ship_by", zone),
        channel_id=form.whole("channel_id", least=1, most=NUMBER_LIMIT),
        carrier=form.optional("carrier", longest=40) or "",
        zone_id=form.whole("zone_id", least=1, most=NUMBER_LIMIT),
        size=Size(size) if size in tuple(Size) else Size.ANY,
    )
    return Asked(here, filters)


def _moment(form: Form, name: str, zone: ZoneInfo) -> datetime | None:
    """Return the moment that the clock on the warehouse's wall shows so."""
    typed = form.raw(name).strip()
    if not typed:
        return None
    try:
        wall = datetime.fromisoformat(typed)
    except ValueError:
        wall = None
    if wall is None or wall.tzinfo is not None or wall.year not in YEARS:
        form.wrong(name, "waves.no_moment")
        return None
    return wall.replace(tzinfo=zone).astimezone(UTC)


def _context(session: Session, asked: Asked) -> dict[str, Any]:
    known, here = bins.warehouses(session), asked.warehouse
    channels = session.scalars(select(Channel).order_by(Channel.name)).all()
    return {
        "warehouses": [(one.id, one.name) for one in known],
        "here": here,
        "filters": asked.filters,
        "zones": [(zone.id, zone.name) for zone in bins.zones(session, here.id)] if here else [],
        "channels": [(channel.id, channel.name) for channel in channels],
        "carriers": [(one, one) for one in queries.carriers(session, here.id)] if here else [],
        "sizes": sizes(),
        "views": _views(session, asked) if here else [],
    }


def _views(session: Session, asked: Asked) -> list[tuple[str, str, bool]]:
    """Return links that fill the form: everything, or what a truck takes."""
    here = asked.warehouse
    if here is None:
        return []
    at, zone = services().clock.now(), ZoneInfo(here.time_zone)
    found = [(say("waves.everything"), "", asked.filters.ship_by is None)]
    for truck in queries.next_cut_offs(session, here.id, at):
        wall = truck.leaves.astimezone(zone)
        words = say("waves.by_truck", {"carrier": truck.carrier, "time": f"{wall:%H:%M}"})
        found.append((words, f"{wall:%Y-%m-%dT%H:%M}", asked.filters.ship_by == truck.leaves))
    kept = {name: value for name, value in request.args.items() if value and name != "ship_by"}
    base = url_for("waves.new")
    return [
        (words, f"{base}?{urlencode(kept | ({'ship_by': by} if by else {}))}", is_here)
        for words, by, is_here in found
    ]
