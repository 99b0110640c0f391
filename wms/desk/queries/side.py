"""How much of everything waits: the figures beside the names of the pages. Every page shows them, so one statement."""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import func, literal, select
from sqlalchemy.orm import Session

from wms.cases.tables import ExceptionCase
from wms.counting import queries as counting
from wms.desk.queries.orders import OPEN_HOLD
from wms.moving import queries as moving
from wms.orders import queries as orders
from wms.orders.tables import Order, OrderHold
from wms.printing import queries as printing
from wms.returns import queries as returns
from wms.waves import queries as waves


@dataclass(frozen=True)
class Waits:
    """How many things wait on a page; an alarm is something that is not as it should be."""

    count: int
    is_alarm: bool = False


def waits(session: Session) -> Mapping[str, Waits]:
    """Return, by the page's endpoint, what waits there; pages where nothing does are left out."""
    count = select(func.count())
    # SQLite uses the index of open holds only where the question says the very same, word for word.
    open_hold = [literal(state, literal_execute=True) for state in OPEN_HOLD]
    asked = {
        "desk.orders": count.where(Order.state.in_(orders.OPEN_ORDERS)),
        "desk.review": count.where(OrderHold.state.in_(open_hold)),
        "desk.waves": waves.going_on(),
        "returns.returns": returns.going_on(),
        "desk.exceptions": count.where(ExceptionCase.closed_at.is_(None)),
        "moving.tasks": moving.going_on(),
        "counting.counts": counting.going_on(),
        "printing.printers": printing.down(),
    }
    figures = session.execute(select(*(one.scalar_subquery() for one in asked.values()))).one()
    return {
        page: Waits(figure, is_alarm=page == "printing.printers")
        for page, figure in zip(asked, figures, strict=True)
        if figure
    }
