"""Keeping where somebody stands, so that any tablet can go on there."""

from dataclasses import asdict
from datetime import datetime
from typing import Any

from sqlalchemy import bindparam, text
from sqlalchemy.orm import Session
from sqlalchemy.orm.util import identity_key

from wms.floor.here import Here
from wms.floor.plain import to_plain
from wms.floor.tables import Dialogue
from wms.kernel.prepared import Prepared


def keep(session: Session, worker_id: int, here: Here, *, at: datetime) -> None:
    """Keep where a person stands now and what the screen shows."""
    data: dict[str, Any] = {"own": dict(here.stand.data)}
    if here.question is not None:
        data["question"] = asdict(here.question)
    stand = here.stand
    _KEEP.run(
        session,
        {
            "worker_id": worker_id,
            "process": stand.process,
            "step": stand.step,
            "ref": stand.ref,
            "data": data,
            "turn": to_plain(here.turn),
            "changed_at": at,
        },
    )
    if (read := session.identity_map.get(identity_key(Dialogue, worker_id))) is not None:
        session.expire(read)


_COLUMNS = Dialogue.__table__.columns
_KEEP = Prepared(
    text("""
    INSERT INTO dialogue (worker_id, process, step, ref, data, turn, changed_at)
    VALUES (:worker_id, :process, :step, :ref, :data, :turn, :changed_at)
    ON CONFLICT (worker_id) DO UPDATE SET process = excluded.process, step = excluded.step, ref = excluded.ref,
        data = excluded.data, turn = excluded.turn, changed_at = excluded.changed_at
    """).bindparams(
        *(bindparam(name, type_=_COLUMNS[name].type) for name in ("data", "turn", "changed_at"))
    )
)
"""Every scan ends with it."""
