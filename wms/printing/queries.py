"""What others may ask about sheets and printers."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, and_, func, or_, select, text, true
from sqlalchemy.orm import Session

from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.printing.lifecycle import LIFECYCLE, State
from wms.printing.rules import NOTHING_WENT, PRINTERS, Condition, Proof, is_up
from wms.printing.tables import WAITING, PrintAttempt, PrinterNow, PrintJob
from wms.stations.queries import bindings
from wms.stations.tables import Device, Station

__all__ = ["Condition", "JobsAsked", "Printer", "Proof", "Sheet", "State"]

ASKS = (State.UNSURE, State.SENT)
"""Sheets of which somebody must say whether they came out, or scan them."""

WAITS = (State.QUEUED, State.SENDING)


NEVER_ASKED = PrinterNow(
    condition=Condition.UNKNOWN.value, detail="", is_held=False, dpi=203, version=1
)
"""What is known of a printer that was just added."""


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


@dataclass(frozen=True)
class JobsAsked:
    """Which sheets are wanted. None asks for all."""

    state: State | None = None
    printer_id: int | None = None
    kind: str | None = None
    subject: str | None = None
    subject_id: int | None = None
    expects: str | None = None
    open_only: bool = False


@dataclass(frozen=True)
class Sheet:
    """A print job with the names of what it speaks of."""

    job: PrintJob
    printer: str
    station: str
    reprint_of: str

    @property
    def is_over(self) -> bool:
        """Whether nothing can become of it any more."""
        return State(self.job.state) in LIFECYCLE.ends

    @property
    def asks(self) -> bool:
        """Whether somebody must say if it came out."""
        return self.job.state in ASKS


def printers(session: Session, *, device_ids: Collection[int] | None = None) -> list[Printer]:
    """Return every printer in use by name, or these."""
    is_wanted = true() if device_ids is None else Device.id.in_(device_ids)
    return _printers(session, _is_used(), is_wanted)


def left_waiting(session: Session) -> list[Printer]:
    """Return the printers that are not used any more and for which sheets wait all the same, by name."""
    return _printers(session, _is_left())


def _is_used() -> ColumnElement[bool]:
    return and_(Device.kind == PRINTERS[0], Device.revoked_at.is_(None))


def _is_left() -> ColumnElement[bool]:
    waiting = select(PrintJob.id).where(
        text(WAITING), PrintJob.printer_id == Device.id, PrintJob.state == State.QUEUED
    )
    return and_(_is_revoked(), waiting.exists())


def _is_revoked() -> ColumnElement[bool]:
    return and_(Device.kind.in_(PRINTERS), Device.revoked_at.is_not(None))


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


def printer(session: Session, device_id: int) -> Printer:
    """Return one printer, also one that is not used any more: sheets may wait for it. Raises NotFound."""
    found = _printers(session, Device.id == device_id, or_(_is_used(), _is_revoked()))
    if not found:
        raise NotFound(thing="printer", number=device_id)
    return found[0]


@dataclass(frozen=True)
class Reached:
    """Where a printer is reached, and how finely it prints."""

    address: str | None
    dpi: int


def reached(session: Session, device_id: int) -> Reached:
    """Return where a printer, or the agent that holds one, is reached. Raises NotFound."""
    device = session.get(Device, device_id)
    if device is None:
        raise NotFound(thing="printer", number=device_id)
    now = session.get(PrinterNow, device_id)
    return Reached(device.address, NEVER_ASKED.dpi if now is None else now.dpi)


def by_name(session: Session, name: str) -> Device:
    """Return the printer, or the agent that holds one, of that name. Raises NotFound."""
    query = select(Device).where(
        Device.name == name, Device.kind.in_(PRINTERS), Device.revoked_at.is_(None)
    )
    found = session.scalar(query)
    if found is None:
        raise NotFound(thing="printer", number=name)
    return found


def is_within_reach(session: Session, device: Device, *, agent_id: int | None) -> bool:
    """Tell whether an agent may print there: never where the house prints itself.

    One that is enrolled prints on what it holds and on what stands at its own bench.
    """
    if device.address is not None or agent_id in (None, device.id):
        return device.address is None
    benches = {bound.station_id for bound in bindings(session, device_ids=[device.id])}
    return any(bound.station_id in benches for bound in bindings(session, device_ids=[agent_id]))


def down(session: Session) -> list[Printer]:
    """Return the printers that need a hand, for pages that show the whole house."""
    return [one for one in printers(session) if not is_up(one.condition) and not one.is_held]


def jobs(
    session: Session, asked: JobsAsked, *, limit: int, cursor: str | None, oldest_first: bool
) -> Page[Sheet]:
    """Return sheets, the newest first unless it is asked for the queue."""
    query = select(PrintJob)
    wanted = {
        PrintJob.state: asked.state,
        PrintJob.printer_id: asked.printer_id,
        PrintJob.kind: asked.kind,
        PrintJob.subject: asked.subject,
        PrintJob.subject_id: asked.subject_id,
        PrintJob.expects: asked.expects,
    }
    for column, value in wanted.items():
        if value is not None:
            query = query.where(column == value)
    if asked.open_only:
        query = query.where(PrintJob.state.not_in(LIFECYCLE.ends))
    found = page(
        session,
        query,
        by=[PrintJob.id],
        limit=limit,
        cursor=cursor,
        newest_first=not oldest_first,
    )
    return Page(_sheets(session, found.rows), found.next_cursor)


def job(session: Session, job_id: int) -> Sheet:
    """Return one sheet. Raises NotFound."""
    found = session.get(PrintJob, job_id)
    if found is None:
        raise NotFound(thing="print job", number=job_id)
    return _sheets(session, [found])[0]


def questions(session: Session, *, limit: int) -> list[Sheet]:
    """Return the sheets of which somebody must say whether they came out, the oldest first."""
    query = select(PrintJob).where(PrintJob.state.in_(ASKS)).order_by(PrintJob.id).limit(limit)
    return _sheets(session, session.scalars(query).all())


def attempts(session: Session, job_id: int) -> Sequence[PrintAttempt]:
    """Return every try at a sheet, the newest first."""
    query = select(PrintAttempt).where(PrintAttempt.job_id == job_id)
    return session.scalars(query.order_by(PrintAttempt.number.desc())).all()


def attempt(session: Session, job_id: int, number: int) -> PrintAttempt | None:
    """Return one try at a sheet."""
    query = select(PrintAttempt).where(PrintAttempt.job_id == job_id, PrintAttempt.number == number)
    return session.scalar(query)


def reprints(session: Session, job_id: int) -> Sequence[PrintJob]:
    """Return the sheets that were asked for because of this one."""
    query = select(PrintJob).where(PrintJob.reprint_of_id == job_id).order_by(PrintJob.id)
    return session.scalars(query).all()


def newest_about(session: Session, *, subject: str, subject_id: int) -> PrintJob | None:
    """Return the newest sheet about a thing."""
    query = select(PrintJob).where(PrintJob.subject == subject, PrintJob.subject_id == subject_id)
    return session.scalars(query.order_by(PrintJob.id.desc()).limit(1)).first()


def one_before(session: Session, *, subject: str, subject_id: int) -> PrintJob | None:
    """Return the newest sheet about a thing that waits, or of which some may be out: another one would be a second.

    None where no sheet about it went to any printer.
    """
    went = select(PrintAttempt.id).where(
        PrintAttempt.job_id == PrintJob.id, PrintAttempt.outcome.not_in(NOTHING_WENT)
    )
    query = select(PrintJob).where(
        PrintJob.subject == subject,
        PrintJob.subject_id == subject_id,
        or_(PrintJob.state.in_(WAITS), went.exists()),
    )
    return session.scalars(query.order_by(PrintJob.id.desc()).limit(1)).first()


def names(session: Session, job_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers of these sheets, as people say them."""
    rows = session.execute(select(PrintJob.id, PrintJob.number).where(PrintJob.id.in_(job_ids)))
    return {row.id: row.number for row in rows}


def names_of_printers(session: Session, device_ids: Collection[int]) -> Mapping[int, str]:
    """Return the names of these printers."""
    rows = session.execute(select(Device.id, Device.name).where(Device.id.in_(device_ids)))
    return {row.id: row.name for row in rows}


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


def _sheets(session: Session, found: Sequence[PrintJob]) -> list[Sheet]:
    of_printers = names_of_printers(session, {job.printer_id for job in found})
    at = {job.station_id for job in found if job.station_id}
    stations = session.execute(select(Station.id, Station.name).where(Station.id.in_(at)))
    of_stations = {row.id: row.name for row in stations}
    of_jobs = names(session, {job.reprint_of_id for job in found if job.reprint_of_id})
    return [
        Sheet(
            job,
            of_printers[job.printer_id],
            of_stations.get(job.station_id or 0, ""),
            of_jobs.get(job.reprint_of_id or 0, ""),
        )
        for job in found
    ]
