"""A box is closed, and opened again where something in it is wrong."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog import queries as catalog
from wms.catalog.tables import BoxType, Item
from wms.kernel.decisions import decide
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.orders.gate import FoState, Gate
from wms.packing.actions.labelling import LABELLED, take_label_off
from wms.packing.actions.noting import ActVerb, note
from wms.packing.actions.opening import units_in
from wms.packing.actions.rows import LabelState, go, held_package, see_that_no_label
from wms.packing.actions.units import inside
from wms.packing.events import PackageClosed, PackageReopened
from wms.packing.lifecycle import PackageState, PackageVerb
from wms.packing.queries.boxing import inputs_of, units_of
from wms.packing.rules.boxes import CARTONIZE
from wms.packing.tables import Package
from wms.printing import actions as printing


class NothingIn(Refusal):
    """The box is empty: there is nothing to close."""

    sentence = "packing.nothing_in"


def close(session: Session, *, package_id: int, box_type_id: int, by: int, at: datetime) -> Package:
    """Close a box of that type. Raises OrderStopped, NothingIn, NoSuchBoxType, NotNow.

    What the house would have chosen is kept with its reasons.
    """
    _, package = held_package(session, package_id)
    box = catalog.box_type(session, box_type_id)
    if box.archived_at is not None:
        raise catalog.NoSuchBoxType(box_type=box_type_id)
    go(session, package, PackageVerb.CLOSE)
    units = units_in(session, package)
    if not units:
        raise NothingIn(package=package.number)
    held = units_of(session, package.id)
    decide(
        session,
        CARTONIZE,
        inputs_of(session, held),
        subject="package",
        subject_id=package.id,
        by=by,
        at=at,
    )
    before = {"box_type": package.box_type_id, "expected_g": package.expected_g}
    package.box_type_id, package.closed_at = box_type_id, at
    package.expected_g = _expected_g(session, box, held)
    session.flush()
    announce(session, PackageClosed(package.id, package.fo_id, box_type_id, units), by=by, at=at)
    note(session, ActVerb.CLOSE, fo_id=package.fo_id, package=package, before=before, by=by, at=at)
    return package


def reopen(session: Session, *, package_id: int, by: int, at: datetime) -> Package:
    """Open a box again that was closed; its label, where it wears one, is given back.

    Raises OrderStopped, LabelInTheWay, PartlyGone, NotNow.
    """
    gate, package = held_package(session, package_id)
    before = snapshot(session, package)
    open_again(session, gate, package, by=by, at=at)
    note(session, ActVerb.REOPEN, fo_id=package.fo_id, package=package, before=before, by=by, at=at)
    return package


def open_again(session: Session, gate: Gate, package: Package, *, by: int, at: datetime) -> None:
    """Open a closed box that is held. Its slip is void, its label comes off, and shipping asks the money back.

    Raises LabelInTheWay, PartlyGone, NotNow.
    """
    see_that_no_label(package)
    if package.state in LABELLED:
        take_label_off(session, package, by=by, at=at)
    was_weighed = package.state == PackageState.WEIGHED
    go(session, package, PackageVerb.REOPEN)
    forget_weight(package)
    package.closed_at = None
    session.flush()
    printing.cancel_about(session, subject="package", subject_id=package.id, by=by, at=at)
    if gate.state is FoState.PACKED:
        orders.reopen_packing(session, package.fo_id, by=by, at=at)
    if was_weighed:
        announce(session, PackageReopened(package.id, package.fo_id), by=by, at=at)


def forget_weight(package: Package) -> None:
    """Note that nobody knows what a box weighs."""
    package.weight_g, package.weighed_at, package.weighed_by_hand = None, None, False
    package.override_by, package.override_reason = None, ""
    package.label_state, package.label_words = LabelState.NONE, {}


def snapshot(session: Session, package: Package) -> dict[str, object]:
    """Return what a box was before it was opened again, to bring that back."""
    return {
        "state": package.state,
        "weight_g": package.weight_g,
        "weighed_by_hand": package.weighed_by_hand,
        "override_by": package.override_by,
        "override_reason": package.override_reason,
        "label": package.label_code,
        "inside": inside(session, package),
    }


def _expected_g(session: Session, box: BoxType, units: dict[int, int]) -> int | None:
    """Return what a box should weigh; None where an item's weight is not known."""
    rows = session.execute(select(Item.id, Item.weight_g).where(Item.id.in_(units)))
    weights = {row.id: row.weight_g for row in rows}
    total = box.weight_g
    for item_id, some in units.items():
        weight = weights[item_id]
        if weight is None:
            return None
        total += weight * some
    return total
