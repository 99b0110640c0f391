"""What lay in a box in the place of the right thing: it is set aside at the bench, and somebody looks into it."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.bins.places import Outside
from wms.bins.queries import outside
from wms.bins.tables import Location
from wms.cases import actions as cases
from wms.cases import queries as case_queries
from wms.catalog import queries as catalog
from wms.catalog.tables import Item
from wms.kernel.words import say
from wms.moving import actions as moving
from wms.packing.tables import Package
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason, StockStatus

WRONG_IN_BOX = "wrong_in_box"
"""The kind of case that asks where it came from."""


@dataclass(frozen=True)
class Instead:
    """What lay in the place of a unit: which item, where that is known, and the bench that it lies on now."""

    item_id: int | None
    place_id: int | None


def lay_apart(
    session: Session, package: Package, missed_id: int, instead: Instead, *, by: int, at: datetime
) -> Mapping[str, Any]:
    """Book what nobody expected here where it lies, ask for it to be moved away, open a case; returns all three.

    Of what is told apart by lots or numbers nobody books more than the case says.
    """
    is_known = case_queries.open_case_about(
        session, kind=WRONG_IN_BOX, subject="package", subject_id=package.id
    )
    names = catalog.names(session, {missed_id, instead.item_id or missed_id})
    what = names[instead.item_id] if instead.item_id is not None else ""
    moves, task = _book(session, package, instead, by=by, at=at)
    case = cases.open_case(
        session,
        kind=WRONG_IN_BOX,
        subject="package",
        subject_id=package.id,
        sentence="packing.case_wrong_in_box" if what else "packing.case_unknown_in_box",
        values={"box": package.number, "sku": names[missed_id], "what": what},
        by=by,
        at=at,
    )
    return {"moves": moves, "task": task, "case": None if is_known else case.id}


def take_away(session: Session, kept: Mapping[str, Any], *, by: int, at: datetime) -> None:
    """Take that back: nothing else lay in the box. Raises NotNow where it is carried already, CannotReverse."""
    if kept["task"] is not None:
        moving.cancel(session, move_task_id=kept["task"], by=by, at=at)
    stock.reverse(session, kept["moves"], by=by, at=at)
    case_id = kept["case"]
    if case_id is not None and case_queries.case(session, case_id).closed_at is None:
        cases.close(session, case_id=case_id, outcome=say("packing.case_taken_back"), by=by, at=at)


def _book(
    session: Session, package: Package, instead: Instead, *, by: int, at: datetime
) -> tuple[list[int], int | None]:
    if instead.item_id is None or instead.place_id is None:
        return [], None
    item = session.get_one(Item, instead.item_id)
    if item.tracks_lots or item.tracks_serials:
        return [], None
    warehouse_id = session.get_one(Location, instead.place_id).warehouse_id
    found = Move(
        item.id,
        outside(session, warehouse_id, Outside.LOST),
        instead.place_id,
        1,
        Reason.FOUND,
        status_to=StockStatus.QUARANTINE,
        reference=package.number,
    )
    moves = stock.post(session, [found], by=by, at=at)
    task = moving.ask(
        session,
        kind=moving.Kind.RELOCATE,
        source_id=instead.place_id,
        item_id=item.id,
        status=StockStatus.QUARANTINE,
        quantity=1,
        why=moving.Why.PROBLEM,
        reference=package.number,
        by=by,
        at=at,
    )
    return moves, task
