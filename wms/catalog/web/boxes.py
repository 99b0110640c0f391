"""The list of boxes that parcels leave in, and its forms."""

from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.catalog import actions, queries
from wms.catalog.queries import BoxFacts
from wms.catalog.rules import SIZE_LIMIT_MM, WEIGHT_LIMIT_G
from wms.catalog.tables import BoxType
from wms.catalog.web.blueprint import pages
from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.paging import page
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, LEADS, allow

ROWS = 50


@pages.get("/box_types")
@allow(*EVERYBODY)
def box_types() -> str:
    """List boxes by name."""
    asked = request.args
    with services().database.read() as session:
        found = page(
            session,
            queries.box_types(archived=bool(asked.get("archived"))),
            by=[BoxType.name],
            limit=ROWS,
            cursor=asked.get("cursor"),
        )
    return render_template("catalog/boxes.html", found=found, asked=asked)


@pages.get("/box_types/new")
@allow(*LEADS)
def new_box_type() -> str:
    """Ask what box is new."""
    return render_template("catalog/box_new.html", entered={}, refused={}, sentence=None)


@pages.post("/box_types")
@allow(*LEADS)
def add_box_type() -> AnyResponse:
    """Write a box down."""
    form = Form(request.form)
    facts = _facts(form)
    try:
        form.check()

        def do(session: Session, by: int, at: datetime) -> str:
            actions.create_box_type(session, facts=facts, by=by, at=at)
            return url_for("catalog.box_types")

        return submit("catalog.create_box_type", do)
    except Refusal as refusal:
        return back(refusal, "catalog/box_new.html")


@pages.get("/box_types/<int:box_type_id>")
@allow(*EVERYBODY)
def box_type(box_type_id: int) -> str:
    """Show what is written about a box, to be changed."""
    context = _written(box_type_id)
    return render_template("catalog/box.html", refused={}, sentence=None, **context)


@pages.post("/box_types/<int:box_type_id>")
@allow(*LEADS)
def keep_box_type(box_type_id: int) -> AnyResponse:
    """Keep what was changed."""
    form = Form(request.form)
    facts = _facts(form)
    try:
        form.check()
        expected = expected_version()

        def do(session: Session, by: int, at: datetime) -> str:
            actions.edit_box_type(
                session, box_type_id=box_type_id, facts=facts, expected=expected, by=by, at=at
            )
            return url_for("catalog.box_types")

        return submit("catalog.edit_box_type", do)
    except queries.NoSuchBoxType:
        raise
    except Refusal as refusal:
        return back(refusal, "catalog/box.html", **_written(box_type_id))


@pages.post("/box_types/<int:box_type_id>/archive")
@allow(*LEADS)
def archive_box_type(box_type_id: int) -> AnyResponse:
    """Take a box out of use; its page offers to put it back."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.archive_box_type(session, box_type_id=box_type_id, by=by, at=at)
        return url_for("catalog.box_type", box_type_id=box_type_id)

    return submit("catalog.archive_box_type", do)


@pages.post("/box_types/<int:box_type_id>/unarchive")
@allow(*LEADS)
def unarchive_box_type(box_type_id: int) -> AnyResponse:
    """Put a box back into use."""

    def do(session: Session, by: int, at: datetime) -> str:
        actions.unarchive_box_type(session, box_type_id=box_type_id, by=by, at=at)
        return url_for("catalog.box_type", box_type_id=box_type_id)

    return submit("catalog.unarchive_box_type", do)


def _facts(form: Form) -> BoxFacts:
    return BoxFacts(
        name=form.text("name"),
        length_mm=_whole(form, "length_mm", 1, SIZE_LIMIT_MM),
        width_mm=_whole(form, "width_mm", 1, SIZE_LIMIT_MM),
        height_mm=_whole(form, "height_mm", 1, SIZE_LIMIT_MM),
        weight_g=_whole(form, "weight_g", 0, WEIGHT_LIMIT_G),
        max_weight_g=_whole(form, "max_weight_g", 1, WEIGHT_LIMIT_G),
    )


def _whole(form: Form, name: str, least: int, most: int) -> int:
    """Return a number that must be there."""
    if not form.raw(name).strip():
        form.wrong(name, "kernel.field_missing")
    return form.whole(name, least=least, most=most) or 0


def _written(box_type_id: int) -> dict[str, Any]:
    with services().database.read() as session:
        box = queries.box_type(session, box_type_id)
        return {"box": box, "entered": dict(vars(queries.box_facts_of(box)))}
