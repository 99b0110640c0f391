"""What the floor asks: where somebody stands, what waits for them, where a target is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.bins import queries as bins
from wms.bins.tables import Location
from wms.floor.here import HOME, Here, Puzzle, Question, at_home
from wms.floor.plain import from_plain
from wms.floor.process import Floor, Process, Stand, Waiting, Worker
from wms.floor.tables import Dialogue


@dataclass(frozen=True)
class Tile:
    """One kind of work on the home screen."""

    name: str
    process: Process
    waiting: Waiting


def here(session: Session, floor: Floor, worker_id: int, *, locked: bool = False) -> Here:
    """Return where somebody stands: at home where they never stood anywhere, or where nobody leads on."""
    row = session.get(Dialogue, worker_id, with_for_update=locked or None)
    if row is None or (row.process and row.process not in floor.processes):
        return at_home()
    data = dict(row.data)
    stand = Stand(row.process, row.step, row.ref, data.get("own", {}))
    return Here(stand, from_plain(row.turn), _question(data.get("question")))


def stand_of(session: Session, worker_id: int) -> Stand:
    """Return which process somebody is in, and where, without asking it."""
    row = session.get(Dialogue, worker_id)
    return Stand(row.process, row.step, row.ref, row.data.get("own", {})) if row else HOME


def tiles(session: Session, floor: Floor, worker: Worker, at: datetime) -> list[Tile]:
    """Return the kinds of work that the person's roles allow, with how much of each waits."""
    return [
        Tile(name, process, process.waiting(session, worker, at))
        for name, process in floor.processes.items()
        if worker.roles & process.roles
    ]


def bin_of(session: Session, target: str) -> Location | None:
    """Return the place that a target names, to draw where it is."""
    number = bins.place_scanned(session, target) if target else None
    return session.get(Location, number) if number else None


def _question(kept: Mapping[str, Any] | None) -> Question | None:
    if not kept:
        return None
    return Question(
        Puzzle(kept["puzzle"]),
        kept["code"],
        kept["turn"],
        tuple(kept["options"]),
        kept["symbology"],
        kept["quantity"],
    )
