"""What a packer did, with what it takes to undo it."""

from collections.abc import Mapping
from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import update
from sqlalchemy.orm import Session

from wms.packing.tables import PackAct, Package


class ActVerb(StrEnum):
    """What was done."""

    OPEN = "open"
    PUT_IN = "put_in"
    TAKE_OUT = "take_out"
    CLOSE = "close"
    REOPEN = "reopen"
    WEIGH = "weigh"
    STAGE = "stage"
    RECALL = "recall"
    MISSING = "missing"
    LEFTOVER = "leftover"


def note(
    session: Session,
    verb: ActVerb,
    *,
    fo_id: int,
    package: Package | None = None,
    tote_id: int | None = None,
    before: Mapping[str, Any] | None = None,
    by: int,
    at: datetime,
) -> None:
    """Keep an act, newest last."""
    session.add(
        PackAct(
            worker_id=by,
            tote_id=tote_id,
            fo_id=fo_id,
            package_id=package.id if package else None,
            verb=verb.value,
            before=dict(before or {}),
            acted_at=at,
        )
    )
    session.flush()


def forget(session: Session, package: Package, at: datetime) -> None:
    """Note that what was done with a box cannot be taken back any more: the box is none."""
    session.execute(
        update(PackAct)
        .where(PackAct.package_id == package.id, PackAct.undone_at.is_(None))
        .values(undone_at=at)
    )
