"""Where a carrier's parcels wait, and until when its truck can be caught: forms on the page of a warehouse."""

from datetime import datetime

from flask import request, url_for
from sqlalchemy.orm import Session
from werkzeug.wrappers import Response as AnyResponse

from wms.bins import actions
from wms.bins.tables import CarrierLane
from wms.bins.web.blueprint import pages
from wms.bins.web.hours import DAYS, read_time
from wms.bins.web.warehouses import kept
from wms.kernel.edge import expected_version
from wms.kernel.forms import Form
from wms.kernel.services import services
from wms.people.policy import LEADS, allow


@pages.post("/warehouses/<int:warehouse_id>/lanes")
@allow(*LEADS)
def open_lane(warehouse_id: int) -> AnyResponse:
    """Let a carrier's parcels wait somewhere."""
    form = Form(request.form)
    carrier = form.text("carrier", longest=40)
    location_id = form.whole("location_id", least=1, most=2**53 - 1)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.open_lane(
            session,
            warehouse_id=warehouse_id,
            carrier=carrier,
            location_id=location_id or 0,
            by=by,
            at=at,
        )
        return url_for("bins.warehouse", warehouse_id=warehouse_id, _anchor="lanes")

    return kept("bins.open_lane", form, warehouse_id, do)


@pages.post("/lanes/<int:lane_id>")
@allow(*LEADS)
def change_lane(lane_id: int) -> AnyResponse:
    """Say when the truck leaves on each day of the week; a day without a time has no truck."""
    form, version = Form(request.form), expected_version()
    lane = _known(lane_id)
    leaves = {day: wall for day in DAYS if (wall := read_time(form, f"leaves_{day}"))}

    def do(session: Session, by: int, at: datetime) -> str:
        actions.edit_lane(
            session,
            lane_id=lane_id,
            location_id=lane.location_id,
            leaves=leaves,
            version=version,
            by=by,
            at=at,
        )
        return url_for("bins.warehouse", warehouse_id=lane.warehouse_id, _anchor="lanes")

    return kept("bins.edit_lane", form, lane.warehouse_id, do)


@pages.post("/lanes/<int:lane_id>/close")
@allow(*LEADS)
def close_lane(lane_id: int) -> AnyResponse:
    """Stop collecting parcels for a carrier."""
    lane = _known(lane_id)

    def do(session: Session, by: int, at: datetime) -> str:
        actions.close_lane(session, lane_id=lane_id, by=by, at=at)
        return url_for("bins.warehouse", warehouse_id=lane.warehouse_id, _anchor="lanes")

    return kept("bins.close_lane", Form(request.form), lane.warehouse_id, do)


def _known(lane_id: int) -> CarrierLane:
    with services().database.read() as session:
        lane = session.get(CarrierLane, lane_id)
    if lane is None:
        raise actions.NoSuchLane(id=lane_id)
    return lane
