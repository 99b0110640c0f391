"""The end of a return: every unit has its grade and goes where it belongs."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.orm import Session

from wms.cases import actions as cases
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.returns.actions.rows import ungraded, yours
from wms.returns.events import ReturnEnded
from wms.returns.lifecycle import LIFECYCLE, State, Verb
from wms.returns.queries import Line, lines
from wms.returns.tables import Return


class NotAllGraded(Refusal):
    """Units lie on the bench that nobody gave a grade."""

    sentence = "returns.not_all_graded"


def finish(session: Session, *, return_id: int, by: int, at: datetime) -> Return:
    """Say that everything in the parcel was looked at; an empty one opens a case.

    Raises NoSuchReturn, NotYourParcel, NotNow, NotAllGraded.
    """
    row = yours(session, return_id, by)
    if lying := ungraded(session, row.id):
        raise NotAllGraded(n=sum(unit.quantity for unit, _ in lying))
    if row.state == State.ARRIVED:
        transition(row, LIFECYCLE, Verb.INSPECT)
    transition(row, LIFECYCLE, Verb.GRADE_ALL)
    transition(row, LIFECYCLE, Verb.DISPOSE_ALL)
    row.ended_at, row.worker_id = at, None
    session.flush()
    came = lines(session, [row.id])
    if not sum(line.arrived for line in came):
        _open_case_of_nothing(session, row, by=by, at=at)
    announce(session, _ended(row, came), by=by, at=at)
    return row


def _ended(row: Return, came: Sequence[Line]) -> ReturnEnded:
    return ReturnEnded(
        row.id,
        row.order_id,
        sum(line.restocked for line in came),
        sum(line.quarantined for line in came),
        sum(line.scrapped for line in came),
    )


def _open_case_of_nothing(session: Session, row: Return, *, by: int, at: datetime) -> None:
    cases.open_case(
        session,
        kind="empty_return",
        subject="return",
        subject_id=row.id,
        sentence="returns.case_empty",
        values={"number": row.number},
        by=by,
        at=at,
    )
