"""The page of a bin, or of anything else that can hold stock: where it is, what is in it, what was in it when."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, render_template, request
from flask_babel import gettext as _
from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.bins.actions import NoSuchLocation
from wms.bins.places import MOVABLE, Kind
from wms.bins.tables import CarrierLane, Location, Lpn, LpnMove, Warehouse, Zone
from wms.desk import queries
from wms.desk.times import beside, moment_of
from wms.desk.web.blueprint import leads, pages
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.people.queries import names
from wms.stock import queries as stock

MOVES, SINCE = 15, 50
KEPT = 50
"""Most promises that the page of a place tells one by one."""

STANDING_LIMIT = 50
"""Most totes and cartons on a place that its page names."""


@pages.get("/bins/<int:location_id>", endpoint="bin")
@allow(*EVERYBODY)
def one_bin(location_id: int) -> str:
    """Show one place. With `at`, a time by the clock on its wall, also what was in it then."""
    with services().database.read() as session:
        place = session.get(Location, location_id)
        if place is None:
            raise NoSuchLocation(id=location_id)
        warehouse = session.get_one(Warehouse, place.warehouse_id)
        g.time_zone = ZoneInfo(warehouse.time_zone)
        return render_template(
            "desk/bin.html",
            place=place,
            warehouse=warehouse,
            zone=session.get(Zone, place.zone_id) if place.zone_id else None,
            parts=address_parts(place),
            around=queries.around(session, place),
            balances=(balances := stock.balances_of_place(session, location_id)),
            moves=stock.moves(session, stock.MoveAsked(location_id=location_id), limit=MOVES).rows,
            kept=queries.kept_in_place(session, location_id, limit=KEPT),
            leads=leads(),
            **_around_it(session, place),
            **_then(session, place, balances),
        )


def address_parts(place: Location) -> list[tuple[str, str]]:
    """Return the parts of an address with their captions, as people walk: block, aisle, bay, level."""
    if place.aisle is None or place.bay is None or place.level is None:
        return []
    block = [(_("block"), chr(ord("A") + place.block - 1))] if place.block else []
    return [
        *block,
        (_("aisle"), f"{place.aisle:02d}"),
        (_("bay"), f"{place.bay:02d}"),
        (_("level"), str(place.level)),
    ]


def _around_it(session: Session, place: Location) -> Mapping[str, Any]:
    """Return what stands on a place, on what it stands itself, and whose parcels wait there."""
    standing = select(Location).where(
        Location.parent_id == place.id, Location.archived_at.is_(None)
    )
    lane = session.scalar(
        select(CarrierLane).where(
            CarrierLane.location_id == place.id, CarrierLane.archived_at.is_(None)
        )
    )
    found: dict[str, Any] = {
        "standing": session.scalars(standing.order_by(Location.code).limit(STANDING_LIMIT)).all(),
        "parent": session.get(Location, place.parent_id) if place.parent_id else None,
        "lane": lane,
        "truck": bins.next_truck(session, lane, services().clock.now()) if lane else None,
        "lpn": None,
        "stood": [],
    }
    if place.kind not in MOVABLE:
        return found
    stood = page(
        session,
        bins.lpn_moves_asked(place.id),
        by=[LpnMove.id],
        limit=MOVES,
        cursor=None,
        newest_first=True,
    ).rows
    return found | {
        "lpn": session.get(Lpn, place.id),
        "stood": stood,
        "codes": _codes(session, {one.to_id for one in stood}),
        "people": names(session, {one.actor_id for one in stood}),
    }


def _codes(session: Session, location_ids: set[int | None]) -> Mapping[int, str]:
    query = select(Location.id, Location.code).where(Location.id.in_(location_ids - {None}))
    return dict(session.execute(query).all())


def _then(session: Session, place: Location, balances: Any) -> Mapping[str, Any]:
    """Return what was here at the moment that is asked for, beside what is here now, and what moved since."""
    said, now = request.args.get("at", "").strip(), services().clock.now()
    told = {"said": said, "moment": None, "trouble": None}
    if not said or place.kind == Kind.OUTSIDE:
        return told
    try:
        moment = moment_of(said, g.time_zone)
    except ValueError:
        return told | {
            "trouble": _("That is no day and time. Choose both, as in 22 November, 14:02.")
        }
    if moment > now:
        return told | {"trouble": _("That is still to come. Choose a time that has passed.")}
    content = stock.content_at(session, place.id, moment)
    since = stock.MoveAsked(location_id=place.id, since=moment + timedelta(microseconds=1))
    return told | {
        "moment": moment,
        "rows": beside(content.lays, balances),
        "learned_later": content.learned_later,
        "since": stock.moves(session, since, limit=SINCE),
    }
