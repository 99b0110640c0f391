"""What is told of a return before its parcel is here: which units come back, and that they will not after all."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.kits import parts_of_kits
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce as tell
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.versions import same_version
from wms.orders.queries import order as order_of
from wms.orders.tables import FoLine, FulfillmentOrder, OrderLine
from wms.returns.actions.rows import held, hold_lines, line_of, new_return
from wms.returns.events import ReturnAnnounced, ReturnCancelled
from wms.returns.goods import Advised
from wms.returns.lifecycle import LIFECYCLE, Verb
from wms.returns.queries import Owing, owing
from wms.returns.tables import Return


class MoreThanLeft(Wrong):
    """More is announced than left the house and has not come back; its faults say of which line, and how much."""

    sentence = "returns.more_than_left"


class NothingNamed(Wrong):
    """A return names at least one unit of one line."""

    sentence = "returns.no_lines"


def announce(
    session: Session,
    *,
    order_id: int,
    lines: Sequence[Advised],
    reason: str = "",
    by: int,
    at: datetime,
) -> Return:
    """Write down that units of an order come back. Nothing is moved before they are here.

    Raises NoSuchOrder, NothingNamed, MoreThanLeft with the lines in its faults.
    """
    order_of(session, order_id)
    if not lines:
        raise NothingNamed(Fault("lines", "returns.no_lines", {}))
    known = {line.id: line for line in hold_lines(session, order_id)}
    wanted = _parts(session, known, lines)
    _refuse_more(session, order_id, lines, known, wanted)
    made = new_return(
        session,
        warehouse_id=_warehouse(session, order_id),
        order_id=order_id,
        state=LIFECYCLE.start,
        reason=reason,
        at=at,
    )
    for (line_id, item_id), units in wanted.items():
        line_of(session, made.id, order_line_id=line_id, item_id=item_id).advised = units
    session.flush()
    tell(session, ReturnAnnounced(made.id, order_id, sum(wanted.values())), by=by, at=at)
    return made


def cancel(
    session: Session,
    *,
    return_id: int,
    reason: str = "",
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Return:
    """Say that it will not come back after all. Raises NoSuchReturn, Stale, NotNow where its parcel is here."""
    row = held(session, return_id)
    same_version(row, expected)
    transition(row, LIFECYCLE, Verb.CANCEL)
    row.ended_at = at
    session.flush()
    tell(session, ReturnCancelled(row.id, reason), by=by, at=at)
    return row


def _parts(
    session: Session, known: Mapping[int, OrderLine], lines: Sequence[Advised]
) -> dict[tuple[int, int], int]:
    """Return by line and item how many units are meant; what was sold as a kit left the house in its parts."""
    kits = parts_of_kits(session, {line.item_id for line in known.values()})
    wanted: dict[tuple[int, int], int] = {}
    for asked in lines:
        line = known.get(asked.order_line_id)
        for item_id, each in kits.get(line.item_id, ((line.item_id, 1),)) if line else ():
            key = (asked.order_line_id, item_id)
            wanted[key] = wanted.get(key, 0) + each * asked.quantity
    return wanted


def _refuse_more(
    session: Session,
    order_id: int,
    lines: Sequence[Advised],
    known: Mapping[int, OrderLine],
    wanted: Mapping[tuple[int, int], int],
) -> None:
    owed = {(one.order_line_id, one.item_id): one for one in owing(session, order_id)}
    if faults := [*_faults(lines, known, wanted, owed)]:
        raise MoreThanLeft(*faults)


def _faults(
    lines: Sequence[Advised],
    known: Mapping[int, OrderLine],
    wanted: Mapping[tuple[int, int], int],
    owed: Mapping[tuple[int, int], Owing],
) -> Iterator[Fault]:
    for place, asked in enumerate(lines):
        if asked.order_line_id not in known:
            yield Fault(f"lines.{place}.order_line_id", "returns.unknown_line", {})
        elif asked.quantity < 1:
            yield Fault(f"lines.{place}.quantity", "stock.no_units", {"quantity": asked.quantity})
        else:
            short = [
                (left, units)
                for key, units in wanted.items()
                if key[0] == asked.order_line_id
                and units > (left := owed[key].unannounced if key in owed else 0)
            ]
            for left, units in short[:1]:
                values = {"left": left, "quantity": units}
                yield Fault(f"lines.{place}.quantity", "returns.left_of_line", values)


def _warehouse(session: Session, order_id: int) -> int:
    query = (
        select(FulfillmentOrder.warehouse_id)
        .join(FoLine, FoLine.fo_id == FulfillmentOrder.id)
        .where(FulfillmentOrder.order_id == order_id, FoLine.shipped > 0)
        .order_by(FulfillmentOrder.part)
        .limit(1)
    )
    return session.scalars(query).one()
