"""The list of orders with its views."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import format_datetime
from flask_babel import gettext as _

from wms.desk import queries
from wms.desk.queries import Orders, View
from wms.desk.queries.cut_offs import next_cut_off
from wms.desk.queries.stages import STAGES, Place
from wms.desk.web.blueprint import leads, pages
from wms.desk.web.distance import due, how_far, money
from wms.kernel.forms import Form, seen_only
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow

ROWS = 50

WORDS_LIMIT = 120

Tab = tuple[str, str, bool, int | None, bool]
"""A list above the list: its name, address, whether it is the one shown, how many are in it, whether that is bad."""


@pages.get("/orders")
@allow(*EVERYBODY)
def orders() -> str:
    """List orders: those that are open, or one of the views."""
    said = request.args.get("view", "")
    place = _place(request.args)
    shown = place or (View(said) if said in set(View) else View.OPEN)
    q = seen_only(request.args.get("q", "")).strip()[:WORDS_LIMIT]
    now, cursor = services().clock.now(), request.args.get("cursor")
    with services().database.read() as session:
        found = queries.orders_listed(session, shown, q, now, limit=ROWS, cursor=cursor)
        cut_off = next_cut_off(session, now)
    return render_template(
        "desk/orders.html",
        found=found,
        cut_off=cut_off,
        kept=_kept(shown),
        view=None if place else shown,
        q=q,
        views=_views(shown, q, found),
        now=now,
        due=due,
        how_far=how_far,
        money=money,
        next_url=_url(shown, q, found.next_cursor) if found.next_cursor else None,
        first_url=_url(shown, q) if cursor else None,
        leads=leads(),
    )


def _place(args: Mapping[str, str]) -> Place | None:
    """Return the place of the board that a link of it names; whoever mistypes one sees the open orders."""
    stage, said = args.get("stage", ""), args.get("leaves", "")
    warehouse_id = Form(args).whole("warehouse", least=1, most=2**53 - 1)
    try:
        leaves = datetime.fromisoformat(said).astimezone(UTC) if said else None
    except (ValueError, OverflowError):
        return None
    if stage not in STAGES or warehouse_id is None:
        return None
    return Place(stage, warehouse_id, leaves, seen_only(args.get("carrier", "")))


def _views(shown: View | Place, q: str, found: Orders) -> Sequence[Tab]:
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
    tabs: list[Tab] = [
        (
            label,
            _url(one, q),
            one is shown,
            found.counts.get(one),
            one is View.LATE and bool(found.counts.get(one)),
        )
        for one, label in words.items()
    ]
    if isinstance(shown, Place):
        tabs.append((_named(shown), _url(shown, q), True, found.total, False))
    return tabs


def _named(place: Place) -> str:
    """Name a place of the board as its column and row are named."""
    stages = {
        "waiting": _("To release"),
        "picking": _("Picking"),
        "packing": _("Packing"),
        "loading": _("To load"),
        "stuck": _("Stuck"),
    }
    truck = format_datetime(place.leaves, _("EEE HH:mm")) if place.leaves else _("later")
    return f"{stages[place.stage]} · {f'{place.carrier} {truck}'.strip()}"


def _kept(shown: View | Place) -> Mapping[str, str]:
    """Return what an address says to show this."""
    if isinstance(shown, View):
        return {"view": str(shown)} if shown else {}
    said = {
        "stage": shown.stage,
        "warehouse": str(shown.warehouse_id),
        "leaves": shown.leaves.isoformat() if shown.leaves else "",
        "carrier": shown.carrier,
    }
    return {name: value for name, value in said.items() if value}


def _url(shown: View | Place, q: str, cursor: str | None = None) -> str:
    said = {**_kept(shown), "q": q, "cursor": cursor or ""}
    kept = {name: value for name, value in said.items() if value}
    return url_for("desk.orders") + (f"?{urlencode(kept)}" if kept else "")
