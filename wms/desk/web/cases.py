"""What waits for a person, as the start page tells it, and the ways to settle it there."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import current_app, request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.cases import actions
from wms.cases.tables import ExceptionCase
from wms.desk.web.blueprint import pages
from wms.kernel import deliveries
from wms.kernel.edge import submit
from wms.kernel.forms import Form
from wms.kernel.words import say
from wms.people.policy import LEADS, allow
from wms.people.trail import Namers

OUTCOME_LONGEST = 1_000

PAGES: Mapping[str, tuple[str, str]] = {
    "user": ("people.person", "user_id"),
    "device": ("stations.device", "device_id"),
    "station": ("stations.station", "station_id"),
    "item": ("desk.item", "item_id"),
    "location": ("desk.bin", "location_id"),
    "order": ("desk.order", "order_id"),
    "return": ("returns.one", "return_id"),
    "shipment": ("shipping.shipment", "shipment_id"),
}
"""By kind of thing, the page that shows one, and what its number is called there."""


@dataclass(frozen=True)
class Told:
    """A case as people read it: whom or what it is about, what is wrong, since when."""

    id: int
    about: str
    url: str | None
    says: str
    opened_at: datetime


def told(session: Session, cases: Sequence[ExceptionCase]) -> list[Told]:
    """Put cases into words."""
    return [
        Told(
            case.id,
            _name(session, case.subject, case.subject_id),
            address_of(case.subject, case.subject_id),
            say(case.sentence, case.values),
            case.opened_at,
        )
        for case in cases
    ]


def address_of(thing: str, number: int) -> str | None:
    """Return the page of a thing; None for what has none."""
    if thing not in PAGES:
        return None
    endpoint, name = PAGES[thing]
    values: dict[str, Any] = {name: number}
    return url_for(endpoint, **values)


@pages.post("/cases/<int:case_id>/close")
@allow(*LEADS)
def close_case(case_id: int) -> AnyResponse:
    """Say what became of a case."""
    form = Form(request.form)
    outcome = form.text("outcome", longest=OUTCOME_LONGEST)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        actions.close(session, case_id=case_id, outcome=outcome, by=by, at=at)
        return url_for("desk.start")

    return submit("cases.close", do)


@pages.post("/house/deliveries/<int:delivery_id>/replay")
@allow(*LEADS)
def replay_delivery(delivery_id: int) -> AnyResponse:
    """Send a dead delivery on its way again."""

    def do(session: Session, by: int, at: datetime) -> str:
        deliveries.replay(session, delivery_id=delivery_id, by=by, at=at)
        return url_for("desk.start")

    return submit("deliveries.replay", do)


@pages.post("/house/deliveries/<int:delivery_id>/dismiss")
@allow(*LEADS)
def dismiss_delivery(delivery_id: int) -> AnyResponse:
    """Call a dead delivery settled by hand."""
    form = Form(request.form)
    reason = form.text("reason", longest=200)
    form.check()

    def do(session: Session, by: int, at: datetime) -> str:
        deliveries.dismiss(session, delivery_id=delivery_id, reason=reason, by=by, at=at)
        return url_for("desk.start")

    return submit("deliveries.dismiss", do)


def _name(session: Session, thing: str, number: int) -> str:
    namers: Namers = current_app.extensions["names"]
    known = namers[thing](session, [number]) if thing in namers else {}
    return known.get(number) or f"{say(f'thing.{thing}').removeprefix('thing.')} {number}"
