"""What somebody outside tells us is kept word for word before anybody thinks about it; told twice, it is kept once."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.tables import InboxMessage


def keep(
    session: Session, *, source: str, external_id: str, body: bytes, at: datetime
) -> tuple[int, bool]:
    """Keep a message; returns its number, and whether it is new."""
    known = session.scalar(
        select(InboxMessage.id).where(
            InboxMessage.source == source, InboxMessage.external_id == external_id
        )
    )
    if known is not None:
        return known, False
    row = InboxMessage(
        source=source,
        external_id=external_id,
        body=body,
        state="received",
        due_at=at,
        received_at=at,
    )
    session.add(row)
    session.flush()
    return row.id, True
