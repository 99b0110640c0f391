"""Taking back what a packer did last, by moves and counts that go the other way."""

from collections.abc import Callable, Mapping, Sequence
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
from wms.packing.actions.filling import NotInTote, see_that_in_tote, see_that_theirs
from wms.packing.actions.finding import find
from wms.packing.actions.leaving import go_recalled, go_staged
from wms.packing.actions.leftovers import take_up_again
from wms.packing.actions.noting import ActVerb
from wms.packing.actions.opening import BoxNotEmpty, end, stop_packing_without_boxes
from wms.packing.actions.rows import LabelInTheWay, go, see_that_no_label
from wms.packing.actions.units import NotInBox, Units, count
from wms.packing.actions.weighing import WentOn, close_again
from wms.packing.events import PackageReopened, PackingUndone
from wms.packing.lifecycle import PackageState, PackageVerb
from wms.packing.tables import PackAct, Package
from wms.picking import actions as picking
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
    """open, put_in, take_out, close, reopen, weigh, stage, recall, missing, leftover."""
    fo_id: int
    package_id: int | None
    tote_id: int | None


@dataclass(frozen=True)
class _Act:
    """What was done, with all that is held to take it back."""

    session: Session
    gate: Gate
    package: Package
    before: Mapping[str, Any]
    by: int
    at: datetime

    @property
    def who(self) -> Mapping[str, Any]:
        """Who takes it back, and when."""
        return {"by": self.by, "at": self.at}


def undo(session: Session, *, by: int, at: datetime) -> Undone:
    """Take back what somebody did last at a bench, ten deep. Raises NothingToUndo, CannotUndo."""
    newest = _newest(session, by)
    if newest is None:
        raise NothingToUndo
    acts = _of_one_scan(session, newest)
    gates = {fo_id: orders.gate(session, fo_id) for fo_id in sorted({act.fo_id for act in acts})}
    if any(gate.stop for gate in gates.values()):
        raise CannotUndo(verb=newest.verb)
    package_id = newest.package_id or newest.before.get("package")
    undone = Undone(newest.verb, newest.fo_id, package_id, newest.tote_id)
    for act in acts:
        try:
            _take_back(session, gates[act.fo_id], act, by=by, at=at)
        except _GONE_ON:
            raise CannotUndo(verb=act.verb) from None
        act.undone_at = at
        session.flush()
        announce(session, PackingUndone(act.fo_id, act.package_id, act.verb), by=by, at=at)
    return undone


def _newest(session: Session, by: int) -> PackAct | None:
    """Return what somebody did last and did not take back; None after ten in a row."""
    last = session.scalar(select(func.max(PackAct.acted_at)).where(PackAct.worker_id == by))
    if last is None:
        return None
    in_a_row = select(func.count(PackAct.undone_at.distinct())).where(
        PackAct.worker_id == by, PackAct.undone_at >= last
    )
    if (session.scalar(in_a_row) or 0) >= DEEP:
        return None
    query = select(PackAct).where(PackAct.worker_id == by, PackAct.undone_at.is_(None))
    return session.scalars(query.order_by(PackAct.id.desc()).limit(1)).first()


def _of_one_scan(session: Session, newest: PackAct) -> Sequence[PackAct]:
    """Return what was done along with an act, newest first: one yes may say of several lines that they are missing."""
    if newest.verb != ActVerb.MISSING:
        return [newest]
    query = select(PackAct).where(
        PackAct.worker_id == newest.worker_id,
        PackAct.undone_at.is_(None),
        PackAct.verb == newest.verb,
        PackAct.acted_at == newest.acted_at,
        PackAct.tote_id == newest.tote_id,
    )
    return session.scalars(query.order_by(PackAct.id.desc())).all()


def _take_back(session: Session, gate: Gate, act: PackAct, *, by: int, at: datetime) -> None:
    if act.verb == ActVerb.MISSING:
        if "missed" not in act.before:  # noted before the house kept what it takes
            raise WentOn
        find(session, gate.fo_id, act.before, by=by, at=at)
        return
    if act.verb == ActVerb.LEFTOVER:
        assert act.tote_id is not None
        take_up_again(session, act.tote_id, act.before, by=by, at=at)
        return
    package = session.get_one(Package, act.package_id, with_for_update=True, populate_existing=True)
    _BACK[ActVerb(act.verb)](_Act(session, gate, package, act.before, by, at))


def _unopen(act: _Act) -> None:
    end(act.session, act.package, **act.who)
    stop_packing_without_boxes(act.session, act.gate.fo_id, **act.who)


def _take_out_again(act: _Act) -> None:
    units = Units(**act.before["units"])
    see_that_theirs(act.session, units)
    go(act.session, act.package, PackageVerb.REMOVE_ITEM)
    count(act.session, act.package, units, -units.quantity)
    orders.unpacked(act.session, fo_line_id=units.fo_line_id, quantity=units.quantity, **act.who)
    stock.reverse(act.session, act.before["moves"], **act.who)


def _put_in_again(act: _Act) -> None:
    units = Units(**act.before["units"])
    see_that_in_tote(act.session, units)
    go(act.session, act.package, PackageVerb.SCAN_ITEM)
    count(act.session, act.package, units, units.quantity)
    orders.packed(act.session, fo_line_id=units.fo_line_id, quantity=units.quantity, **act.who)
    stock.reverse(act.session, act.before["moves"], **act.who)


def _unclose(act: _Act) -> None:
    if act.package.state != PackageState.CLOSED:
        raise WentOn
    open_again(act.session, act.gate, act.package, **act.who)
    act.package.box_type_id, act.package.expected_g = (
        act.before["box_type"],
        act.before["expected_g"],
    )
    act.session.flush()


def _close_again(act: _Act) -> None:
    close_again(act.session, act.package, act.before, **act.who)


def _unweigh(act: _Act) -> None:
    see_that_no_label(act.package)
    go(act.session, act.package, PackageVerb.UNDO_WEIGH)
    forget_weight(act.package)
    act.session.flush()
    if act.gate.state is FoState.PACKED:
        orders.reopen_packing(act.session, act.gate.fo_id, **act.who)
    announce(act.session, PackageReopened(act.package.id, act.package.fo_id), **act.who)


def _unstage(act: _Act) -> None:
    go_recalled(act.session, act.package, **act.who)


def _stage_again(act: _Act) -> None:
    go_staged(act.session, act.package, **act.who)


_GONE_ON = (
    BoxNotEmpty,
    LabelInTheWay,
    NotInBox,
    NotInTote,
    NotNow,
    WentOn,
    orders.NotPackedNow,
    orders.NotSoMany,
    orders.PartlyGone,
    picking.ToteNotReady,
    stock.CannotReverse,
)
"""What says that a thing went on since."""

_BACK: Mapping[ActVerb, Callable[[_Act], None]] = {
    ActVerb.OPEN: _unopen,
    ActVerb.PUT_IN: _take_out_again,
    ActVerb.TAKE_OUT: _put_in_again,
    ActVerb.CLOSE: _unclose,
    ActVerb.REOPEN: _close_again,
    ActVerb.WEIGH: _unweigh,
    ActVerb.STAGE: _unstage,
    ActVerb.RECALL: _stage_again,
}
