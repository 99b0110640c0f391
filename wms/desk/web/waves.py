"""The wave board and the page of one wave: here, because how far the picking is stands above the waves themselves."""

from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from flask import g, render_template, request, url_for
from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.bins.tables import Warehouse
from wms.desk.queries import waves as queries
from wms.desk.trucks import Job, Tape, draw
from wms.desk.web.blueprint import leads, pages
from wms.kernel.services import services
from wms.people.policy import EVERYBODY, allow
from wms.people.queries import names
from wms.picking.queries import Progress, progress_of_runs
from wms.picking.tables import PickRun
from wms.waves import queries as waves
from wms.waves.plan import Filters
from wms.waves.tables import Wave

CLOSED = 3
"""Closed waves that the board shows; it tells how many more there are today."""

PREVIEWED = 150
"""Most orders whose walks are laid out just to show the board: more take longer than anybody waits for a page."""


@pages.get("/waves", endpoint="waves")
@allow(*EVERYBODY)
def waves_board() -> str:
    """Show the waves in their columns, and beside them the next one to release or to propose."""
    at = services().clock.now()
    with services().database.read() as session:
        known = bins.warehouses(session)
        said = request.args.get("warehouse_id", "")
        here = next((one for one in known if said in {"", str(one.id)}), None)
        if here is None:
            return render_template("desk/waves.html", here=None, warehouses=known, leads=leads())
        g.time_zone = ZoneInfo(here.time_zone)
        board = queries.board(session, here, at)
        return render_template(
            "desk/waves.html",
            here=here,
            warehouses=known,
            views=[
                (one.name, url_for("desk.waves", warehouse_id=one.id), one.id == here.id)
                for one in known
            ],
            board=board,
            closed=CLOSED,
            tape=_tape(board, here, at),
            leads=leads(),
            **_beside(session, here, board),
        )


@pages.get("/waves/<int:wave_id>")
@allow(*EVERYBODY)
def wave(wave_id: int) -> str:
    """Show one wave: its runs, its orders, and the walk of one run."""
    at = services().clock.now()
    with services().database.read() as session:
        found = waves.wave(session, wave_id)
        here = session.get_one(Warehouse, found.warehouse_id)
        g.time_zone = ZoneInfo(here.time_zone)
        [card] = queries.cards(session, [found], at)
        number = _run_shown(card)
        run = card.plan.runs[number - 1] if card.plan.runs else None
        return render_template(
            "desk/wave.html",
            wave=found,
            card=card,
            plan=card.plan,
            reasons=waves.reasons(session, wave_id),
            members=waves.members(session, wave_id),
            shorts=waves.shorts_of(session, card.plan),
            trips=_trips(session, found),
            run_number=number,
            picture=waves.picture_of(session, here.id, run) if run else None,
            leads=leads(),
        )


def _tape(board: queries.Board, here: Warehouse, at: datetime) -> Tape | None:
    """Return the waves whose work is planned or under way against their trucks, the most urgent first."""
    jobs = [
        Job(card.wave.number, card.wave.released_at or at, card.forecast.done_at, card.ship_by)
        for card in sorted(board.in_motion, key=queries.urgency)
        if card.forecast
    ]
    return draw(jobs, at=at, zone=ZoneInfo(here.time_zone))


def _beside(session: Session, here: Warehouse, board: queries.Board) -> dict[str, Any]:
    """Return what stands beside the board: the most urgent wave that is planned, else what could be proposed."""
    waiting = waves.waiting_count(session, here.id, Filters())
    planned = [card for card in board.lanes["draft"] if card.plan.runs]
    if planned:
        run = planned[0].plan.runs[0]
        picture = waves.picture_of(session, here.id, run)
        return {"waiting": waiting, "next_wave": planned[0], "preview": None, "picture": picture}
    filters = waves.default_filters(session, here.id, services().clock.now())
    few = waves.waiting_count(session, here.id, filters) <= PREVIEWED
    preview = waves.preview(session, here.id, filters) if few else None
    runs = preview.plan.runs if preview else ()
    return {
        "waiting": waiting,
        "next_wave": None,
        "preview": preview,
        "picture": waves.picture_of(session, here.id, runs[0]) if runs else None,
        "filters": filters,
    }


def _run_shown(card: queries.Card) -> int:
    """Return which run's walk is drawn: the one that is asked for, else the first."""
    said = request.args.get("run", "")
    asked = int(said) if said.isascii() and said.isdigit() and len(said) < len("100000") else 1
    return min(max(asked, 1), max(1, len(card.plan.runs)))


def _trips(session: Session, wave: Wave) -> list[tuple[Progress, str]]:
    """Return how far each run is and who is on it, in the order of the plan; nothing before they are released."""
    query = select(PickRun).where(
        PickRun.wave_id == wave.id, PickRun.created_at == wave.released_at
    )
    runs = session.scalars(query.order_by(PickRun.id)).all()
    progress = progress_of_runs(session, [run.id for run in runs])
    people = names(session, {run.worker_id for run in runs if run.worker_id is not None})
    return [(progress.get(run.id, Progress()), people.get(run.worker_id or 0, "")) for run in runs]
