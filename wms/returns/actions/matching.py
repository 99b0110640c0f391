"""A parcel that nobody knew turns out to be of an order: what came in it counts there from then on."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.cases.queries import open_case_about
from wms.catalog.queries import names as skus
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.kernel.versions import same_version
from wms.kernel.words import say
from wms.orders.queries import order as order_of
from wms.returns.actions.rows import held, hold_lines, line_of, live_units
from wms.returns.events import ReturnMatched
from wms.returns.grades import Disposition
from wms.returns.queries import Owing, owing
from wms.returns.tables import Return, ReturnLine, ReturnUnit


class KnownAlready(Refusal):
    """Somebody knows already of which order the parcel is."""

    sentence = "returns.known_already"


def match(
    session: Session,
    *,
    return_id: int,
    order_id: int,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> Return:
    """Say of which order a blind return is. What was set aside stays so; a lead says what becomes of it.

    Raises NoSuchReturn, NoSuchOrder, Stale, KnownAlready, NotOfThatOrder,
    MoreThanThatOrder: then nothing of it counts.
    """
    row = held(session, return_id)
    same_version(row, expected)
    if row.order_id is not None:
        raise KnownAlready(number=row.number)
    order = order_of(session, order_id)
    hold_lines(session, order_id)
    row.order_id = order_id
    session.flush()
    left = [_Left(one) for one in owing(session, order_id)]
    units = [pair for pair in live_units(session, return_id) if not pair[0].is_wrong_item]
    for unit, line in sorted(units, key=lambda pair: (-pair[0].quantity, pair[0].id)):
        _count_there(session, row, unit, line, _its(session, left, unit, line, order.number))
    session.flush()
    announce(session, ReturnMatched(row.id, order_id), by=by, at=at)
    case_id = open_case_about(session, kind="blind_return", subject="return", subject_id=row.id)
    if case_id is not None:
        outcome = say("returns.matched_with", {"order": order.number})
        cases.close(session, case_id=case_id, outcome=outcome, by=by, at=at)
    return row


class NotOfThatOrder(Refusal):
    """Something in the parcel never left the house with that order."""

    sentence = "returns.not_of_that_order"


class MoreThanThatOrder(Refusal):
    """More of something is in the parcel than may still come back of that order."""

    sentence = "returns.more_than_that_order"


class _Left:
    """How many units of a line of the order may still come back, counted down."""

    def __init__(self, one: Owing) -> None:
        self.line_id, self.item_id, self.units = one.order_line_id, one.item_id, one.left


def _its(
    session: Session, left: Sequence[_Left], unit: ReturnUnit, line: ReturnLine, number: str
) -> int:
    """Return the line of the order that units count on: what was scanned together stays together."""
    mine = [one for one in left if one.item_id == line.item_id]
    fits = next((one for one in mine if one.units >= unit.quantity), None)
    if fits is not None:
        fits.units -= unit.quantity
        return fits.line_id
    sku = skus(session, [line.item_id])[line.item_id]
    if not mine:
        raise NotOfThatOrder(sku=sku, order=number)
    most = max(one.units for one in mine)
    raise MoreThanThatOrder(sku=sku, left=most, quantity=unit.quantity, order=number)


def _count_there(
    session: Session, row: Return, unit: ReturnUnit, line: ReturnLine, order_line_id: int
) -> None:
    """Let units count on a line of the order instead of on one of nobody's."""
    there = line_of(session, row.id, order_line_id=order_line_id, item_id=line.item_id)
    for one, change in ((line, -unit.quantity), (there, unit.quantity)):
        one.arrived += change
        one.quarantined += change if unit.disposition == Disposition.QUARANTINE else 0
        one.scrapped += change if unit.disposition == Disposition.SCRAP else 0
    unit.line_id = there.id
    session.flush()
    _forget_if_empty(session, line)


def _forget_if_empty(session: Session, line: ReturnLine) -> None:
    """Delete a line that nothing counts on, and nothing ever did."""
    session.refresh(line)
    is_used = session.scalar(select(ReturnUnit.id).where(ReturnUnit.line_id == line.id).limit(1))
    if is_used is None:
        session.delete(line)
        session.flush()
