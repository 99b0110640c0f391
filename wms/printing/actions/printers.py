"""What people decide about printers: stop one, let it go on, who takes its sheets, how finely it prints."""

from datetime import datetime

from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Wrong
from wms.kernel.versions import same_version
from wms.printing.actions.rows import now_of, printer
from wms.printing.events import PrinterHeld, PrinterLetGo, PrinterSetUp
from wms.printing.rules import DPIS, language
from wms.printing.tables import PrinterNow


class UnfitNext(Wrong):
    """That printer cannot take over."""

    sentence = "kernel.not_kept"


class UnknownDpi(Wrong):
    """No printer that we know prints so finely."""

    sentence = "kernel.not_kept"


def hold_printer(session: Session, *, device_id: int, by: int, at: datetime) -> None:
    """Send nothing to a printer until it is let go. Raises NoSuchPrinter; saying it twice changes nothing."""
    now = _now(session, device_id, at)
    if not now.is_held:
        now.is_held = True
        session.flush()
        announce(session, PrinterHeld(device_id), by=by, at=at)


def let_printer_go(session: Session, *, device_id: int, by: int, at: datetime) -> None:
    """Let a printer that was stopped go on. Raises NoSuchPrinter; saying it twice changes nothing."""
    now = _now(session, device_id, at)
    if now.is_held:
        now.is_held = False
        session.flush()
        session.info["wake"] = True
        announce(session, PrinterLetGo(device_id), by=by, at=at)


def set_next(
    session: Session,
    *,
    device_id: int,
    next_id: int | None,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> None:
    """Say which printer takes the sheets of this one when it cannot. Raises NoSuchPrinter, UnfitNext, Stale."""
    now = _now(session, device_id, at)
    same_version(now, expected)
    if next_id is not None:
        _takes_over(session, device_id, next_id)
    now.next_id = next_id
    _told(session, now, by=by, at=at)


def set_dpi(
    session: Session,
    *,
    device_id: int,
    dpi: int,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> None:
    """Say how many dots a printer sets to an inch. Raises NoSuchPrinter, UnknownDpi, Stale."""
    now = _now(session, device_id, at)
    same_version(now, expected)
    if dpi not in DPIS:
        raise UnknownDpi(Fault("dpi", "printing.unknown_dpi", {"dpi": dpi}))
    now.dpi = dpi
    _told(session, now, by=by, at=at)


def _now(session: Session, device_id: int, at: datetime) -> PrinterNow:
    printer(session, device_id)
    return now_of(session, device_id, at)


def _takes_over(session: Session, device_id: int, next_id: int) -> None:
    this, other = printer(session, device_id), printer(session, next_id)
    if device_id == next_id or language(this.address) is not language(other.address):
        raise UnfitNext(Fault("next_id", "printing.unfit_next", {"printer": other.name}))


def _told(session: Session, now: PrinterNow, *, by: int, at: datetime) -> None:
    session.flush()
    announce(session, PrinterSetUp(now.device_id, now.next_id, now.dpi), by=by, at=at)
