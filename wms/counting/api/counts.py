"""Counts: ask for one, see what came of it, judge it."""

from datetime import datetime
from typing import Any

from flask import Response
from sqlalchemy.orm import Session

from wms.bins.queries import place_scanned
from wms.counting import actions, queries
from wms.counting.api.blueprint import READ, WRITE, api
from wms.counting.api.shapes import (
    CountPage,
    CountPath,
    Counts,
    CountShown,
    CountWhole,
    LineShown,
    NewCount,
    Reason,
    shown,
)
from wms.counting.queries import Cause
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.services import services
from wms.people.policy import LEADS, Role, allow


@api.get("/count_tasks", summary="List counts", responses={200: CountPage})
@allow(*LEADS, Role.MACHINE, scope=READ)
def count_tasks(query: Counts) -> Response:
    """Newest first."""
    said = query.model_dump(exclude={"limit", "cursor"})
    with services().database.read() as session:
        asked = queries.CountsAsked(**said)
        found = queries.counts(session, asked, limit=query.limit, cursor=query.cursor)
    rows = [shown(count, CountShown) for count in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/count_tasks/<int:count_task_id>", summary="One count", responses={200: CountWhole})
@allow(*LEADS, Role.MACHINE, scope=READ)
def count_task(path: CountPath) -> Response:
    """Where, why, who, and what was counted in each round that was handed in."""
    with services().database.read() as session:
        body, version = _whole(session, path.count_task_id)
    return reply(body, version)


@api.post("/count_tasks", summary="Ask for a count", responses={201: CountWhole})
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def ask(body: NewCount) -> Response:
    """Whoever takes it is led to the place and is not shown what the book says."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        number = actions.ask(
            session,
            location_id=body.location_id or _place(session, body.location or ""),
            cause=Cause.ASKED,
            reference=body.reference,
            by=by,
            at=at,
        )
        whole, version = _whole(session, number)
        return created(whole, f"/api/v1/count_tasks/{number}", version)

    return perform("counting.ask", do)


@api.post(
    "/count_tasks/<int:count_task_id>/accept",
    summary="Let a count stand",
    responses={200: CountWhole},
)
@allow(*LEADS, scope=WRITE)
def accept(path: CountPath, body: Reason) -> Response:
    """The book is made to say what was counted last."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.accept(
            session,
            count_id=path.count_task_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(*_whole(session, path.count_task_id))

    return perform("counting.accept", do)


@api.post(
    "/count_tasks/<int:count_task_id>/recount",
    summary="Let somebody else count again",
    responses={200: CountWhole},
)
@allow(*LEADS, scope=WRITE)
def recount(path: CountPath) -> Response:
    """Whoever counted last does not count this round."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.recount(session, count_id=path.count_task_id, expected=expected, by=by, at=at)
        return versioned(*_whole(session, path.count_task_id))

    return perform("counting.recount", do)


@api.post(
    "/count_tasks/<int:count_task_id>/cancel",
    summary="Take a count back",
    responses={200: CountWhole},
)
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def cancel(path: CountPath, body: Reason) -> Response:
    """Refused while somebody counts."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.cancel(
            session,
            count_id=path.count_task_id,
            reason=body.reason,
            expected=expected,
            by=by,
            at=at,
        )
        return versioned(*_whole(session, path.count_task_id))

    return perform("counting.cancel", do)


def _place(session: Session, code: str) -> int:
    found = place_scanned(session, code)
    if found is None:
        raise Wrong(Fault("location", "stock.unknown_place", {"id": code}))
    return found


def _whole(session: Session, count_id: int) -> tuple[dict[str, Any], int]:
    count = queries.count(session, count_id)
    told = [shown(line, LineShown) for line in queries.handed_in(session, count)]
    return shown(count, CountShown) | {"lines": told}, count.version
