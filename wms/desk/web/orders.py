"""Orders as the desk reads them: the list with its views, and one order with all that happened to it."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from urllib.parse import urlencode

from flask import current_app, render_template, request, url_for
from flask_babel import format_date, format_datetime
from flask_babel import gettext as _

from wms.bins import queries as bins
from wms.desk import queries
from wms.desk.queries import Listed, Story, View
from wms.desk.web.blueprint import leads, pages
from wms.desk.web.why import Names, Why, whys
from wms.kernel.forms import seen_only
from wms.kernel.services import services
from wms.kernel.tables import StoredEvent
from wms.kernel.words import say
from wms.orders import queries as sales
from wms.orders.money import written
from wms.orders.queries import Queued
from wms.people import trail
from wms.people.policy import EVERYBODY, allow
from wms.people.told import fact_in_words, named, who

ROWS = 50
WORDS_LIMIT = 120

FAR = {
    "received": 0,
    "accepted": 1,
    "in_fulfillment": 2,
    "partly_shipped": 3,
    "shipped": 4,
    "delivered": 4,
    "cancelled": 4,
    "closed": 4,
}
"""How many quarters of its way an order has gone."""

CHANGEABLE = ("received", "accepted")
"""States in which lines and address may still be otherwise."""

PART_FAR = {
    "open": 0,
    "backordered": 0,
    "allocated": 1,
    "released": 1,
    "picking": 2,
    "awaiting_stock": 2,
    "revoking": 2,
    "picked": 3,
    "packing": 3,
    "packed": 3,
    "shipped": 4,
    "cancelled": 4,
}

PACKAGE_FAR = {
    "open": 0,
    "closed": 1,
    "weighed": 1,
    "labelled": 2,
    "staged": 3,
    "handed_over": 4,
}
"""How many quarters of a box's way are done."""

PAID = {"unpaid": 0, "failed": 0, "authorized": 2, "paid": 4, "partly_refunded": 3}
"""How many quarters of the money are here; what went back is over."""


@pages.get("/orders")
@allow(*EVERYBODY)
def orders() -> str:
    """List orders: those that are open, or one of the views."""
    said = request.args.get("view", "")
    view = View(said) if said in set(View) else View.OPEN
    q = seen_only(request.args.get("q", "")).strip()[:WORDS_LIMIT]
    now, cursor = services().clock.now(), request.args.get("cursor")
    with services().database.read() as session:
        found = queries.orders_listed(session, view, q, now, limit=ROWS, cursor=cursor)
    return render_template(
        "desk/orders.html",
        found=found,
        view=view,
        q=q,
        views=_views(view, q, found.counts),
        now=now,
        due=due,
        how_far=how_far,
        money=money,
        next_url=_url(view, q, found.next_cursor) if found.next_cursor else None,
        first_url=_url(view, q) if cursor else None,
        leads=leads(),
    )


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
        money=money,
        total=total,
        leads=leads(),
    )


@pages.app_template_filter("hold_kind")
def hold_kind(kind: str) -> str:
    """Return in a word why an order stops."""
    return say(f"orders.hold_{kind}")


@pages.app_template_filter("hold_step")
def hold_step(step: str) -> str:
    """Return in words from which step on an order stops."""
    return say(f"orders.step_{step}")


@pages.app_template_filter("part_state")
def part_state(state: str) -> str:
    """Return in a word how far a part of an order is."""
    return say(f"desk.part_{state}")


@pages.app_template_filter("package_state")
def package_state(state: str) -> str:
    """Return in a word how far a box is."""
    return say(f"desk.package_{state}")


@pages.app_template_filter("order_state")
def order_state(state: str) -> str:
    """Return in a word how far an order is."""
    return say(f"orders.state_{state}")


@pages.app_template_filter("worded")
def worded(said: Queued) -> str:
    """Return why an order stops, as a sentence."""
    return say(said.why, said.values)


def how_far(one: Listed) -> tuple[int, str]:
    """Return how far an order is, in quarters and in a word: on the floor, what its first part is at."""
    parts = sorted((part for part in one.parts), key=lambda part: -PART_FAR.get(part, 0))
    if one.order.state in ("accepted", "in_fulfillment") and parts:
        return PART_FAR.get(parts[0], 1), say(f"desk.part_{parts[0]}")
    return FAR.get(one.order.state, 0), say(f"orders.state_{one.order.state}")


def money(payment: str) -> tuple[int, str]:
    """Return how the money stands, in quarters and in a word."""
    return PAID.get(payment, 4), say(f"orders.payment_{payment}")


def total(minor: int, currency: str) -> str:
    """Return an amount of money as it is written; nothing where none was told."""
    return f"{written(minor, currency)} {currency}" if currency else ""


def due(at: datetime | None, now: datetime) -> tuple[str, bool]:
    """Return by when something must stand ready, in few words, and whether that moment has passed."""
    if at is None:
        return "–", False
    if at < now:
        minutes = int((now - at).total_seconds() // 60)
        hours, rest = divmod(minutes, 60)
        days, hours_left = divmod(hours, 24)
        if days:
            return _("late %(days)s d %(hours)s h", days=days, hours=hours_left), True
        return _("late %(hours)s h %(minutes)s", hours=hours, minutes=rest), True
    if format_date(at) == format_date(now):
        return format_datetime(at, "HH:mm"), False
    return format_datetime(at, _("EEE d MMM, HH:mm")), False


def _views(
    view: View, q: str, counts: Mapping[View, int]
) -> Sequence[tuple[str, str, bool, int | None, bool]]:
    words = {
        View.OPEN: _("Open"),
        View.NEW: _("New"),
        View.REVIEW: _("Needs review"),
        View.READY: _("Ready"),
        View.LATE: _("Late"),
        View.HELD: _("On hold"),
        View.SHORT: _("Short"),
        View.ALL: _("All"),
    }
    return [
        (
            label,
            _url(one, q),
            one is view,
            counts.get(one),
            one is View.LATE and bool(counts.get(one)),
        )
        for one, label in words.items()
    ]


def _url(view: View, q: str, cursor: str | None = None) -> str:
    said = {"view": str(view), "q": q, "cursor": cursor or ""}
    kept = {name: value for name, value in said.items() if value}
    return url_for("desk.orders") + (f"?{urlencode(kept)}" if kept else "")


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


TONES = {
    "HoldOpened": "warn",
    "TaskShort": "warn",
    "FulfillmentBackordered": "warn",
    "OrderCancelAsked": "warn",
    "FulfillmentRevoked": "warn",
    "PickingStopped": "warn",
}
"""Facts that somebody should see among the others."""


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
