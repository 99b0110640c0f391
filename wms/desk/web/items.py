"""Where an item is: what lies where, what is promised, what can be promised still, how it moved."""

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from flask import render_template, request
from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location, Zone
from wms.catalog import queries as catalog
from wms.desk import queries
from wms.desk.web.blueprint import leads, pages
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.stock import queries as stock
from wms.stock.queries import Balance

MOVES = 10
PROMISES = 20


@pages.get("/stock/items/<int:item_id>")
@allow(*EVERYBODY)
def item(item_id: int) -> str:
    """Show where one item is. With `lot`, as a scanned code says it, that lot's rows are marked."""
    with services().database.read() as session:
        found = catalog.item(session, item_id)
        balances = stock.balances_of_item(session, item_id)
        places = _places(session, balances)
        return render_template(
            "desk/item.html",
            item=found,
            barcodes=catalog.barcodes(session, [item_id])[item_id],
            balances=balances,
            places=places,
            lot=request.args.get("lot", ""),
            on_hand=sum(balance.quantity for balance in balances),
            availability=stock.availability(session, [item_id])[item_id],
            expires_on=_next_expiry(balances),
            kept=queries.kept_of_item(session, item_id, limit=PROMISES),
            moves=stock.moves(session, stock.MoveAsked(item_id=item_id), limit=MOVES).rows,
            leads=leads(),
            **_shelf(session, balances, places),
        )


def _places(session: Session, balances: Sequence[Balance]) -> Mapping[int, Location]:
    wanted = {balance.location_id for balance in balances}
    return {
        place.id: place
        for place in session.scalars(select(Location).where(Location.id.in_(wanted)))
    }


def _next_expiry(balances: Sequence[Balance]) -> date | None:
    days = [balance.expires_on for balance in balances if balance.expires_on]
    return min(days, default=None)


def _shelf(
    session: Session, balances: Sequence[Balance], places: Mapping[int, Location]
) -> dict[str, Any]:
    """Return the bin that people would go to first, with the shelves around it and what else is in it."""
    bins = [one for one in balances if places[one.location_id].kind == Kind.BIN]
    if not bins:
        return {"first": None}
    best = max(bins, key=lambda one: (places[one.location_id].is_pick_face, one.free))
    first = places[best.location_id]
    content = stock.balances_of_place(session, first.id)
    return {
        "first": first,
        "zone": session.get(Zone, first.zone_id) if first.zone_id else None,
        "around": queries.around(session, first),
        "holds": sum(one.quantity for one in content),
        "others": len({one.item_id for one in content}) - 1,
    }
