"""Printers as they stand: how each is, whom it serves, and what waits for it."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, Select, and_, func, or_, select, text, true
from sqlalchemy.orm import Session

from wms.kernel.refusal import NotFound
from wms.printing.lifecycle import State
from wms.printing.queries.reaching import NEVER_ASKED, names_of_printers
from wms.printing.queries.sheets import ASKS, WAITS
from wms.printing.rules import PRINTERS, UP, is_up
from wms.printing.tables import WAITING, PrinterNow, PrintJob
from wms.stations.queries import bindings
from wms.stations.tables import Device


@dataclass(frozen=True)
class Printer:
    """A printer as it stands: how it is, whom it serves, and what waits for it."""

    device_id: int
    name: str
    address: str | None
    condition: str
    detail: str
    since: datetime | None
    told_at: datetime | None
    is_held: bool
    next_id: int | None
    next: str
    dpi: int
    version: int
    """Of what people decided about it."""
    stations: tuple[str, ...]
    waiting: int
    unsure: int
    is_revoked: bool = False
    """Whether it is not used any more; sheets may still wait for it."""

    @property
    def is_up(self) -> bool:
        """Whether it gets sheets, as far as anybody knows."""
        return is_up(self.condition) and not self.is_held and not self.is_revoked


def printers(session: Session, *, device_ids: Collection[int] | None = None) -> list[Printer]:
    """Return every printer in use by name, or these."""
    is_wanted = true() if device_ids is None else Device.id.in_(device_ids)
    return _printers(session, _is_used(), is_wanted)


def down() -> Select[int]:
    """Return the question how many printers in use get no sheets at the moment."""
    is_down = or_(PrinterNow.is_held, PrinterNow.condition.not_in([one.value for one in UP]))
    return (
        select(func.count())
        .select_from(Device)
        .join(PrinterNow, PrinterNow.device_id == Device.id)
        .where(_is_used(), is_down)
    )


def left_waiting(session: Session) -> list[Printer]:
    """Return the printers that are not used any more and for which sheets wait all the same, by name."""
    return _printers(session, _is_left())


def printer(session: Session, device_id: int) -> Printer:
    """Return one printer, also one that is not used any more: sheets may wait for it. Raises NotFound."""
    found = _printers(session, Device.id == device_id, or_(_is_used(), _is_revoked()))
    if not found:
        raise NotFound(thing="printer", number=device_id)
    return found[0]


def _printers(session: Session, *wanted: ColumnElement[bool]) -> list[Printer]:
    query = (
        select(Device, PrinterNow)
        .outerjoin(PrinterNow, PrinterNow.device_id == Device.id)
        .where(*wanted)
        .order_by(Device.name)
    )
    rows: list[tuple[Device, PrinterNow | None]] = [
        (device, now) for device, now in session.execute(query)
    ]
    ids = [device.id for device, _ in rows]
    serves: dict[int, list[str]] = {number: [] for number in ids}
    for bound in bindings(session, device_ids=ids):
        if bound.station not in serves[bound.device_id]:
            serves[bound.device_id].append(bound.station)
    after = [now.next_id for _, now in rows if now is not None and now.next_id is not None]
    around = _Around(
        serves,
        names_of_printers(session, after),
        _counts(session, ids, WAITS),
        _counts(session, ids, ASKS),
    )
    return [_printer(device, now, around) for device, now in rows]


def _is_used() -> ColumnElement[bool]:
    return and_(Device.kind == PRINTERS[0], Device.revoked_at.is_(None))


def _is_left() -> ColumnElement[bool]:
    waiting = select(PrintJob.id).where(
        text(WAITING), PrintJob.printer_id == Device.id, PrintJob.state == State.QUEUED
    )
    return and_(_is_revoked(), waiting.exists())


def _is_revoked() -> ColumnElement[bool]:
    return and_(Device.kind.in_(PRINTERS), Device.revoked_at.is_not(None))


@dataclass(frozen=True)
class _Around:
    """By printer, what is known beside its own rows; `following` by the number of the printer that follows."""

    serves: Mapping[int, Sequence[str]]
    following: Mapping[int, str]
    waiting: Mapping[int, int]
    unsure: Mapping[int, int]


def _printer(device: Device, told: PrinterNow | None, around: _Around) -> Printer:
    now = NEVER_ASKED if told is None else told
    return Printer(
        device_id=device.id,
        name=device.name,
        address=device.address,
        condition=now.condition,
        detail=now.detail,
        since=told.since if told is not None else None,
        told_at=told.told_at if told is not None else None,
        is_held=now.is_held,
        next_id=now.next_id,
        next=around.following.get(now.next_id or 0, ""),
        dpi=now.dpi,
        version=now.version,
        stations=tuple(around.serves[device.id]),
        waiting=around.waiting.get(device.id, 0),
        unsure=around.unsure.get(device.id, 0),
        is_revoked=device.revoked_at is not None,
    )


def _counts(
    session: Session, device_ids: Collection[int], states: Collection[State]
) -> Mapping[int, int]:
    query = (
        select(PrintJob.printer_id, func.count())
        .where(PrintJob.state.in_(states), PrintJob.printer_id.in_(device_ids))
        .group_by(PrintJob.printer_id)
    )
    return {row[0]: row[1] for row in session.execute(query)}
