"""The intent to buy, written down before anybody is asked."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.shipping.actions.buying.wanting import is_wanted, wish_or_settle
from wms.shipping.actions.rows import Held, move
from wms.shipping.actions.voiding import supersede
from wms.shipping.events import LabelBuying
from wms.shipping.lifecycle import Verb


def intend(session: Session, one: Held, *, lease: timedelta, by: int, at: datetime) -> bool:
    """Write down that the rate is bought now, before anybody is asked. False where the order stops it."""
    row = one.shipment
    if not is_wanted(session, one) or one.gate.stop is not None:
        _drop(session, one, by=by, at=at)
        return False
    move(row, Verb.BUY, at=at)
    row.asked_at, row.lease_until, row.due_at = at, at + lease, at
    row.absent_reads, row.tries = 0, row.tries + 1
    announce(session, LabelBuying(row.id, row.package_id, row.uid), by=by, at=at)
    return True


def _drop(session: Session, one: Held, *, by: int, at: datetime) -> None:
    """Let go of what must not be bought now; a held order's label is wished for again when the hold ends."""
    supersede(session, one, by=by, at=at)
    wish_or_settle(session, one.package, by=by, at=at)
