"""Waves, for machines. Released, taken back and picked they are under picking."""

from datetime import datetime

from flask import Response
from sqlalchemy.orm import Session

from wms.bins.tables import Warehouse
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow
from wms.waves import actions, queries
from wms.waves.api.blueprint import READ, READERS, WRITE, WRITERS, api, told
from wms.waves.api.shapes import (
    MemberPath,
    PreviewShown,
    WaveFilters,
    WavePage,
    WavePath,
    Waves,
    WaveWhole,
    preview_shown,
    wave_shown,
    wave_whole,
)
from wms.waves.tables import Wave


@api.get("/waves", summary="List waves", responses={200: WavePage})
@allow(*READERS, scope=READ)
def waves(query: Waves) -> Response:
    """The newest first."""
    states = [query.state] if query.state else []
    asked = queries.waves_asked(warehouse_id=query.warehouse_id, states=states)
    with services().database.read() as session:
        found = page(
            session,
            asked,
            by=[Wave.id],
            limit=query.limit,
            cursor=query.cursor,
            newest_first=True,
        )
        sums = queries.sums(session, [wave.id for wave in found.rows])
        shown = [wave_shown(wave, sums.get(wave.id)) for wave in found.rows]
    return reply(told(WavePage(data=shown, next_cursor=found.next_cursor)))


@api.get("/waves/preview", summary="What a wave would be", responses={200: PreviewShown})
@allow(*READERS, scope=READ)
def preview(query: WaveFilters) -> Response:
    """Stops, metres, seconds and what is short, without making anything."""
    with services().database.read() as session:
        if session.get(Warehouse, query.warehouse_id) is None:
            raise actions.NoSuchWarehouse(id=query.warehouse_id)
        found = queries.preview(session, query.warehouse_id, query.filters())
        return reply(told(preview_shown(found)))


@api.post("/waves", summary="Propose a wave", responses={201: WaveWhole})
@allow(*WRITERS, scope=WRITE)
def propose(body: WaveFilters) -> Response:
    """A draft of the most urgent orders that meet the filters. Plan it next."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        wave = actions.propose(
            session, warehouse_id=body.warehouse_id, filters=body.filters(), by=by, at=at
        )
        return created(told(wave_whole(session, wave)), f"/api/v1/waves/{wave.id}", wave.version)

    return perform("waves.propose", do)


@api.get("/waves/<int:wave_id>", summary="One wave", responses={200: WaveWhole})
@allow(*READERS, scope=READ)
def wave(path: WavePath) -> Response:
    """With its orders and its plan."""
    with services().database.read() as session:
        found = queries.wave(session, path.wave_id)
        return reply(told(wave_whole(session, found)), found.version)


@api.post("/waves/<int:wave_id>/plan", summary="Lay out its runs", responses={200: WaveWhole})
@allow(*WRITERS, scope=WRITE)
def plan(path: WavePath) -> Response:
    """For the first time or anew; orders that can no longer be released leave it."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.plan(session, wave_id=path.wave_id, version=version, by=by, at=at)
        return _now(session, path.wave_id)

    return perform("waves.plan", do)


@api.post("/waves/<int:wave_id>/cancel", summary="Give it up", responses={200: WaveWhole})
@allow(*WRITERS, scope=WRITE)
def cancel(path: WavePath) -> Response:
    """Before its release; its orders wait for another wave."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.cancel(session, wave_id=path.wave_id, version=version, by=by, at=at)
        return _now(session, path.wave_id)

    return perform("waves.cancel", do)


@api.delete(
    "/waves/<int:wave_id>/fulfillment_orders/<int:fo_id>",
    summary="Leave an order for another wave",
    responses={200: WaveWhole},
)
@allow(*WRITERS, scope=WRITE)
def leave_out(path: MemberPath) -> Response:
    """Before its release; the others are laid out anew, and the last one that leaves ends the wave."""
    version = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.leave_out(
            session, wave_id=path.wave_id, fo_id=path.fo_id, version=version, by=by, at=at
        )
        return _now(session, path.wave_id)

    return perform("waves.leave_out", do)


def _now(session: Session, wave_id: int) -> Reply:
    wave = session.get_one(Wave, wave_id)
    return versioned(told(wave_whole(session, wave)), wave.version)
