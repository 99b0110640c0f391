"""Taking back that units are missing: they lie where they were, and the order waits for no others."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.moving import actions as moving
from wms.orders import actions as orders
from wms.orders.gate import FoState
from wms.packing.actions.filling import see_that_theirs
from wms.packing.actions.instead import take_away
from wms.packing.actions.opening import revive, stop_packing_without_boxes
from wms.packing.actions.rows import go, held_packages
from wms.packing.actions.units import Units, count
from wms.packing.actions.weighing import close_again
from wms.packing.lifecycle import PackageState, PackageVerb
from wms.packing.tables import Package
from wms.stock import actions as stock


def find(session: Session, fo_id: int, before: Mapping[str, Any], *, by: int, at: datetime) -> None:
    """Count units as picked again that were missing, and book them back into their tote, or their box.

    The box is closed and weighed as it was, and stands on the bench again where it was given up; what lay there
    instead is gone. Raises what says that things went on since: NotNow, NotTheirTote, NotPackedNow, NotSoMany,
    PartlyGone, WentOn, CannotReverse.
    """
    units = Units(**before["units"])
    if before["package"] is None:
        see_that_theirs(session, units)
    if (instead := before.get("instead")) is not None:
        take_away(session, instead, by=by, at=at)
    if before["task"] is not None:
        moving.cancel(session, move_task_id=before["task"], by=by, at=at)
    state = orders.found_at_packing(
        session,
        fo_id=fo_id,
        fo_line_id=units.fo_line_id,
        quantity=units.quantity,
        missed=orders.Missed.from_plain(before["missed"]),
        by=by,
        at=at,
    )
    package = _box(session, before["package"], by=by, at=at)
    if state is FoState.PICKED and held_packages(session, fo_id):
        orders.start_pack(session, fo_id, by=by, at=at)
    if package is not None:
        _put_in_again(session, package, units, by=by, at=at)
    stock.reverse(session, before["moves"], by=by, at=at)
    if package is not None and (closed := before.get("closed")) is not None:
        close_again(session, package, closed, by=by, at=at)
    stop_packing_without_boxes(session, fo_id, by=by, at=at)


def _box(session: Session, package_id: int | None, *, by: int, at: datetime) -> Package | None:
    """Return the box that they lay in, under lock; one that was given up because it was empty stands there again."""
    if package_id is None:
        return None
    package = session.get_one(Package, package_id, with_for_update=True, populate_existing=True)
    if package.state == PackageState.VOID:
        revive(session, package, by=by, at=at)
    return package


def _put_in_again(
    session: Session, package: Package, units: Units, *, by: int, at: datetime
) -> None:
    go(session, package, PackageVerb.SCAN_ITEM)
    count(session, package, units, units.quantity)
    orders.packed(session, fo_line_id=units.fo_line_id, quantity=units.quantity, by=by, at=at)
