"""Trips and their tasks, for machines."""

from flask import Response

from wms.kernel.edge import reply
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow
from wms.picking import queries
from wms.picking.api.blueprint import READ, READERS, api, told
from wms.picking.api.shapes import (
    RunPage,
    RunPath,
    Runs,
    RunWhole,
    TaskPage,
    Tasks,
    TaskShown,
    run_whole,
    runs_shown,
)
from wms.picking.tables import PickRun, PickTask


@api.get("/pick_runs", summary="List trips", responses={200: RunPage})
@allow(*READERS, scope=READ)
def runs(query: Runs) -> Response:
    """The newest first."""
    states = [query.state] if query.state else []
    asked = queries.runs_asked(wave_id=query.wave_id, states=states)
    with services().database.read() as session:
        found = page(
            session,
            asked,
            by=[PickRun.id],
            limit=query.limit,
            cursor=query.cursor,
            newest_first=True,
        )
        shown = runs_shown(session, found.rows)
    return reply(told(RunPage(data=shown, next_cursor=found.next_cursor)))


@api.get("/pick_runs/<int:run_id>", summary="One trip", responses={200: RunWhole})
@allow(*READERS, scope=READ)
def run(path: RunPath) -> Response:
    """With its totes; its tasks are listed by themselves."""
    with services().database.read() as session:
        found = queries.run_of(session, path.run_id)
        return reply(told(run_whole(session, found)), found.version)


@api.get("/pick_tasks", summary="List pick tasks", responses={200: TaskPage})
@allow(*READERS, scope=READ)
def tasks(query: Tasks) -> Response:
    """The oldest first: of a trip, of a fulfillment order, out of a bin."""
    asked = queries.tasks_asked(
        run_id=query.run_id, fo_id=query.fo_id, location_id=query.location_id
    )
    with services().database.read() as session:
        found = page(session, asked, by=[PickTask.id], limit=query.limit, cursor=query.cursor)
        shown = [TaskShown.model_validate(task) for task in found.rows]
    return reply(told(TaskPage(data=shown, next_cursor=found.next_cursor)))
