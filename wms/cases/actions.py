"""Opening, taking and closing cases."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases.alerts import MAIL, is_urgent, letter
from wms.cases.events import (
    CaseAssigned,
    CaseClosed,
    CaseOpened,
    CaseReleased,
    CaseReopened,
    CaseRetold,
)
from wms.cases.lifecycle import LIFECYCLE, State, Verb
from wms.cases.tables import ExceptionCase
from wms.kernel import calls
from wms.kernel.events import DeliveryDied
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import NotFound
from wms.kernel.versions import same_version
from wms.people.queries import person


def open_case(
    session: Session,
    *,
    kind: str,
    subject: str,
    subject_id: int,
    sentence: str,
    values: Mapping[str, Any],
    by: int,
    at: datetime,
) -> ExceptionCase:
    """Open a case about a thing. One of the same kind about the same thing that is not closed yet stands for it."""
    known = session.scalars(
        select(ExceptionCase)
        .where(
            ExceptionCase.kind == kind,
            ExceptionCase.subject == subject,
            ExceptionCase.subject_id == subject_id,
            ExceptionCase.state != State.CLOSED,
        )
        .order_by(ExceptionCase.id)
        .limit(1)
        .with_for_update()
    ).first()
    if known is not None:
        return known
    case = ExceptionCase(
        kind=kind,
        state=LIFECYCLE.start,
        subject=subject,
        subject_id=subject_id,
        sentence=sentence,
        values=dict(values),
        opened_by=by,
        opened_at=at,
    )
    session.add(case)
    session.flush()
    announce(session, CaseOpened(case_id=case.id, kind=kind), by=by, at=at)
    return case


def assign(
    session: Session,
    *,
    case_id: int,
    user_id: int,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> ExceptionCase:
    """Let somebody look after a case. Raises NotFound, NotNow, Stale."""
    case = _held(session, case_id, expected)
    person(session, user_id)
    transition(case, LIFECYCLE, Verb.ASSIGN)
    case.assigned_to = user_id
    announce(session, CaseAssigned(case_id=case_id, user_id=user_id), by=by, at=at)
    session.flush()
    return case


def release(
    session: Session, *, case_id: int, expected: int | None = None, by: int, at: datetime
) -> ExceptionCase:
    """Give a case back, for somebody else to take. Raises NotFound, NotNow, Stale."""
    case = _held(session, case_id, expected)
    transition(case, LIFECYCLE, Verb.RELEASE)
    case.assigned_to = None
    announce(session, CaseReleased(case_id=case_id), by=by, at=at)
    session.flush()
    return case


def retell(
    session: Session,
    *,
    case_id: int,
    sentence: str,
    values: Mapping[str, Any],
    by: int,
    at: datetime,
) -> ExceptionCase:
    """Say otherwise what does not fit, because more is known of it by now. Raises NotFound."""
    case = _held(session, case_id, None)
    case.sentence, case.values = sentence, dict(values)
    announce(session, CaseRetold(case_id=case_id), by=by, at=at)
    session.flush()
    return case


def close(
    session: Session,
    *,
    case_id: int,
    outcome: str,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> ExceptionCase:
    """Say what became of a case. Raises NotFound, NotNow, Stale."""
    case = _held(session, case_id, expected)
    transition(case, LIFECYCLE, Verb.CLOSE)
    case.outcome, case.closed_by, case.closed_at = outcome, by, at
    announce(session, CaseClosed(case_id=case_id), by=by, at=at)
    session.flush()
    return case


def reopen(
    session: Session,
    *,
    case_id: int,
    reason: str,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> ExceptionCase:
    """Open a case again that was not over. Raises NotFound, NotNow, Stale."""
    case = _held(session, case_id, expected)
    transition(case, LIFECYCLE, Verb.REOPEN)
    case.outcome, case.closed_by, case.closed_at, case.assigned_to = None, None, None, None
    announce(session, CaseReopened(case_id=case_id, reason=reason), by=by, at=at)
    session.flush()
    return case


def _held(session: Session, case_id: int, expected: int | None) -> ExceptionCase:
    case = session.get(ExceptionCase, case_id, with_for_update=True)
    if case is None:
        raise NotFound(thing="case", number=case_id)
    same_version(case, expected)
    return case


def mail_if_urgent(session: Session, fact: CaseOpened, by: int, at: datetime) -> None:
    """React to a case that cannot wait until somebody looks at the page."""
    del by  # letters are sent by the house
    case = session.get_one(ExceptionCase, fact.case_id)
    if is_urgent(case.kind, case.values):
        told = letter(case.subject, case.subject_id, case.sentence, case.values)
        calls.ask(session, MAIL, key=f"case:{case.id}", payload=told, at=at)


def mail_of_dead_delivery(session: Session, fact: DeliveryDied, by: int, at: datetime) -> None:
    """React to a reaction that could not be carried out."""
    del by
    values = {"reaction": fact.reaction, "tries": fact.tries}
    told = letter("delivery", fact.delivery_id, "cases.delivery_died", values)
    calls.ask(session, MAIL, key=f"delivery:{fact.delivery_id}", payload=told, at=at)
