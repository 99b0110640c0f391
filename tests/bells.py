"""Made-up facts about bells, and notes that reactions leave: what tests of the kernel tell and count."""

import itertools
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import partial
from typing import ClassVar

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.cases.tables import ExceptionCase
from wms.kernel.commands import Answer, command
from wms.kernel.database import Database
from wms.kernel.events import Event
from wms.kernel.outbox import announce

_numbers = itertools.count(1)


@dataclass(frozen=True)
class BellRung(Event):
    """Somebody rang."""

    subject: ClassVar[str] = "bell"
    bell_id: int
    note: str = ""


def ring(database: Database, at: datetime, *notes: str, bell: int = 1) -> None:
    """Announce, each in a command of its own, that a bell was rung."""
    for words in notes:
        rung = BellRung(bell, words)
        database.write(
            command("bells.ring", by=7, at=at), partial(announce, event=rung, by=7, at=at)
        )


def write_down(session: Session, words: str, by: int, at: datetime) -> None:
    """Leave a note."""
    session.add(
        ExceptionCase(
            kind="note",
            state="open",
            subject="bell",
            subject_id=next(_numbers),
            sentence="cases.note",
            values={"words": words},
            opened_by=by,
            opened_at=at,
        )
    )


def note(database: Database, words: str, at: datetime, key: str | None = None) -> Answer[str]:
    """Leave a note by a command."""

    def do(session: Session) -> str:
        write_down(session, words, 7, at)
        return words

    return database.write(command("bells.note", by=7, at=at, key=key), do)


def notes(database: Database) -> Sequence[str]:
    """Return all notes, oldest first."""
    with database.read() as session:
        kept = session.scalars(select(ExceptionCase.values).order_by(ExceptionCase.id)).all()
    return [values["words"] for values in kept]


def wait_until(what: Callable[[], object], seconds: float = 30.0) -> None:
    """Wait until it is so."""
    until = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < until, "it did not come in time"
        time.sleep(0.02)
