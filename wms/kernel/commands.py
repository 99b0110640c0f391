"""An act with a name and a key: sent twice it happens once, and both senders get the same answer."""

import hashlib
import json
import os
import time
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from functools import cached_property
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import bindparam, delete, insert, select
from sqlalchemy.orm import Session

from wms.kernel.prepared import Prepared
from wms.kernel.refusal import Fault, KeyUsedOtherwise, Refusal, Refused, StoredRefusal
from wms.kernel.tables import StoredCommand

T = TypeVar("T")

HOUSE = 0
"""The actor of what the warehouse does by itself: courier, schedule, command line. Nobody can sign in as it."""

KEY_LIMIT = 255
"""Longest key we take: room for any UUID or any name that a script makes up."""


@dataclass(frozen=True)
class Command:
    """Who asks for what, under which key. `body_hash` tells a repeated key from a key used for something else."""

    name: str
    key: str
    actor_id: int
    at: datetime
    body_hash: str = ""
    device_id: int | None = None
    device_seq: int | None = None
    occurred_at: datetime | None = None
    kept: bool = True
    """False for housekeeping that is repeatable by its own rows (claims, schedules): nothing is stored for it."""

    @cached_property
    def uid(self) -> UUID:
        """The act's own number, the same for ever for the same actor and key."""
        digest = hashlib.sha256(f"{self.actor_id}\0{self.key}".encode())
        return UUID(bytes=digest.digest()[:16])


@dataclass(frozen=True)
class Answer(Generic[T]):
    """What came of a command; `replayed` when it was told from the store and not done again."""

    value: T
    replayed: bool = False


def command(name: str, *, by: int, at: datetime, key: str | None = None) -> Command:
    """Return a command of the house's own making, under a fresh key where none is given."""
    return Command(name=name, key=key or fresh_key(), actor_id=by, at=at)


def housekeeping(name: str, *, at: datetime, key: str | None = None) -> Command:
    """Return a command that leaves no row: its own work tells whether it was done.

    A key, where the work has one of its own, fences by `uid` what it leaves behind elsewhere.
    """
    return Command(name=name, key=key or fresh_key(), actor_id=HOUSE, at=at, kept=False)


def fresh_key() -> str:
    """Return a new key: a version 7 UUID (RFC 9562), so that keys sort by the time they were made."""
    stamp = time.time_ns() // 1_000_000
    raw = bytearray(stamp.to_bytes(6, "big") + os.urandom(10))
    raw[6] = raw[6] & 0x0F | 0x70
    raw[8] = raw[8] & 0x3F | 0x80
    return str(UUID(bytes=bytes(raw)))


def body_hash(*parts: bytes) -> str:
    """Return what identifies the contents of a request: SHA-256 over its parts."""
    digest = hashlib.sha256()
    for part in parts:
        digest.update(len(part).to_bytes(8, "big"))
        digest.update(part)
    return digest.hexdigest()


_KEPT = Prepared(
    select(StoredCommand.body_hash, StoredCommand.refused, StoredCommand.answer).where(
        StoredCommand.uid == bindparam("uid_sought")
    )
)
_KEEP = Prepared(insert(StoredCommand), [column.key for column in StoredCommand.__table__.columns])


def kept_answer(session: Session, act: Command) -> Answer[Any] | None:
    """Return the answer kept under the command's key, or None; raises what was refused, or KeyUsedOtherwise."""
    row = _KEPT.first(session, {"uid_sought": act.uid})
    if row is None:
        return None
    hash_then, refused, answer = row
    if hash_then != act.body_hash:
        raise KeyUsedOtherwise(key=act.key)
    if refused:
        raise Refused(_stored(json.loads(answer)))
    return Answer(json.loads(answer), replayed=True)


def keep_answer(session: Session, act: Command, value: object) -> None:
    """Store the command with its answer in the transaction that holds its effect."""
    _keep(session, act, refused=False, answer=value)


def keep_refusal(session: Session, act: Command, refusal: Refusal) -> None:
    """Store the command with the no that it got; its effect was rolled back before."""
    told = {
        "sentence": refusal.sentence,
        "status": refusal.status,
        "values": refusal.values,
        "faults": [[fault.where, fault.sentence, dict(fault.values)] for fault in refusal.faults],
    }
    _keep(session, act, refused=True, answer=told)


def prune(session: Session, *, before: datetime) -> int:
    """Forget the answers of commands recorded before that moment; what they did stays, and stays fenced by `uid`."""
    gone = session.execute(delete(StoredCommand).where(StoredCommand.recorded_at < before))
    return int(getattr(gone, "rowcount", 0))


def _keep(session: Session, act: Command, *, refused: bool, answer: object) -> None:
    row = {
        "uid": act.uid,
        "actor_id": act.actor_id,
        "key": act.key,
        "name": act.name,
        "body_hash": act.body_hash,
        "refused": refused,
        "answer": json.dumps(answer, separators=(",", ":"), default=str),
        "device_id": act.device_id,
        "device_seq": act.device_seq,
        "occurred_at": act.occurred_at or act.at,
        "recorded_at": act.at,
    }
    _KEEP.run(session, row)


def _stored(told: Mapping[str, Any]) -> StoredRefusal:
    faults = tuple(Fault(where, sentence, values) for where, sentence, values in told["faults"])
    return StoredRefusal(told["sentence"], told["status"], told["values"], faults)
