"""Moves that somebody has to do: ask for one, see how it goes, take it back."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.services import services
from wms.moving import actions, queries
from wms.moving.api.blueprint import READ, WRITE, api
from wms.moving.api.naming import named
from wms.moving.api.shapes import NewTask, TaskPage, TaskPath, Tasks, TaskShown, shown
from wms.people.policy import EVERYBODY, LEADS, Role, allow


@api.get("/move_tasks", summary="List moves to do", responses={200: TaskPage})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def move_tasks(query: Tasks) -> Response:
    """Newest first."""
    said = query.model_dump(exclude={"limit", "cursor"})
    with services().database.read() as session:
        asked = queries.TasksAsked(**said)
        found = queries.tasks(session, asked, limit=query.limit, cursor=query.cursor)
    rows = [shown(task) for task in found.rows]
    return reply({"data": rows, "next_cursor": found.next_cursor})


@api.get("/move_tasks/<int:move_task_id>", summary="One move", responses={200: TaskShown})
@allow(*EVERYBODY, Role.MACHINE, scope=READ)
def move_task(path: TaskPath) -> Response:
    """What goes where, who does it, how far it is."""
    with services().database.read() as session:
        task = queries.task(session, path.move_task_id)
    return reply(shown(task), task.version)


@api.post("/move_tasks", summary="Ask for a move", responses={201: TaskShown})
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def ask(body: NewTask) -> Response:
    """Nothing is promised or moved yet; whoever takes it is led there by scan."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        number = actions.ask(
            session,
            kind=body.kind,
            status=body.status,
            quantity=body.quantity,
            why=body.why,
            reference=body.reference,
            **named(session, body),
            by=by,
            at=at,
        )
        task = queries.task(session, number)
        return created(shown(task), f"/api/v1/move_tasks/{number}", task.version)

    return perform("moving.ask", do)


@api.post(
    "/move_tasks/<int:move_task_id>/cancel", summary="Take a move back", responses={200: TaskShown}
)
@allow(*LEADS, Role.MACHINE, scope=WRITE)
def cancel(path: TaskPath) -> Response:
    """Refused once the units are in somebody's hands."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.cancel(session, move_task_id=path.move_task_id, expected=expected, by=by, at=at)
        return _after(session, path.move_task_id)

    return perform("moving.cancel", do)


@api.post(
    "/move_tasks/<int:move_task_id>/release",
    summary="Take a move from whoever has it",
    responses={200: TaskShown},
)
@allow(*LEADS, scope=WRITE)
def release(path: TaskPath) -> Response:
    """It waits for somebody else; what was lifted is back where it came from."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.release(session, move_task_id=path.move_task_id, expected=expected, by=by, at=at)
        return _after(session, path.move_task_id)

    return perform("moving.release", do)


def _after(session: Session, move_task_id: int) -> Reply:
    task = queries.task(session, move_task_id)
    return versioned(shown(task), task.version)
