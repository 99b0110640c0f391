"""Parcels that come back: one that was announced, one of an order, one that nobody here knows."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.cases import actions as cases
from wms.codes.queries import shown
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.returns.actions.rows import held, new_return, yours
from wms.returns.events import ReturnArrived
from wms.returns.lifecycle import COMING, LIFECYCLE, State, Verb
from wms.returns.tables import Return


def arrive(
    session: Session,
    *,
    return_id: int,
    location_id: int,
    station_id: int | None = None,
    parcel_code: str = "",
    by: int,
    at: datetime,
) -> Return:
    """Take a parcel onto the bench: one that was announced, or one that somebody had begun with.

    Whoever scans it looks at it from now on. Raises NoSuchReturn, NotNow where it is over.
    """
    row = held(session, return_id)
    if row.state in COMING or row.state in LIFECYCLE.ends:
        transition(row, LIFECYCLE, Verb.ARRIVE)
        _note(session, row, location_id, parcel_code, by=by, at=at)
    row.worker_id, row.station_id = by, station_id
    session.flush()
    return row


def receive(
    session: Session,
    *,
    order_id: int | None,
    location_id: int,
    station_id: int | None = None,
    parcel_code: str = "",
    by: int,
    at: datetime,
) -> Return:
    """Take a parcel onto the bench that nobody announced. Without an order it is blind: a case asks whose it is."""
    place = session.get_one(Location, location_id)
    row = new_return(
        session, warehouse_id=place.warehouse_id, order_id=order_id, state=State.ARRIVED, at=at
    )
    row.worker_id, row.station_id = by, station_id
    _note(session, row, location_id, parcel_code, by=by, at=at)
    if order_id is None:
        cases.open_case(
            session,
            kind="blind_return",
            subject="return",
            subject_id=row.id,
            sentence="returns.case_blind",
            values={"number": row.number, "code": row.parcel_code},
            by=by,
            at=at,
        )
    return row


def put_aside(session: Session, *, return_id: int, by: int, at: datetime) -> None:
    """Leave a parcel for somebody else to go on with. Raises NoSuchReturn, NotYourParcel."""
    del at
    row = yours(session, return_id, by)
    row.worker_id = None
    session.flush()


def ask_lead(session: Session, *, return_id: int, code: str, by: int, at: datetime) -> None:
    """Say that a thing lay in the parcel whose code nobody here knows. Raises NoSuchReturn, NotYourParcel."""
    row = yours(session, return_id, by)
    cases.open_case(
        session,
        kind="unknown_thing_back",
        subject="return",
        subject_id=row.id,
        sentence="returns.case_unknown_thing",
        values={"number": row.number, "code": shown(code)},
        by=by,
        at=at,
    )


def _note(
    session: Session, row: Return, location_id: int, parcel_code: str, *, by: int, at: datetime
) -> None:
    row.warehouse_id = session.get_one(Location, location_id).warehouse_id
    row.parcel_code, row.arrived_at = parcel_code, at
    session.flush()
    announce(session, ReturnArrived(row.id, row.order_id, location_id), by=by, at=at)
