"""Keeping where somebody stands, so that any tablet can go on there."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.floor.here import Here
from wms.floor.plain import to_plain
from wms.floor.tables import Dialogue


def keep(session: Session, worker_id: int, here: Here, *, at: datetime) -> None:
    """Keep where a person stands now and what the screen shows."""
    row = session.get(Dialogue, worker_id)
    if row is None:
        row = Dialogue(worker_id=worker_id)
        session.add(row)
    data: dict[str, Any] = {"own": dict(here.stand.data)}
    if here.question is not None:
        data["question"] = asdict(here.question)
    row.process, row.step, row.ref = here.stand.process, here.stand.step, here.stand.ref
    row.data, row.turn, row.changed_at = data, to_plain(here.turn), at
    session.flush()
