"""Labels as people read them: the list with its views, and one label with all about it."""

from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for
from sqlalchemy.orm import Session

from wms.kernel.forms import seen_only
from wms.kernel.paging import Page
from wms.kernel.services import services
from wms.kernel.tables import StoredEvent
from wms.people import trail
from wms.people.policy import EVERYBODY, allow
from wms.people.told import fact_in_words, who
from wms.printing import queries as printing
from wms.shipping import queries
from wms.shipping.actions.labelling import ABOUT
from wms.shipping.means import OURS
from wms.shipping.queries import Asked, State, Story, View
from wms.shipping.web.blueprint import pages, worded_state

ROWS = 50
FACTS = 100
WORDS_LIMIT = 80

ONE = "shipping/shipment.html"

FAR = {
    "draft": 0,
    "rated": 1,
    "buying": 1,
    "in_doubt": 1,
    "bought": 2,
    "handed_over": 4,
}
"""How many quarters of a label's way are done."""

TRACKED_FAR = {
    "unknown": 0,
    "pre_transit": 1,
    "in_transit": 2,
    "out_for_delivery": 3,
    "delivered": 4,
    "returned": 4,
}

RATES_SHOWN = 5


@pages.get("/shipments")
@allow(*EVERYBODY)
def shipments() -> str:
    """List labels: those that want something, or one of the views."""
    said = request.args
    view = View(said["view"]) if said.get("view") in set(View) else View.OPEN
    words = seen_only(said.get("q", ""))[:WORDS_LIMIT]
    state = said.get("state", type=State) if said.get("state") else None
    carrier = seen_only(said.get("carrier", ""))[:WORDS_LIMIT] or None
    narrows = bool(words or state or carrier)
    asked = Asked(
        view=View.ALL if narrows else view, state=state, carrier=carrier, number=words or None
    )
    with services().database.read() as session:
        found = queries.shipments(session, asked, limit=ROWS, cursor=said.get("cursor"))
        counts, carriers = queries.counts(session), queries.carriers(session)
    return render_template(
        "shipping/shipments.html",
        rows=found.rows,
        view=None if narrows else view,
        counts=counts,
        narrows=narrows,
        all_states=[(one.value, worded_state(one)) for one in State],
        all_carriers=[(one, one) for one in carriers],
        far=FAR,
        tracked_far=TRACKED_FAR,
        **_ways(found),
    )


@pages.get("/shipments/<int:shipment_id>")
@allow(*EVERYBODY)
def shipment(shipment_id: int) -> str:
    """Show one label: its purchase, its sheet, its way."""
    return render_template(ONE, entered={}, refused={}, sentence=None, **about(shipment_id))


def about(shipment_id: int) -> dict[str, Any]:
    """Return what the page of a label shows."""
    with services().database.read() as session:
        story = queries.story(session, shipment_id)
        job = printing.newest_about(session, subject=ABOUT, subject_id=shipment_id)
        before = printing.one_before(session, subject=ABOUT, subject_id=shipment_id)
        printers = printing.printers(session)
        return {
            "story": story,
            "one": story.listed,
            "job": job,
            "is_second": before is not None and before.state not in printing.WAITS,
            "printers": [(one.device_id, one.name) for one in printers],
            "has_picture": story.has_sheet or _is_ours(story),
            "weighed": _weighed(story),
            "told": _told(session, shipment_id),
            "far": FAR,
            "tracked_far": TRACKED_FAR,
        }


def _is_ours(story: Story) -> bool:
    row = story.listed.row
    return row.means in OURS and row.tracking_number is not None


def _weighed(story: Story) -> list[dict[str, Any]]:
    """Return the rates that were weighed, the one that was taken first."""
    if story.choice is None:
        return []
    won, passed = story.choice.choice["rate_id"], story.choice.choice["passed"]
    why = story.choice.choice["why"]
    rates = [
        {**rate, "why": why if rate["id"] == won else passed.get(rate["id"], "")}
        for rate in story.choice.inputs["rates"]
    ]
    return sorted(rates, key=lambda rate: (rate["id"] != won, rate["amount_minor"]))[:RATES_SHOWN]


def _told(session: Session, shipment_id: int) -> list[dict[str, Any]]:
    asked = trail.Asked(subject=ABOUT, subject_id=shipment_id)
    facts: Page[StoredEvent] = trail.facts(
        session, asked, limit=FACTS, cursor=None, newest_first=True
    )
    names = trail.names_in(session, facts.rows, current_app.extensions["names"])
    return [
        {
            "at": fact.recorded_at,
            "said": fact_in_words(fact, names),
            "source": who(fact, names),
            "tone": "",
        }
        for fact in facts.rows
    ]


def _ways(found: Page[Any]) -> dict[str, str | None]:
    here = {name: text for name, text in request.args.items() if name != "cursor" and text}
    base = url_for("shipping.shipments")
    onward = urlencode({**here, "cursor": found.next_cursor}) if found.next_cursor else None
    return {
        "next_url": f"{base}?{onward}" if onward else None,
        "first_url": f"{base}?{urlencode(here)}" if request.args.get("cursor") else None,
    }
