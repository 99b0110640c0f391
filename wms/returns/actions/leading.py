"""What is graded leaves the bench: somebody is asked to carry it to a shelf, or to where it is set aside."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wms.moving import actions as moving
from wms.returns.grades import Disposition
from wms.returns.tables import Return, ReturnLine, ReturnUnit
from wms.stock.moves import StockStatus

Lying = Sequence[tuple[ReturnUnit, ReturnLine]]
"""Units that lie before the person, with their lines."""


def ask_away(
    session: Session, row: Return, lying: Lying, fate: Disposition, *, by: int, at: datetime
) -> None:
    """Ask for one walk off the bench for all units that are the same: to a shelf, or to where they are set aside."""
    is_sold = fate is Disposition.RESTOCK
    alike: dict[tuple[int, int, int, int], list[ReturnUnit]] = {}
    for unit, line in reversed(lying):
        key = (unit.place_id, line.item_id, unit.lot_id, unit.serial_id)
        alike.setdefault(key, []).append(unit)
    for (place_id, item_id, lot_id, serial_id), units in alike.items():
        number = moving.ask(
            session,
            kind=moving.Kind.PUTAWAY if is_sold else moving.Kind.RELOCATE,
            source_id=place_id,
            item_id=item_id,
            lot_id=lot_id,
            serial_id=serial_id,
            status=StockStatus.AVAILABLE if is_sold else StockStatus.QUARANTINE,
            quantity=sum(unit.quantity for unit in units),
            why=moving.Why.RETURNED,
            reference=row.number,
            by=by,
            at=at,
        )
        for unit in units:
            unit.move_task_id = number
