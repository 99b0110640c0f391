"""Building a floor from a few numbers: the numbers on the left, what they make on the right, then make it."""

import re
from dataclasses import asdict
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins import actions, queries
from wms.bins.actions import Layout
from wms.bins.queries import Stand
from wms.bins.rules import layout as rules
from wms.bins.web.blueprint import pages
from wms.bins.web.floor_plan import Picture, draw
from wms.kernel.edge import submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.kernel.words import say
from wms.people.policy import LEADS, allow

TEMPLATE = "bins/layout.html"
NUMBERS = tuple(rules.LIMITS)
LEVELS = re.compile(r"\s*([0-9]{1,2})\s*(?:[-–]\s*([0-9]{1,2})\s*)?")


@pages.get("/bins/layout")
@allow(*LEADS)
def layout() -> str:
    """Show the numbers and what they would make. Sent by GET, so that a plan can be kept as a link."""
    form = Form(request.args)
    asked = _read(form) if request.args else Layout()
    warehouse_id = form.whole("warehouse_id", least=1, most=2**53 - 1)
    entered = {**_entered(Layout()), **request.args.to_dict()}
    try:
        form.check()
        preview = _preview(warehouse_id, asked)
    except Refusal as refusal:
        told = {fault.where: say(fault.sentence, fault.values) for fault in refusal.faults}
        sentence = say(refusal.sentence, refusal.values)
        return render_template(
            TEMPLATE, entered=entered, refused=told, sentence=sentence, **_offered(), preview=None
        )
    return render_template(
        TEMPLATE, entered=entered, refused={}, sentence=None, **_offered(), preview=preview
    )


@pages.post("/bins/layout")
@allow(*LEADS)
def build_layout() -> AnyResponse:
    """Make every bin of the plan, or none."""
    form = Form(request.form)
    warehouse_id = form.whole("warehouse_id", least=1, most=2**53 - 1)
    asked = _read(form)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.build_layout(session, warehouse_id=warehouse_id or 0, layout=asked, by=by, at=at)
        return url_for("bins.bins", warehouse=warehouse_id)

    try:
        form.check()
        return submit("bins.build_layout", do)
    except Refusal as refusal:
        return back(refusal, TEMPLATE, **_offered(), preview=None)


def _read(form: Form) -> Layout:
    plain = Layout()
    numbers = {}
    for name in NUMBERS:
        least, most = rules.LIMITS[name]
        said = form.whole(name, least=least, most=most)
        numbers[name] = getattr(plain, name) if said is None else said
    prefix = form.optional("prefix", longest=rules.PREFIX_LIMIT) or ""
    return Layout(**numbers, prefix=prefix, pick_levels=_levels(form))


def _levels(form: Form) -> tuple[int, ...]:
    """Read `1, 2` and `1-3`; nothing means all levels."""
    levels: set[int] = set()
    for part in filter(str.strip, form.raw("pick_levels").replace(";", ",").split(",")):
        said = LEVELS.fullmatch(part)
        if said is None:
            form.wrong("pick_levels", "bins.levels_unread")
            return ()
        levels |= set(range(int(said[1]), int(said[2] or said[1]) + 1))
    return tuple(sorted(levels))


def _preview(warehouse_id: int | None, asked: Layout) -> dict[str, Any]:
    """Work out what the numbers make. Without a warehouse nothing can be in the way yet."""
    with services().database.read() as session:
        known = queries.warehouses(session)
        here = warehouse_id or (known[0].id if known else None)
        plan = actions.plan_layout(session, warehouse_id=here, layout=asked)
    return {"plan": plan, "layout": asked, "picture": _picture(asked)}


def _picture(asked: Layout) -> Picture | None:
    bays = [
        Stand(
            bay.x,
            bay.y,
            "bin",
            rules.code_of(asked, bay, 1),
            rules.code_of(asked, bay, asked.levels),
        )
        for bay in rules.stands(asked)
    ]
    front = [
        Stand(place.x_mm or 0, place.y_mm or 0, place.kind, place.code, place.code)
        for place in rules.front(asked)
    ]
    return draw(bays + front)


def _entered(asked: Layout) -> dict[str, Any]:
    return {**asdict(asked), "pick_levels": ", ".join(map(str, asked.pick_levels))}


def _offered() -> dict[str, Any]:
    with services().database.read() as session:
        found = queries.warehouses(session)
    return {
        "warehouses": [(warehouse.id, warehouse.name) for warehouse in found],
        "limits": rules.LIMITS,
    }
