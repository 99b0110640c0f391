"""Cases, for machines: what does not fit and waits for a person."""

from datetime import datetime
from typing import Any

from flask import Response
from flask_openapi import Tag
from pydantic import BaseModel, Field
from sqlalchemy.orm import Session

from wms.cases import actions, queries
from wms.cases.lifecycle import State
from wms.cases.tables import ExceptionCase
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import Reply, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Line, Listing, Number, ShortWords, Words, written
from wms.kernel.services import services
from wms.kernel.words import say
from wms.people.policy import LEADS, Role, allow

api = ApiBlueprint(
    "cases_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="cases", description="What does not fit and waits for a person.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "cases:read", "cases:write"


class CasePath(Body):
    """Which case."""

    case_id: Number


class Cases(Listing):
    """Which cases to list."""

    state: State | None = Field(default=None, description="Only those that stand so.")
    kind: Line | None = Field(default=None, max_length=40, description="Only of this kind.")
    subject: Line | None = Field(default=None, max_length=40, description="About what: `device`.")
    subject_id: Number | None = Field(default=None, description="About which one.")
    assigned_to: Number | None = Field(default=None, description="Whose.")


class Assignment(Body):
    """Who looks after it."""

    user_id: Number


class Outcome(Body):
    """What became of it."""

    outcome: Words = Field(max_length=1000, description="For whoever reads it later.")


class Reason(Body):
    """Why."""

    reason: ShortWords


class CaseShown(BaseModel):
    """A case, and what it says in the language that was asked for."""

    id: int
    kind: str
    state: State
    subject: str
    subject_id: int
    says: str
    opened_by: int = Field(description="0 is the house itself.")
    opened_at: datetime
    assigned_to: int | None
    closed_by: int | None
    closed_at: datetime | None
    outcome: str | None
    version: int


class CasePage(BaseModel):
    """Some cases."""

    data: list[CaseShown]
    next_cursor: str | None


@api.get("/cases", summary="List cases", responses={200: CasePage})
@allow(*LEADS, Role.MACHINE, scope=READ)
def cases(query: Cases) -> Response:
    """Oldest first."""
    with services().database.read() as session:
        found = queries.cases(session, **query.model_dump())
    rows = [_shown(case) for case in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/cases/<int:case_id>", summary="One case", responses={200: CaseShown})
@allow(*LEADS, Role.MACHINE, scope=READ)
def case(path: CasePath) -> Response:
    """What does not fit, whose it is, what became of it."""
    with services().database.read() as session:
        found = queries.case(session, path.case_id)
    return reply(_shown(found), found.version)


@api.post(
    "/cases/<int:case_id>/assign",
    summary="Let somebody look after a case",
    responses={200: CaseShown},
)
@allow(*LEADS, scope=WRITE)
def assign(path: CasePath, body: Assignment) -> Response:
    """A case that was somebody else's is theirs from now on."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        found = actions.assign(
            session,
            case_id=path.case_id,
            user_id=body.user_id,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(_shown(found), found.version)

    return perform("cases.assign", do)


@api.post("/cases/<int:case_id>/release", summary="Give a case back", responses={200: CaseShown})
@allow(*LEADS, scope=WRITE)
def release(path: CasePath) -> Response:
    """For somebody else to take."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        found = actions.release(session, case_id=path.case_id, expected=expected, by=by, at=at)
        return versioned(_shown(found), found.version)

    return perform("cases.release", do)


@api.post("/cases/<int:case_id>/close", summary="Close a case", responses={200: CaseShown})
@allow(*LEADS, scope=WRITE)
def close(path: CasePath, body: Outcome) -> Response:
    """Say what became of it."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        found = actions.close(
            session,
            case_id=path.case_id,
            outcome=body.outcome,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(_shown(found), found.version)

    return perform("cases.close", do)


@api.post("/cases/<int:case_id>/reopen", summary="Open a case again", responses={200: CaseShown})
@allow(*LEADS, scope=WRITE)
def reopen(path: CasePath, body: Reason) -> Response:
    """It was not over yet."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        found = actions.reopen(
            session,
            case_id=path.case_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(_shown(found), found.version)

    return perform("cases.reopen", do)


def _shown(found: ExceptionCase) -> dict[str, Any]:
    return {
        "id": found.id,
        "kind": found.kind,
        "state": found.state,
        "subject": found.subject,
        "subject_id": found.subject_id,
        "says": say(found.sentence, found.values),
        "opened_by": found.opened_by,
        "opened_at": written(found.opened_at),
        "assigned_to": found.assigned_to,
        "closed_by": found.closed_by,
        "closed_at": written(found.closed_at),
        "outcome": found.outcome,
        "version": found.version,
    }
