"""Asks for parcels on their way that nobody heard of for long: claim one, ask the carrier platform, record, by turns.

A shop behind a router is never called. What comes back goes the same way as what is called in.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import BindParameter, Select, bindparam, select
from sqlalchemy.orm import Session

from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.kernel.prepared import Prepared
from wms.kernel.wire import assert_no_write
from wms.shipping.actions import following, tracking
from wms.shipping.gateway import Gateway, NoAnswer, Track
from wms.shipping.lifecycle import State
from wms.shipping.means import Means
from wms.shipping.tables import Shipment

LEASE = timedelta(seconds=90)
"""Longer than the platform may take to answer, so that a lease that ran out means a worker that died."""


@dataclass(frozen=True)
class Claimed:
    """A parcel that is ours to ask for until `lease_until`: who comes back later writes nothing."""

    id: int
    carrier: str
    number: str
    lease_until: datetime


def _due(now: datetime | BindParameter[datetime]) -> Select[int]:
    return (
        select(Shipment.id)
        .where(
            Shipment.state == State.HANDED_OVER,
            Shipment.due_at <= now,
            Shipment.lease_until <= now,
            Shipment.means == Means.SHIPPO,
        )
        .order_by(Shipment.due_at, Shipment.id)
        .limit(1)
    )


DUE = Prepared(_due(bindparam("now")))
"""The question for the parcel that was silent for longest `now`."""


@dataclass(frozen=True)
class Tracker:
    """Asks for the parcels of a house. Without a gateway it asks for none."""

    gateway: Gateway | None
    lease: timedelta = LEASE

    def step(self, database: Database, clock: Clock) -> bool:
        """Ask for one parcel; returns whether another may be asked for at once."""
        now = clock.now()
        if self.gateway is None or not database.ask(DUE, {"now": now}):
            return False
        act = housekeeping("parcels.claim", at=now)
        claimed = database.write(act, lambda session: _take(session, self.lease, now)).value
        if claimed is None:
            return True  # somebody else was faster
        assert_no_write()
        try:
            told: Track | NoAnswer = self.gateway.track(claimed.carrier, claimed.number)
        except NoAnswer as trouble:
            told = trouble
        at = clock.now()
        record = housekeeping("parcels.record", at=at)
        database.write(record, lambda session: _record(session, claimed, told, at))
        return isinstance(
            told, Track
        )  # who gets no answer leaves the platform in peace for a while


def _take(session: Session, lease: timedelta, now: datetime) -> Claimed | None:
    """Claim the parcel that was silent for longest; None where another worker was faster."""
    number = session.scalar(_due(now).with_for_update(skip_locked=True))
    if number is None:
        return None
    row = session.get_one(Shipment, number)
    row.lease_until = now + lease
    return Claimed(row.id, row.carrier, row.tracking_number or "", row.lease_until)


def _record(session: Session, claimed: Claimed, told: Track | NoAnswer, at: datetime) -> None:
    """Write down what came of it, unless somebody else asks for the parcel by now."""
    row = tracking.held_parcel(session, claimed.id)
    if row.lease_until != claimed.lease_until:
        return
    row.lease_until = at
    if isinstance(told, NoAnswer):
        following.was_not_answered(row, timedelta(seconds=told.after_s or 0), at=at)
        return
    tracking.note(session, told, by=HOUSE, at=at)
    if row.due_at <= at:
        following.is_silent(row, at=at)
