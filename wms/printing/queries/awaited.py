"""The sheet that somebody at a bench waits for, in one question: the bench asks with every scan."""

from dataclasses import dataclass

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.printing.lifecycle import LIFECYCLE, State
from wms.printing.rules import PRINTERS, Condition, is_up
from wms.printing.tables import PrinterNow, PrintJob
from wms.stations.tables import Device


@dataclass(frozen=True)
class OnItsWay:
    """A sheet as the bench sees it that waits for it."""

    job_id: int
    number: str
    state: str
    printer: str
    stopped_by: str
    """What is the matter with its printer; nothing where it prints, or is not used any more."""

    @property
    def is_over(self) -> bool:
        """Whether nothing can become of it any more."""
        return State(self.state) in LIFECYCLE.ends


def on_its_way(session: Session, expects: str) -> OnItsWay | None:
    """Return the newest sheet that carries a code, as whoever waits for it sees it; None where there is none."""
    session.flush()  # the statement runs straight on the driver
    found = _ON_ITS_WAY.first(session, {"expects": expects})
    if found is None:
        return None
    number, name, state, printer, kind, revoked_at, condition, is_held = found
    stopped_by = ""
    if kind == PRINTERS[0] and revoked_at is None:
        stopped_by = _stopped_by(condition or Condition.UNKNOWN, is_held=bool(is_held))
    return OnItsWay(number, name, state, printer, stopped_by)


_ON_ITS_WAY = Prepared(
    select(
        PrintJob.id,
        PrintJob.number,
        PrintJob.state,
        Device.name,
        Device.kind,
        Device.revoked_at,
        PrinterNow.condition,
        PrinterNow.is_held,
    )
    .join(Device, Device.id == PrintJob.printer_id)
    .outerjoin(PrinterNow, PrinterNow.device_id == PrintJob.printer_id)
    .where(PrintJob.expects == bindparam("expects"))
    .order_by(PrintJob.id.desc())
    .limit(1)
)


def _stopped_by(condition: str, *, is_held: bool) -> str:
    if is_held:
        return Condition.PAUSED
    return "" if is_up(condition) else condition
