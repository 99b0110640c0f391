"""The money of a label that nobody wants is asked back; carriers take days to agree."""

from datetime import datetime, timedelta

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.shipping.actions import voiding as actions
from wms.shipping.actions.rows import Held
from wms.shipping.gateway import Bought, Gateway, NoAnswer, RefundState
from wms.shipping.worker.claiming import Claimed
from wms.shipping.worker.desk import Desk

LOOK_AGAIN = timedelta(hours=1)
"""Between two looks at a refund that the carrier has not agreed to yet."""

ELSEWHERE = "elsewhere"
"""The number of a refund that somebody asked for at the platform itself."""


def ask_back(gateway: Gateway, claimed: Claimed, desk: Desk) -> None:
    """Ask for the money of a label, or what became of it."""
    try:
        refund_id, state = _asked(gateway, claimed)
    except NoAnswer as trouble:
        desk.put_off(claimed, trouble.reason, trouble.after_s)
        return

    def record(session: Session, one: Held, at: datetime) -> None:
        row = one.shipment
        row.refund_id = refund_id
        match state:
            case RefundState.REFUNDED:
                actions.refunded(session, row, by=HOUSE, at=at)
            case RefundState.REJECTED:
                told = "shipping.refund_rejected"
                actions.refund_refused(session, row, reason=told, by=HOUSE, at=at)
            case _:
                row.lease_until, row.due_at = at, at + LOOK_AGAIN

    desk.record(claimed, record)


def _asked(gateway: Gateway, claimed: Claimed) -> tuple[str, RefundState]:
    if claimed.refund_id:
        told = gateway.get(claimed.transaction_id)
        if isinstance(told, Bought) and told.refund is not None:
            return claimed.refund_id, told.refund
        return claimed.refund_id, RefundState.PENDING
    refund = gateway.refund(claimed.transaction_id)
    return refund.refund_id or ELSEWHERE, refund.state
