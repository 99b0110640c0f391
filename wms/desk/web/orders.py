"""The list of orders with its views."""

from collections.abc import Mapping, Sequence
from urllib.parse import urlencode

from flask import render_template, request, url_for
from flask_babel import gettext as _

from wms.desk import queries
from wms.desk.queries import View
from wms.desk.queries.cut_offs import next_cut_off
from wms.desk.web.blueprint import leads, pages
from wms.desk.web.distance import due, how_far, money
from wms.kernel.forms import seen_only
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow

ROWS = 50

WORDS_LIMIT = 120


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
        cut_off = next_cut_off(session, now)
    return render_template(
        "desk/orders.html",
        found=found,
        cut_off=cut_off,
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
