"""After a house died with labels in hand: nobody has to wait until the leases of the dead run out."""

from datetime import datetime

from sqlalchemy import update
from sqlalchemy.orm import Session

from wms.shipping.tables import Shipment


def end_leases(session: Session, *, at: datetime) -> None:
    """End the leases of labels: what was being bought is in doubt from now on, the rest is taken up again.

    Only where it is certain that nobody else buys.
    """
    held = update(Shipment).where(Shipment.lease_until > at)
    session.execute(held.values(lease_until=at), execution_options={"synchronize_session": False})
