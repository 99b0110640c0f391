"""What people set up for shipping: where parcels come from, and how labels of each lane come about."""

from collections.abc import Callable
from dataclasses import fields
from datetime import datetime
from typing import Any

from flask import render_template, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.kernel.edge import expected_version, submit
from wms.kernel.forms import Form, back
from wms.kernel.refusal import Refusal
from wms.kernel.services import services
from wms.people.policy import LEADS, allow
from wms.shipping import actions
from wms.shipping.actions import Means, Sender
from wms.shipping.queries.settings import set_up
from wms.shipping.web.blueprint import pages, worded_means

PAGE = "shipping/settings.html"

LONGEST = {
    "street1": 200,
    "street2": 200,
    "zip": 40,
    "country": 2,
    "phone": 40,
    "email": 254,
}
"""As long as the columns; the others are names."""


@pages.get("/shipping/settings")
@allow(*LEADS)
def settings() -> str:
    """Show what is set up."""
    return render_template(PAGE, entered={}, refused={}, sentence=None, **_all())


@pages.post("/shipping/settings/<int:warehouse_id>/sender")
@allow(*LEADS)
def set_sender(warehouse_id: int) -> AnyResponse:
    """Say where the parcels of a warehouse come from."""
    form, version = Form(request.form), expected_version()
    parts = {
        part.name: form.optional(part.name, longest=LONGEST.get(part.name, 120)) or ""
        for part in fields(Sender)
    }
    sender = Sender(**{**parts, "country": parts["country"].upper()})

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_ship_from(
            session, warehouse_id=warehouse_id, sender=sender, expected=version, by=by, at=at
        )
        return url_for("shipping.settings")

    return _kept("shipping.set_ship_from", form, do, warehouse_id)


@pages.post("/shipping/settings/lanes/<int:lane_id>")
@allow(*LEADS)
def set_lane(lane_id: int) -> AnyResponse:
    """Say how labels of a lane come about."""
    form = Form(request.form)
    said = form.choice("means", tuple(means.value for means in Means))

    def do(session: Session, by: int, at: datetime) -> str:
        actions.set_means(session, lane_id=lane_id, means=Means(said), by=by, at=at)
        return url_for("shipping.settings")

    return _kept("shipping.set_means", form, do, None)


def _kept(
    name: str,
    form: Form,
    do: Callable[[Session, int, datetime], str],
    warehouse_id: int | None,
) -> AnyResponse:
    try:
        form.check()
        return submit(name, do)
    except Refusal as refusal:
        return back(refusal, PAGE, **_all(), typed_for=warehouse_id)


def _all() -> dict[str, Any]:
    house = services()
    with house.database.read() as session:
        found = set_up(session)
    return {
        "houses": found,
        "has_key": bool(house.settings.shippo_api_key.get_secret_value()),
        "all_means": [(means.value, worded_means(means)) for means in Means],
    }
