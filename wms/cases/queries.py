"""What others may ask about cases."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases.lifecycle import State
from wms.cases.tables import ExceptionCase
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound


def case(session: Session, case_id: int) -> ExceptionCase:
    """Return a case. Raises NotFound."""
    found = session.get(ExceptionCase, case_id)
    if found is None:
        raise NotFound(thing="case", number=case_id)
    return found


def cases(
    session: Session,
    *,
    limit: int,
    cursor: str | None,
    state: str | None = None,
    kind: str | None = None,
    subject: str | None = None,
    subject_id: int | None = None,
    assigned_to: int | None = None,
) -> Page[ExceptionCase]:
    """Return cases, oldest first: what has waited longest comes first."""
    query = select(ExceptionCase)
    wanted = {
        ExceptionCase.state: state,
        ExceptionCase.kind: kind,
        ExceptionCase.subject: subject,
        ExceptionCase.subject_id: subject_id,
        ExceptionCase.assigned_to: assigned_to,
    }
    for column, value in wanted.items():
        if value is not None:
            query = query.where(column == value)
    return page(session, query, by=[ExceptionCase.id], limit=limit, cursor=cursor)


def subjects_told_of(session: Session, *, kind: str, sentence: str, limit: int) -> Sequence[int]:
    """Return what the cases of a kind are about that are not closed and say just this, the oldest first."""
    query = (
        select(ExceptionCase.subject_id)
        .where(
            ExceptionCase.kind == kind,
            ExceptionCase.sentence == sentence,
            ExceptionCase.state != State.CLOSED,
        )
        .order_by(ExceptionCase.id)
        .limit(limit)
    )
    return session.scalars(query).all()


def open_case_about(session: Session, *, kind: str, subject: str, subject_id: int) -> int | None:
    """Return the case of a kind about a thing that is not closed yet; None without one."""
    return session.scalar(
        select(ExceptionCase.id)
        .where(
            ExceptionCase.kind == kind,
            ExceptionCase.subject == subject,
            ExceptionCase.subject_id == subject_id,
            ExceptionCase.state != State.CLOSED,
        )
        .order_by(ExceptionCase.id)
        .limit(1)
    )
