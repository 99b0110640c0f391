"""Taking back what a packer did last, by moves and counts that go the other way."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from wms.kernel.lifecycle import NotNow
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import FoState, Gate
from wms.packing.actions.closing import forget_weight, open_again
from wms.packing.actions.filling import (
    NotInBox,
    NotInTote,
    Units,
    count,
    see_that_in_tote,
    see_that_tote_is_open,
)
from wms.packing.actions.leaving import go_recalled, go_staged
from wms.packing.actions.noting import ActVerb
from wms.packing.actions.opening import BoxNotEmpty, end, stop_packing_without_boxes
from wms.packing.actions.rows import LabelInTheWay, go, see_that_no_label
from wms.packing.actions.weighing import go_weighed
from wms.packing.events import PackageReopened, PackingUndone
from wms.packing.lifecycle import PackageState, PackageVerb
from wms.packing.tables import PackAct, Package
from wms.stock import actions as stock

DEEP = 10
"""How many acts of a person can be taken back one after the other."""


class NothingToUndo(Refusal):
    """There is nothing that could be taken back any more."""

    sentence = "packing.nothing_to_undo"


class CannotUndo(Refusal):
    """What was done went on since: a label was asked for, the tote is somebody else's, the order stopped."""

    sentence = "packing.cannot_undo"


@dataclass(frozen=True)
class Undone:
    """What was taken back."""

    verb: str
    """open, put_in, take_out, close, reopen, weigh, stage, recall."""
    fo_id: int
    package_id: int | None
    tote_id: int | None


def undo(session: Session, *, by: int, at: datetime) -> Undone:
    """Take back what somebody did last at a bench, ten deep. Raises NothingToUndo, CannotUndo."""
    act = _newest(session, by)
    if act is None:
        raise NothingToUndo
    gate = orders.gate(session, act.fo_id)
    back = _BACK.get(ActVerb(act.verb))
    if gate.stop or back is None or act.package_id is None:
        raise CannotUndo(verb=act.verb)
    package = session.get_one(Package, act.package_id, with_for_update=True, populate_existing=True)
    try:
        back(session, gate, package, act.before, by=by, at=at)
    except _GONE_ON:
        raise CannotUndo(verb=act.verb) from None
    act.undone_at = at
    session.flush()
    announce(session, PackingUndone(act.fo_id, act.package_id, act.verb), by=by, at=at)
    return Undone(act.verb, act.fo_id, act.package_id, act.tote_id)


def _newest(session: Session, by: int) -> PackAct | None:
    """Return what somebody did last and did not take back; None after ten in a row."""
    last = session.scalar(select(func.max(PackAct.acted_at)).where(PackAct.worker_id == by))
    if last is None:
        return None
    in_a_row = select(func.count(PackAct.id)).where(
        PackAct.worker_id == by, PackAct.undone_at >= last
    )
    if (session.scalar(in_a_row) or 0) >= DEEP:
        return None
    query = select(PackAct).where(PackAct.worker_id == by, PackAct.undone_at.is_(None))
    return session.scalars(query.order_by(PackAct.id.desc()).limit(1)).first()


def _unopen(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del before
    end(session, package, by=by, at=at)
    stop_packing_without_boxes(session, gate.fo_id, by=by, at=at)


def _take_out_again(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del gate
    units = Units(**before["units"])
    see_that_tote_is_open(session, units.tote_id)
    go(session, package, PackageVerb.REMOVE_ITEM)
    count(session, package, units, -units.quantity)
    orders.unpacked(session, fo_line_id=units.fo_line_id, quantity=units.quantity, by=by, at=at)
    stock.reverse(session, before["moves"], by=by, at=at)


def _put_in_again(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del gate
    units = Units(**before["units"])
    see_that_in_tote(session, units)
    go(session, package, PackageVerb.SCAN_ITEM)
    count(session, package, units, units.quantity)
    orders.packed(session, fo_line_id=units.fo_line_id, quantity=units.quantity, by=by, at=at)
    stock.reverse(session, before["moves"], by=by, at=at)


def _unclose(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    if package.state != PackageState.CLOSED:
        raise _WentOn
    open_again(session, gate, package, by=by, at=at)
    package.box_type_id, package.expected_g = before["box_type"], before["expected_g"]
    session.flush()


def _close_again(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del gate
    go(session, package, PackageVerb.CLOSE)
    package.closed_at = at
    session.flush()
    if before["state"] == PackageState.WEIGHED:
        go_weighed(
            session,
            package,
            weight_g=before["weight_g"],
            by_hand=before["weighed_by_hand"],
            override=(before["override_by"], before["override_reason"]),
            by=by,
            at=at,
        )


def _unweigh(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del before
    see_that_no_label(package)
    go(session, package, PackageVerb.UNDO_WEIGH)
    forget_weight(package)
    session.flush()
    if gate.state is FoState.PACKED:
        orders.reopen_packing(session, gate.fo_id, by=by, at=at)
    announce(session, PackageReopened(package.id, package.fo_id), by=by, at=at)


def _unstage(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del gate, before
    go_recalled(session, package, by=by, at=at)


def _stage_again(
    session: Session,
    gate: Gate,
    package: Package,
    before: Mapping[str, Any],
    *,
    by: int,
    at: datetime,
) -> None:
    del gate, before
    go_staged(session, package, by=by, at=at)


class _WentOn(Refusal):
    """The box is further on by now."""

    sentence = "packing.cannot_undo"


_GONE_ON = (
    BoxNotEmpty,
    LabelInTheWay,
    NotInBox,
    NotInTote,
    NotNow,
    _WentOn,
    orders.NotPackedNow,
    orders.NotSoMany,
    orders.PartlyGone,
    stock.CannotReverse,
)
"""What says that a thing went on since."""

_BACK: Mapping[ActVerb, Callable[..., None]] = {
    ActVerb.OPEN: _unopen,
    ActVerb.PUT_IN: _take_out_again,
    ActVerb.TAKE_OUT: _put_in_again,
    ActVerb.CLOSE: _unclose,
    ActVerb.REOPEN: _close_again,
    ActVerb.WEIGH: _unweigh,
    ActVerb.STAGE: _unstage,
    ActVerb.RECALL: _stage_again,
}
