"""Registering what can be scanned. Whoever makes a thing with a code registers it in the same transaction."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from wms.codes.rules import Kind, normal, shown, unfit
from wms.codes.tables import HOUSE_OWNER, Code, CodeTarget
from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Fault, Refusal, Wrong
from wms.kernel.statements import Lookup

CHUNK = 500
"""Codes a statement: well under the number of values that either database takes at once."""


_CODES = Prepared(insert(Code), ["code", "kind"])
_TARGETS = Prepared(
    insert(CodeTarget), ["code", "kind", "owner_id", "target_id", "written_as", "created_at"]
)


_KINDS = Lookup(
    Code.code,
    lambda wanted: select(Code.code, Code.kind).where(wanted).order_by(Code.code).with_for_update(),
)
_KNOWN = Lookup(
    CodeTarget.code,
    lambda wanted: select(CodeTarget.code, CodeTarget.target_id).where(
        wanted, CodeTarget.owner_id == bindparam("owner_id")
    ),
)


class UnfitCode(Wrong):
    """A text that cannot be a code of that kind; its fault, on the field `code`, says why."""

    sentence = "codes.unfit"


class CodeTaken(Refusal):
    """The code already stands for another thing; its fault, on the field `code`, says for which kind."""

    sentence = "codes.taken"


@dataclass(frozen=True)
class NewCode:
    """A code and the number of the thing it shall stand for."""

    code: str
    target_id: int


def register(
    session: Session,
    *,
    code: str,
    kind: Kind,
    owner_id: int = HOUSE_OWNER,
    target_id: int,
    at: datetime,
) -> None:
    """Let a code stand for one thing. Raises UnfitCode or CodeTaken; saying the same thing twice changes nothing."""
    register_all(session, [NewCode(code, target_id)], kind=kind, owner_id=owner_id, at=at)


def register_all(
    session: Session,
    codes: Sequence[NewCode],
    *,
    kind: Kind,
    owner_id: int = HOUSE_OWNER,
    at: datetime,
) -> None:
    """Let many codes stand for things of one kind, all or none. Raises as `register` does, for the first in the way."""
    wanted = _wanted(codes, kind)
    keys = sorted(wanted)
    for start in range(0, len(keys), CHUNK):
        chunk = {key: wanted[key] for key in keys[start : start + CHUNK]}
        _register(session, chunk, kind=kind, owner_id=owner_id, at=at)


def withdraw(session: Session, *, code: str, owner_id: int = HOUSE_OWNER) -> None:
    """Let a code stand for nothing of this owner's any more, so that it may stand for something else."""
    key = normal(code)
    session.scalar(select(Code).where(Code.code == key).with_for_update())
    session.execute(
        delete(CodeTarget).where(CodeTarget.code == key, CodeTarget.owner_id == owner_id)
    )
    if session.scalar(select(CodeTarget.id).where(CodeTarget.code == key).limit(1)) is None:
        session.execute(delete(Code).where(Code.code == key))


def _wanted(codes: Sequence[NewCode], kind: Kind) -> dict[str, NewCode]:
    wanted: dict[str, NewCode] = {}
    for new in codes:
        if wrong := unfit(new.code, kind):
            raise UnfitCode(Fault("code", wrong.sentence, wrong.values), code=shown(new.code))
        if wanted.setdefault(normal(new.code), new).target_id != new.target_id:
            raise _taken(new.code, kind)
    return wanted


def _register(
    session: Session, wanted: dict[str, NewCode], *, kind: Kind, owner_id: int, at: datetime
) -> None:
    # Two transactions that register the same new code at once meet at the unique keys: the later one is run again
    # by `database.write` and then finds what the earlier one wrote. Known codes are held against a withdrawal.
    known = _kinds(session, wanted)
    targets = _targets(session, wanted, owner_id)
    for key, new in wanted.items():
        if known.get(key, kind) != kind or targets.get(key, new.target_id) != new.target_id:
            raise _taken(new.code, Kind(known[key]))
    _insert_codes(session, [key for key in wanted if key not in known], kind)
    missing = {key: new for key, new in wanted.items() if key not in targets}
    _insert_targets(session, missing, kind=kind, owner_id=owner_id, at=at)


def _kinds(session: Session, keys: Collection[str]) -> dict[str, str]:
    session.flush()
    return dict(_KINDS.all(session, keys))


def _targets(session: Session, keys: Collection[str], owner_id: int) -> dict[str, int]:
    return dict(_KNOWN.all(session, keys, owner_id=owner_id))


def _insert_codes(session: Session, keys: Sequence[str], kind: Kind) -> None:
    if keys:
        _CODES.run_many(session, [{"code": key, "kind": kind} for key in keys])


def _insert_targets(
    session: Session, missing: dict[str, NewCode], *, kind: Kind, owner_id: int, at: datetime
) -> None:
    rows = [
        {
            "code": key,
            "kind": kind,
            "owner_id": owner_id,
            "target_id": new.target_id,
            "written_as": new.code.strip(),
            "created_at": at,
        }
        for key, new in missing.items()
    ]
    if rows:
        _TARGETS.run_many(session, rows)


def _taken(code: str, kind: Kind) -> CodeTaken:
    return CodeTaken(
        Fault("code", f"codes.taken_by_{kind}", {"code": shown(code)}), code=shown(code)
    )
