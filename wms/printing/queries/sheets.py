"""Sheets: those that are asked for, one with all its tries, and what came of them."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.printing.lifecycle import LIFECYCLE, State
from wms.printing.queries.reaching import names_of_printers
from wms.printing.rules import NOTHING_WENT
from wms.printing.tables import PrintAttempt, PrintJob
from wms.stations.tables import Station

ASKS = (State.UNSURE, State.SENT)
"""Sheets of which somebody must say whether they came out, or scan them."""

WAITS = (State.QUEUED, State.SENDING)


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


def was_asked_for(session: Session, codes: Collection[str]) -> bool:
    """Tell whether a sheet with one of these barcodes, in their normal form, was ever asked of a printer."""
    query = select(PrintJob.id).where(PrintJob.expects.in_(codes), PrintJob.expects != "")
    return session.scalar(query.limit(1)) is not None


def names(session: Session, job_ids: Collection[int]) -> Mapping[int, str]:
    """Return the numbers of these sheets, as people say them."""
    rows = session.execute(select(PrintJob.id, PrintJob.number).where(PrintJob.id.in_(job_ids)))
    return {row.id: row.number for row in rows}


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
