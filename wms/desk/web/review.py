"""The review queue: orders that stop until somebody decides, the longest waiting first."""

from flask import render_template, request, url_for

from wms.desk import queries
from wms.desk.web.blueprint import leads, pages
from wms.desk.web.distance import total
from wms.kernel.services import services
from wms.orders.holds import HoldKind
from wms.people.policy import EVERYBODY, allow

ROWS = 50


@pages.get("/review")
@allow(*EVERYBODY)
def review() -> str:
    """List what stops orders, of all kinds or of one."""
    said = request.args.get("kind", "")
    kind = HoldKind(said) if said in set(HoldKind) else None
    cursor = request.args.get("cursor")
    with services().database.read() as session:
        found = queries.review_queue(session, kind, limit=ROWS, cursor=cursor)
    address = url_for("desk.review", kind=kind)
    return render_template(
        "desk/review.html",
        found=found,
        kind=kind,
        kinds=[one for one in HoldKind if found.counts.get(one) or one is kind],
        total=total,
        next_url=url_for("desk.review", kind=kind, cursor=found.next_cursor)
        if found.next_cursor
        else None,
        first_url=address if cursor else None,
        leads=leads(),
    )
