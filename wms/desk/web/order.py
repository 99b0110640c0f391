"""One order with all that happened to it, and why."""

from collections.abc import Mapping, Sequence
from typing import Any

from flask import current_app, render_template

from wms.bins import queries as bins
from wms.desk import queries
from wms.desk.queries import Story
from wms.desk.web.blueprint import leads, pages
from wms.desk.web.distance import FAR, PACKAGE_FAR, PART_FAR, due, money, total
from wms.desk.web.why import Names, Why, whys
from wms.kernel.services import services
from wms.kernel.tables import StoredEvent
from wms.orders import queries as sales
from wms.people import trail
from wms.people.policy import EVERYBODY, allow
from wms.people.told import fact_in_words, named, who

CHANGEABLE = ("received", "accepted")
"""States in which lines and address may still be otherwise."""

MAY_MOVE_HOUSE = (*CHANGEABLE, "in_fulfillment", "partly_shipped")
"""States in which the address may still be corrected: until there is a label for the old one."""

TONES = {
    "HoldOpened": "warn",
    "TaskShort": "warn",
    "FulfillmentBackordered": "warn",
    "OrderCancelAsked": "warn",
    "FulfillmentRevoked": "warn",
    "PickingStopped": "warn",
}
"""Facts that somebody should see among the others."""


@pages.get("/orders/<int:order_id>")
@allow(*EVERYBODY)
def order(order_id: int) -> str:
    """Show one order."""
    now = services().clock.now()
    with services().database.read() as session:
        found = queries.story(session, order_id)
        names = trail.names_in(session, found.facts, current_app.extensions["names"])
        houses = bins.warehouse_names(session, {one.warehouse_id for one in found.fos})
        siblings = len(sales.siblings(session, found.order)) if found.contact else 0
    answers = _answers(found)
    return render_template(
        "desk/order.html",
        story=found,
        order=found.order,
        contact=found.contact,
        houses=houses,
        timeline=[_told(fact, names) for fact in found.facts],
        answers=answers,
        by_source=_by_source(found, answers),
        by_part={one.subject_id: answers[one.id] for one in found.decisions if one.subject == "fo"},
        checked=[
            answer
            for one in found.decisions
            if one.rule == "orders.check"
            for answer in answers[one.id]
        ],
        routed=_of_rule(found, answers, "orders.route"),
        planned=_of_rule(found, answers, "waves.plan"),
        open_holds=[pair for pair in found.holds if pair[0].state in ("active", "escalated")],
        due=due,
        now=now,
        far=FAR,
        part_far=PART_FAR,
        package_far=PACKAGE_FAR,
        siblings=siblings,
        can_change=leads() and found.order.state in CHANGEABLE and not found.trips,
        can_correct=leads() and found.order.state in MAY_MOVE_HOUSE,
        money=money,
        total=total,
        leads=leads(),
    )


def _told(fact: StoredEvent, names: trail.Names) -> Mapping[str, Any]:
    """Put a fact into words, with who it was and on which device; what came late says so."""
    device = named(names, "device", fact.device_id) if fact.device_id else ""
    source = ", ".join(filter(None, [who(fact, names), device]))
    return {
        "at": fact.occurred_at,
        "said": fact_in_words(fact, names),
        "source": source,
        "tone": TONES.get(fact.type.rpartition(".")[2], ""),
    }


def _answers(story: Story) -> Mapping[int, Sequence[Why]]:
    items = {one.item.id: one.item.sku for bought in story.lines for one in bought.picked}
    parts = {one.id: one.number for one in story.fos}
    return {one.id: whys(one, Names(items, parts)) for one in story.decisions}


def _of_rule(story: Story, answers: Mapping[int, Sequence[Why]], rule: str) -> Sequence[Why]:
    return [answer for one in story.decisions if one.rule == rule for answer in answers[one.id]]


def _by_source(story: Story, answers: Mapping[int, Sequence[Why]]) -> Mapping[int, Sequence[Why]]:
    """Return by line of a part why its units come from where they come."""
    found: dict[int, list[Why]] = {}
    told: set[str] = set()
    chosen = [one for one in story.decisions if one.rule == "stock.allocate"]
    for bought in story.lines:
        for picked in bought.picked:
            found[picked.line.id] = [
                answer
                for one in chosen
                if one.inputs.get("reference") == picked.fo.number
                for answer in answers[one.id]
                if answer.id.endswith(f"-{picked.item.id}") and answer.id not in told
            ]
            told |= {answer.id for answer in found[picked.line.id]}
    return found
