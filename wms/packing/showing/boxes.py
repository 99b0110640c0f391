"""Boxes: the one in hand, and those that would take what goes into it."""

from collections.abc import Sequence

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.catalog.tables import BoxType
from wms.kernel.prepared import Prepared
from wms.packing import queries
from wms.packing.boxes import BoxFit
from wms.packing.dialogue import At, Box, LabelState, Option, Step, Want
from wms.packing.lifecycle import BEGUN, LIVE, PackageState
from wms.packing.queries import Benched
from wms.packing.tables import Package

CHOICES = 6
"""Most boxes between which somebody chooses."""

MM_PER_CM = 10

_TYPE = Prepared(select(BoxType.name).where(BoxType.id == bindparam("box_type_id")))


def box_in_hand(packages: Sequence[Package]) -> Package | None:
    """Return the box that something is to be done with, first one that is being filled."""
    live = [package for package in packages if package.state in LIVE]
    begun = [package for package in live if package.state in BEGUN]
    return next(iter(begun or live), None)


def box(session: Session, package: Package) -> Box:
    """Return a box as the bench shows it."""
    name = _name(session, package)
    return Box(
        id=package.id,
        number=package.number,
        part=package.part,
        state=PackageState(package.state),
        units=sum(queries.units_of(session, package.id).values()),
        name=name,
        expected_g=package.expected_g if name else None,
        weight_g=package.weight_g if package.state not in BEGUN else None,
        is_by_hand=package.weighed_by_hand,
        label_state=LabelState(package.label_state),
        label_words=package.label_words,
        label_code=package.label_code,
    )


def options(
    session: Session, at: At, order: Benched, package: Package | None, wants: Sequence[Want]
) -> tuple[Option, ...]:
    """Return the boxes that take what is in hand; where none is known to, all there are, the largest first."""
    if package is not None and package.state != PackageState.OPEN:
        return ()
    fits = _fits(session, at, order, package, wants) or queries.all_boxes(session)
    unique = {fit.box_type_id: fit for fit in fits}
    return tuple(
        Option(fit.box_type_id, fit.name, _size(fit), fit.fill_percent) for fit in unique.values()
    )[:CHOICES]


def _name(session: Session, package: Package) -> str:
    """Return what type of box it is; nothing while it is open."""
    if package.box_type_id is None or package.state == PackageState.OPEN:
        return ""
    [(name,)] = _TYPE.all(session, {"box_type_id": package.box_type_id})
    return str(name)


def _fits(
    session: Session, at: At, order: Benched, package: Package | None, wants: Sequence[Want]
) -> Sequence[BoxFit]:
    """Return the boxes for what lies in the one in hand once nothing more goes in, else for all of the order."""
    if package is not None and (at.step is Step.BOX or not wants):
        return queries.box_for(session, package.id)
    return queries.box_plan(session, order.fo_id)


def _size(fit: BoxFit) -> str:
    return " × ".join(f"{side / MM_PER_CM:g}" for side in fit.sides_mm)
