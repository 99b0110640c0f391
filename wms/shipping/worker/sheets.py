"""A label that is bought and not here yet: its sheet is fetched, printed, and its package told."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE
from wms.shipping.actions import buying as actions
from wms.shipping.actions.rows import Held
from wms.shipping.gateway import Bought, Document, Gateway, NoAnswer
from wms.shipping.worker.claiming import Claimed
from wms.shipping.worker.desk import Desk
from wms.shipping.worker.purchase import document


def fetch(gateway: Gateway, claimed: Claimed, desk: Desk) -> None:
    """Fetch the sheet of a label that is bought."""
    try:
        told = gateway.get(claimed.transaction_id)
    except NoAnswer as trouble:
        desk.put_off(claimed, trouble.reason, trouble.after_s)
        return
    sheet = document(gateway, told) if isinstance(told, Bought) else None
    if sheet is None:
        desk.put_off(claimed, "shipping.no_document_yet")
        return

    def record(session: Session, one: Held, at: datetime) -> None:
        if isinstance(sheet, Document):
            actions.has_document(session, one, sheet, by=HOUSE, at=at)
        else:
            actions.has_no_sheet(session, one, sheet, by=HOUSE, at=at)

    desk.record(claimed, record)
