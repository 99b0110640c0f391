"""The parts of a kit: written line by line, as people write a list."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.catalog import kits
from wms.catalog import queries as catalog
from wms.catalog.queries import NoSuchItem
from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, NotKept, back
from wms.kernel.refusal import Fault, Refusal
from wms.kernel.services import services
from wms.people.policy import LEADS, allow
from wms.stock import actions
from wms.stock.web import naming
from wms.stock.web.blueprint import DIGITS, pages

PARTS = "stock/parts.html"

TEXT_LIMIT = 5_000
"""Longest list of parts: fifty lines and room to spare."""


@pages.get("/items/<int:item_id>/parts")
@allow(*LEADS)
def parts(item_id: int) -> str:
    """Show what an item is made of, to be changed."""
    about = _about(item_id)
    written = "\n".join(f"{part.sku} {part.quantity}" for part in about["parts"])
    return render_template(PARTS, entered={"parts": written}, refused={}, sentence=None, **about)


@pages.post("/items/<int:item_id>/parts")
@allow(*LEADS)
def set_parts(item_id: int) -> AnyResponse:
    """Keep what one unit of the item is made of."""
    form = Form(request.form)
    written = form.raw("parts")
    if len(written) > TEXT_LIMIT:
        form.wrong("parts", "kernel.field_too_long", limit=TEXT_LIMIT)
    try:
        form.check()
        expected = expected_version()

        def do(session: Session, by: int, at: datetime) -> str:
            units = _units(session, written)
            actions.set_parts(
                session, item_id=item_id, parts=units, expected=expected, by=by, at=at
            )
            return url_for("catalog.item", item_id=item_id)

        return submit("stock.set_parts", do)
    except NoSuchItem:
        raise
    except Refusal as refusal:
        return back(_by_the_field(refusal), PARTS, **_about(item_id))


def _units(session: Session, written: str) -> dict[int, int]:
    """Return by item what a list of lines asks for: a SKU or barcode, and how many of it; one where unsaid."""
    units: dict[int, int] = {}
    for line in filter(None, map(str.strip, written.splitlines())):
        code, _, number = line.rpartition(" ")
        if not (code and number.isascii() and number.isdigit() and len(number) <= DIGITS):
            code, number = line, "1"
        item_id = naming.item_of(session, code.strip())
        if item_id is None:
            raise NotKept(Fault("parts", "stock.unknown_item", {"id": code.strip()}))
        units[item_id] = units.get(item_id, 0) + int(number)
    return units


def _by_the_field(refusal: Refusal) -> Refusal:
    """Return the refusal with what is wrong about single parts at the one field that this form has."""
    if refusal.faults:
        first = refusal.faults[0]
        return NotKept(Fault("parts", first.sentence, first.values))
    return refusal


def _about(item_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        item = catalog.item(session, item_id)
        return {"item": item, "parts": kits.parts(session, item_id)}
