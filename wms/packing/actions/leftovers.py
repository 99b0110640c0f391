"""Totes in which something is that nobody wants of them: they are set aside, and somebody looks into it."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.cases import actions as cases
from wms.cases import queries as case_queries
from wms.kernel.words import say
from wms.orders.tables import FoLine
from wms.packing.actions.filling import NotInTote
from wms.packing.actions.noting import ActVerb, note
from wms.packing.tables import PackAct
from wms.picking import actions as picking
from wms.picking.queries import picked_into

LEFTOVER = "leftover"
"""The kind of case that asks where it came from."""


def leave_over(session: Session, *, tote_id: int, what: str, by: int, at: datetime) -> None:
    """Set a tote aside in which something lies that nobody wants, and open a case. Raises picking's ToteNotReady."""
    is_known = case_queries.open_case_about(
        session, kind=LEFTOVER, subject="location", subject_id=tote_id
    )
    picking.put_tote_aside(session, tote_id=tote_id, by=by, at=at)
    case = cases.open_case(
        session,
        kind=LEFTOVER,
        subject="location",
        subject_id=tote_id,
        sentence="cases.leftover",
        values={"tote": session.get_one(Location, tote_id).code, "what": what},
        by=by,
        at=at,
    )
    fo_id = _packed_from(session, tote_id, by)
    if fo_id is not None:
        before = {"case": None if is_known else case.id}
        note(session, ActVerb.LEFTOVER, fo_id=fo_id, tote_id=tote_id, before=before, by=by, at=at)


def take_up_again(
    session: Session, tote_id: int, before: Mapping[str, Any], *, by: int, at: datetime
) -> None:
    """Let a tote stand at the bench again: nothing was in it. Raises ToteNotReady, NotInTote once it was seen to."""
    case_id = before["case"]
    if case_id is not None:
        if case_queries.case(session, case_id).closed_at is not None:
            raise NotInTote(n=0, quantity=0)
        cases.close(session, case_id=case_id, outcome=say("packing.case_taken_back"), by=by, at=at)
    picking.fix_tote(session, tote_id=tote_id, by=by, at=at)
    picking.open_tote(session, tote_id=tote_id, by=by, at=at)


def _packed_from(session: Session, tote_id: int, by: int) -> int | None:
    """Return the order that somebody packed last out of a tote, else one that was picked into it."""
    query = select(PackAct.fo_id).where(PackAct.worker_id == by, PackAct.tote_id == tote_id)
    found = session.scalar(query.order_by(PackAct.id.desc()).limit(1))
    lines = [one.fo_line_id for one in picked_into(session, tote_id)] if found is None else []
    if not lines:
        return found
    return session.scalar(select(FoLine.fo_id).where(FoLine.id == lines[0]))
