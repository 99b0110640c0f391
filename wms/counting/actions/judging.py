"""Handing a count in, and what is done with it: believed and booked, counted again, or looked at by somebody."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.counting.actions.asking import held
from wms.counting.actions.booking import book
from wms.counting.actions.claiming import yours
from wms.counting.actions.noting import sheet
from wms.counting.book import book_at
from wms.counting.events import CountAccepted, CountInReview, CountSubmitted, RecountAsked
from wms.counting.lifecycle import LIFECYCLE, Verb
from wms.counting.rules import JUDGE, Tolerance, Verdict
from wms.counting.tables import CountLine, CountTask
from wms.counting.things import Book, Thing
from wms.kernel.decisions import decide
from wms.kernel.lifecycle import transition
from wms.kernel.outbox import announce
from wms.kernel.versions import same_version
from wms.stock.moves import StockStatus


def submit(
    session: Session,
    *,
    count_id: int,
    counted_at: datetime | None = None,
    tolerance: Tolerance | None = None,
    by: int,
    at: datetime,
) -> Verdict:
    """Hand a count in: it is held against what the book said at that moment, and believed, repeated or looked at.

    `counted_at` is when the last unit was counted, where that is not now. Raises SomebodyCounts, NotNow.
    """
    task = yours(session, count_id, by)
    transition(task, LIFECYCLE, Verb.SUBMIT)
    task.counted_at, task.lease_until = min(counted_at or at, at), None
    expected = book_at(session, task.location_id, task.counted_at)
    counted = sheet(session, task)
    _note_expected(session, task, expected, counted, by=by, at=at)
    announce(session, CountSubmitted(task.id, task.location_id, task.round), by=by, at=at)
    inputs = _inputs(task, expected, counted, tolerance or Tolerance())
    choice = decide(session, JUDGE, inputs, subject="count_task", subject_id=task.id, by=by, at=at)
    verdict = Verdict(choice["verdict"])
    match verdict:
        case Verdict.ACCEPT:
            _accept(session, task, Verb.AUTO_ACCEPT, reason="", by=by, at=at)
        case Verdict.RECOUNT:
            _again(session, task, by=by, at=at)
        case Verdict.REVIEW:
            transition(task, LIFECYCLE, Verb.REVIEW)
            announce(session, CountInReview(task.id, task.location_id, task.round), by=by, at=at)
    session.flush()
    return verdict


def accept(
    session: Session,
    *,
    count_id: int,
    reason: str,
    expected: int | None = None,
    by: int,
    at: datetime,
) -> CountTask:
    """Let a count stand although the book says otherwise, and book it. Raises NoSuchCount, Stale, NotNow."""
    task = held(session, count_id)
    same_version(task, expected)
    _accept(session, task, Verb.ACCEPT, reason=reason, by=by, at=at)
    return task


def recount(
    session: Session, *, count_id: int, expected: int | None = None, by: int, at: datetime
) -> CountTask:
    """Let another person count again. Raises NoSuchCount, Stale, NotNow."""
    task = held(session, count_id)
    same_version(task, expected)
    _again(session, task, by=by, at=at)
    return task


def _accept(
    session: Session, task: CountTask, verb: Verb, *, reason: str, by: int, at: datetime
) -> None:
    transition(task, LIFECYCLE, verb)
    fact = CountAccepted(task.id, task.location_id, task.round, reason)
    announce(session, fact, by=by, at=at)
    task.outcome = reason
    book(session, task, sheet(session, task), by=by, at=at)


def _again(session: Session, task: CountTask, *, by: int, at: datetime) -> None:
    transition(task, LIFECYCLE, Verb.ASK_RECOUNT)
    task.round += 1
    task.worker_id, task.lease_until, task.counted_at = None, None, None
    session.flush()
    announce(session, RecountAsked(task.id, task.location_id, task.round), by=by, at=at)


def _note_expected(
    session: Session,
    task: CountTask,
    expected: Book,
    counted: Mapping[Thing, int],
    *,
    by: int,
    at: datetime,
) -> None:
    """Write beside each thing what the book said, and what nobody found beside the rest."""
    for thing in sorted(expected.keys() - counted.keys()):
        session.add(
            CountLine(
                count_id=task.id,
                round=task.round,
                **thing._asdict(),
                counted=0,
                counted_by=by,
                counted_at=at,
            )
        )
    session.flush()
    query = select(CountLine).where(CountLine.count_id == task.id, CountLine.round == task.round)
    for line in session.scalars(query):
        thing = Thing(line.item_id, line.lot_id, line.serial_id)
        line.expected = sum(expected.get(thing, {}).values())


def _inputs(
    task: CountTask, expected: Book, counted: Mapping[Thing, int], tolerance: Tolerance
) -> dict[str, Any]:
    return {
        "round": task.round,
        "independent": task.worker_id != task.asked_by,
        "units": tolerance.units,
        "percent": tolerance.percent,
        "lines": [
            [
                sum(expected.get(thing, {}).values()),
                expected.get(thing, {}).get(StockStatus.HELD, 0),
                counted.get(thing, 0),
            ]
            for thing in sorted(expected.keys() | counted.keys())
        ],
    }
