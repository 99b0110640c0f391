"""Imports: a sheet is looked through first, then taken in one transaction, all of it or nothing.

A slice gives an `Importer`. `look_through` reads the file once and blames what can be seen without the database
(rows that repeat a code); `take` reads it again, in a session, blames what does not fit what is there, and, unless
this is a trial, writes. On a trial the session only reads, so that a preview holds up nobody.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Generic, Protocol, TypeVar

from sqlalchemy.orm import Session

from wms.kernel.commands import HOUSE, Answer, Command
from wms.kernel.database import Database
from wms.kernel.sheets import Reading, Sheet, fitting

Row = TypeVar("Row")
Counts = dict[str, int]
"""How many rows did what, as in `{"created": 3, "changed": 1, "unchanged": 96}`."""

Tell = Callable[[int], None]
"""Hears how many rows have been read."""


class Take(Protocol):
    """Takes the rows of a reading into the database, or only finds out what that would do."""

    def __call__(
        self, session: Session, reading: Reading[Any], *, is_trial: bool, by: int, at: datetime
    ) -> Counts:
        """Return what the rows did, or would do; blames the cells that cannot be taken."""


@dataclass(frozen=True)
class Importer(Generic[Row]):
    """One kind of file that can be taken in."""

    name: str
    sheet: Sheet[Row]
    look_through: Callable[[Reading[Row]], None]
    take: Take
    others: tuple[Sheet[Row], ...] = ()
    """Files of other programs that say the same; which one it is, the header tells."""

    def read(self, file: Path, tell: Tell | None = None) -> Reading[Row]:
        """Begin to read a file. Raises SheetUnreadable, or SheetRefused for its columns."""
        return Reading(file, fitting(file, (self.sheet, *self.others)), tell)


@dataclass(frozen=True)
class Look(Generic[Row]):
    """What a file holds and what taking it would do; `reading` has its first rows and its faults."""

    reading: Reading[Row]
    counts: Counts

    @property
    def can_be_taken(self) -> bool:
        """Whether no cell must change first."""
        return self.reading.faults_in_all == 0


def just_read(reading: Reading[Row]) -> None:
    """Look through a file whose rows do not depend on each other."""
    for _ in reading.lines():
        pass


def look(
    database: Database,
    importer: Importer[Row],
    file: Path,
    *,
    at: datetime,
    tell: Tell | None = None,
) -> Look[Row]:
    """Find out what taking a file would do, and do nothing. Raises SheetUnreadable, or SheetRefused for its columns."""
    reading = importer.read(file, tell)
    importer.look_through(reading)
    if reading.faults_in_all:
        return Look(reading, {})
    with database.read() as session:
        counts = importer.take(session, reading, is_trial=True, by=HOUSE, at=at)
    return Look(reading, counts)


def looked_through(
    importer: Importer[Row], file: Path, *, tell: Tell | None = None
) -> Reading[Row]:
    """Read a file whose every cell can be taken, for all one can see. Raises SheetUnreadable or SheetRefused."""
    reading = importer.read(file, tell)
    importer.look_through(reading)
    reading.refuse_if_wrong()
    return reading


def take_all(
    session: Session, importer: Importer[Row], reading: Reading[Row], *, by: int, at: datetime
) -> Counts:
    """Take every row in the caller's transaction. Raises SheetRefused, which undoes them all."""
    counts = importer.take(session, reading, is_trial=False, by=by, at=at)
    reading.refuse_if_wrong()
    return {"rows": reading.rows, **counts}


def carry_out(
    database: Database,
    act: Command,
    importer: Importer[Row],
    file: Path,
    *,
    tell: Tell | None = None,
) -> Answer[Counts]:
    """Take a file, all of it or nothing. Raises SheetUnreadable or SheetRefused."""
    reading = looked_through(importer, file, tell=tell)
    return database.write(
        act, lambda session: take_all(session, importer, reading, by=act.actor_id, at=act.at)
    )
