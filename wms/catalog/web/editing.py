"""Forms that write an item down, change it, take it out of the list and put it back."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.catalog import actions, queries
from wms.catalog.queries import ItemFacts
from wms.catalog.rules import NAME_LIMIT, NOTE_LIMIT, SIZE_LIMIT_MM, SKU_LIMIT, WEIGHT_LIMIT_G
from wms.catalog.web.blueprint import pages
from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import LEADS, allow

LIMITS = {"sku": SKU_LIMIT, "name": NAME_LIMIT, "note": NOTE_LIMIT}


@pages.get("/items/new")
@allow(*LEADS)
def new_item() -> str:
    """Ask what is new."""
    entered = {"code": request.args.get("code", "")[:255]}
    return render_template(
        "catalog/new.html", entered=entered, refused={}, sentence=None, limits=LIMITS
    )


@pages.post("/items")
@allow(*LEADS)
def add_item() -> AnyResponse:
    """Write an item down, with its first barcode where one was scanned."""
    form = Form(request.form)
    facts = _facts(form)
    barcode = form.optional("code", longest=255)
    try:
        form.check()

        def do(session: Session, by: int, at: datetime) -> str:
            item = actions.create_item(session, **vars(facts), by=by, at=at)
            if barcode:
                actions.add_barcode(session, item_id=item.id, code=barcode, by=by, at=at)
            return url_for("catalog.item", item_id=item.id)

        return submit("catalog.create_item", do)
    except Refusal as refusal:
        return back(refusal, "catalog/new.html", limits=LIMITS)


@pages.get("/items/<int:item_id>/edit")
@allow(*LEADS)
def edit_item(item_id: int) -> str:
    """Show what is written about an item, to be changed."""
    context = _written(item_id)
    return render_template("catalog/edit.html", refused={}, sentence=None, **context)


@pages.post("/items/<int:item_id>")
@allow(*LEADS)
def keep_item(item_id: int) -> AnyResponse:
    """Keep what was changed."""
    form = Form(request.form)
    facts = _facts(form)
    try:
        form.check()
        expected = expected_version()

        def do(session: Session, by: int, at: datetime) -> str:
            actions.edit_item(
                session, item_id=item_id, facts=facts, expected=expected, by=by, at=at
            )
            return url_for("catalog.item", item_id=item_id)

        return submit("catalog.edit_item", do)
    except queries.NoSuchItem:
        raise
    except Refusal as refusal:
        context = _written(item_id)
        # A box that was unticked is not sent, and must not come back ticked.
        context["entered"] |= {"tracks_lots": "", "tracks_serials": ""}
        return back(refusal, "catalog/edit.html", **context)


@pages.post("/items/<int:item_id>/archive")
@allow(*LEADS)
def archive_item(item_id: int) -> AnyResponse:
    """Take an item out of the list; its page offers to put it back."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.archive_item(session, item_id=item_id, by=by, at=at)
        return url_for("catalog.item", item_id=item_id)

    return submit("catalog.archive_item", do)


@pages.post("/items/<int:item_id>/unarchive")
@allow(*LEADS)
def unarchive_item(item_id: int) -> AnyResponse:
    """Put an item back into the list."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.unarchive_item(session, item_id=item_id, by=by, at=at)
        return url_for("catalog.item", item_id=item_id)

    return submit("catalog.unarchive_item", do)


def _facts(form: Form) -> ItemFacts:
    return ItemFacts(
        sku=form.text("sku", longest=SKU_LIMIT),
        name=form.text("name", longest=NAME_LIMIT),
        tracks_lots=form.ticked("tracks_lots"),
        tracks_serials=form.ticked("tracks_serials"),
        weight_g=form.whole("weight_g", least=1, most=WEIGHT_LIMIT_G),
        length_mm=form.whole("length_mm", least=1, most=SIZE_LIMIT_MM),
        width_mm=form.whole("width_mm", least=1, most=SIZE_LIMIT_MM),
        height_mm=form.whole("height_mm", least=1, most=SIZE_LIMIT_MM),
        hs_code=form.optional("hs_code", longest=20),
        origin_country=form.optional("origin_country", longest=20),
        note=form.raw("note"),
    )


def _written(item_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        item = queries.item(session, item_id)
        return {"item": item, "entered": dict(vars(queries.facts_of(item))), "limits": LIMITS}
