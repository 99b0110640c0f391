"""The search that takes scans: what is meant exactly opens at once, all else is offered by kind."""

from collections.abc import Mapping
from typing import Any

from flask import redirect, render_template, request, url_for
from werkzeug.wrappers import Response as AnyResponse

from wms.codes.queries import shown
from wms.desk import queries
from wms.desk.queries import Hit, Thing
from wms.desk.web.blueprint import leads, may_open, pages
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow

SCAN_LIMIT = 4_096
"""As much as the search field takes: above it, it is noise."""


@pages.get("/search")
@allow(*EVERYBODY)
def search() -> AnyResponse | str:
    """Go to the one thing that was meant, or show what it could be."""
    said = request.args.get("q", "")[:SCAN_LIMIT].strip(" ")
    words = queries.words_of(said)
    with services().database.read() as session:
        meant = queries.exact(session, said, sees_people=leads()) if words else []
        found = []
        if words and not meant:
            found = queries.look_up(session, words, sees_people=leads())
    if len(meant) == 1:
        return redirect(address(meant[0]))
    return render_template(
        "desk/search.html",
        said=said if said.isprintable() else words,
        shown=shown(said),
        meant=meant,
        found=found,
        address=address,
        lists=_lists(words),
    )


def address(hit: Hit) -> str:
    """Return the page of a hit."""
    if hit.thing is Thing.REFERENCE:
        return url_for("stock.moves", reference=hit.name)
    endpoint, number = PAGES[hit.thing]
    said: dict[str, Any] = {number: hit.id, "lot": hit.lot or None}
    return url_for(endpoint, **said)


PAGES: Mapping[Thing, tuple[str, str]] = {
    Thing.ITEM: ("desk.item", "item_id"),
    Thing.PLACE: ("desk.bin", "location_id"),
    Thing.ORDER: ("desk.order", "order_id"),
    Thing.PERSON: ("people.person", "user_id"),
    Thing.STATION: ("stations.station", "station_id"),
    Thing.DEVICE: ("stations.device", "device_id"),
}
"""By kind of thing, its page, and what its number is called there."""


def _lists(words: str) -> dict[Thing, str]:
    """Return, by kind, the list that shows all hits of a kind."""
    lists = {
        Thing.ITEM: url_for("catalog.items", q=words),
        Thing.ORDER: url_for("desk.orders", q=words, view="all"),
        Thing.PLACE: url_for("bins.bins", q=words),
    }
    return lists | (
        {Thing.PERSON: url_for("people.people", q=words)} if may_open("people.people") else {}
    )
