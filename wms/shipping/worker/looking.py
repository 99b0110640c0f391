"""A purchase that may have gone through is looked up, never asked for again: the carrier's own list settles it."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.shipping.actions import buying as actions
from wms.shipping.actions.rows import Held
from wms.shipping.gateway import Gateway, NoAnswer, Outcome
from wms.shipping.worker.claiming import Claimed
from wms.shipping.worker.desk import Desk
from wms.shipping.worker.purchase import conclude

ABSENT_READS = 2
"""How often nothing must be found, after the grace period, before "it was never bought" is believed."""


def look_up(gateway: Gateway, claimed: Claimed, desk: Desk) -> None:
    """Ask what became of a purchase in doubt."""
    try:
        found = _found(gateway, claimed)
    except NoAnswer as trouble:
        desk.put_off(claimed, trouble.reason, trouble.after_s)
        return
    if found is None:
        desk.record(claimed, lambda s, one, at: _absent(s, one, claimed, desk, at))
    else:
        conclude(gateway, claimed, found, desk)


def _found(gateway: Gateway, claimed: Claimed) -> Outcome | None:
    if claimed.transaction_id:
        return gateway.get(claimed.transaction_id)
    return gateway.find(claimed.rate_id, uid=claimed.uid)


def _absent(session: Session, one: Held, claimed: Claimed, desk: Desk, at: datetime) -> None:
    row = one.shipment
    assert row.asked_at is not None, "what is in doubt was asked for"
    row.lease_until = at
    if not claimed.can_be_absent:
        row.due_at = row.asked_at + desk.terms.grace
        return
    row.absent_reads += 1
    row.due_at = at + desk.terms.look_again
    if row.absent_reads >= ABSENT_READS:
        actions.is_absent(session, one, by=HOUSE, at=at)
