"""Laying out runs and walks. A plan is remade as often as orders or stock change before the release."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.decisions import keep
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.refusal import Refusal
from wms.kernel.versions import same_version
from wms.orders.tables import FulfillmentOrder
from wms.waves.actions.rows import held, take_out
from wms.waves.events import WavePlanned
from wms.waves.lifecycle import WAVE, WaveState, WaveVerb
from wms.waves.plan import Plan
from wms.waves.queries import lay_out, live_members
from wms.waves.queries.layout import LaidOut, plan_of, stops_of
from wms.waves.queries.waiting import releasable
from wms.waves.rules.grouping import PLAN
from wms.waves.tables import Wave


class NothingToPlan(Refusal):
    """None of the orders of the wave can be picked now."""

    sentence = "waves.nothing_to_plan"


def plan(
    session: Session, *, wave_id: int, version: int | None = None, by: int, at: datetime
) -> Plan:
    """Lay out the runs of a wave, or lay them out anew. Orders that can no longer be released leave it.

    Raises NothingToPlan, NotNow once it is released.
    """
    wave = held(session, wave_id)
    same_version(wave, version)
    return lay_out_anew(session, wave, by=by, at=at)


def lay_out_anew(session: Session, wave: Wave, *, by: int, at: datetime) -> Plan:
    """Plan a wave whose row is held."""
    verb = WaveVerb.PLAN if wave.state == WaveState.DRAFT else WaveVerb.REPLAN
    transition(wave, WAVE, verb)
    staying = _drop_the_rest(session, wave, by=by, at=at)
    laid_out = lay_out(session, wave.warehouse_id, staying)
    if not laid_out.plan.runs:
        raise NothingToPlan(number=wave.number)
    _write_down(session, wave, laid_out, by=by, at=at)
    return laid_out.plan


def is_current(session: Session, wave: Wave) -> bool:
    """Tell whether the plan is still about the orders of the wave and the units promised to them."""
    here = live_members(session, wave.id)
    known = plan_of(wave)
    if known.fo_ids != set(here) or len(_releasable(session, here)) < len(here):
        return False
    planned = {stop for run in known.runs for stop in run.stops}
    return planned == set(stops_of(session, here))


def _drop_the_rest(session: Session, wave: Wave, *, by: int, at: datetime) -> list[int]:
    here = live_members(session, wave.id)
    staying = _releasable(session, here)
    promised = {stop.fo_id for stop in stops_of(session, staying)}
    staying = [fo_id for fo_id in staying if fo_id in promised]
    take_out(session, wave.id, set(here) - set(staying), by=by, at=at)
    return staying


def _releasable(session: Session, fo_ids: Sequence[int]) -> list[int]:
    """Return those that could be released now, the most urgent first."""
    urgency = (
        FulfillmentOrder.priority.desc(),
        FulfillmentOrder.ship_by.is_(None),
        FulfillmentOrder.ship_by,
        FulfillmentOrder.id,
    )
    able = select(FulfillmentOrder.id).where(FulfillmentOrder.id.in_(releasable(fo_ids)))
    return list(session.scalars(able.order_by(*urgency)))


def _write_down(session: Session, wave: Wave, laid_out: LaidOut, *, by: int, at: datetime) -> None:
    keep(
        session,
        PLAN,
        laid_out.inputs,
        laid_out.choice,
        subject="wave",
        subject_id=wave.id,
        by=by,
        at=at,
    )
    found = laid_out.plan
    wave.plan, wave.plan_version, wave.planned_at = found.to_plain(), wave.plan_version + 1, at
    fact = WavePlanned(wave.id, wave.plan_version, len(found.runs), found.metres, found.seconds)
    announce(session, fact, by=by, at=at)
    session.flush()
