"""Lots and serial numbers: written down when they are first seen."""

from datetime import date, datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog.actions.guards import held_item, raise_if_any
from wms.catalog.rules import lot_faults, tidy_text
from wms.catalog.tables import Lot, Serial
from wms.kernel.refusal import Fault, Refusal


class LotHasOtherDate(Refusal):
    """The lot is known with another date of expiry."""

    sentence = "catalog.lot_has_other_date"


def lot(
    session: Session, *, item_id: int, code: str, expires_on: date | None = None, at: datetime
) -> Lot:
    """Find or make a lot of an item. A date is added where none was known; raises LotHasOtherDate where one was."""
    held_item(session, item_id)
    code = tidy_text(code)
    raise_if_any(lot_faults(code))
    found = session.scalar(select(Lot).where(Lot.item_id == item_id, Lot.code == code))
    if found is None:
        found = Lot(item_id=item_id, code=code, expires_on=expires_on, created_at=at)
        session.add(found)
    elif expires_on:
        found.expires_on = _one_date(code, found.expires_on, expires_on)
    session.flush()
    return found


def serial(session: Session, *, item_id: int, code: str, at: datetime) -> Serial:
    """Find or make a serial number of an item."""
    held_item(session, item_id)
    code = tidy_text(code)
    raise_if_any(lot_faults(code))
    found = session.scalar(select(Serial).where(Serial.item_id == item_id, Serial.code == code))
    if found is None:
        found = Serial(item_id=item_id, code=code, created_at=at)
        session.add(found)
        session.flush()
    return found


def _one_date(code: str, known: date | None, said: date) -> date:
    if known not in (None, said):
        values = {"lot": code, "known": known.isoformat(), "said": said.isoformat()}
        raise LotHasOtherDate(Fault("expires_on", "catalog.lot_has_other_date", values), **values)
    return said
