"""After a house died with sheets on their way: nobody has to wait until the leases of the dead run out."""

from datetime import datetime

from sqlalchemy import select, update
from sqlalchemy.orm import Session

from wms.printing.lifecycle import State
from wms.printing.tables import PrintJob
from wms.stations.tables import Device


def end_leases(session: Session, *, at: datetime) -> None:
    """End the leases of sheets that were on their way from here: they are in doubt from now on, a person looks.

    Only where it is certain that nobody else sends from here. What an agent prints, in another place, goes on.
    """
    from_here = select(Device.id).where(Device.address.is_not(None))
    held = update(PrintJob).where(
        PrintJob.state == State.SENDING,
        PrintJob.lease_until > at,
        PrintJob.printer_id.in_(from_here),
    )
    session.execute(held.values(lease_until=at), execution_options={"synchronize_session": False})
