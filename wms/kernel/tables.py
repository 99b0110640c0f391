"""What the kernel remembers: commands and answers, facts and deliveries, decisions, outside calls, jobs, messages."""

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint, Uuid, text
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, LongText, Moment, Name, ShortCode, Table


class StoredCommand(Table):
    """One act that somebody asked for, with the answer it got: the same key gets the same answer."""

    __tablename__ = "command"

    uid: Mapped[UUID] = mapped_column(Uuid, primary_key=True)
    """Made from actor and key, so that what an act leaves behind can never be left twice, even after pruning."""
    actor_id: Mapped[int]
    key: Mapped[str] = mapped_column(String(255))
    name: Mapped[Name]
    body_hash: Mapped[str] = mapped_column(String(64))
    refused: Mapped[bool]
    answer: Mapped[LongText]
    device_id: Mapped[int | None]
    device_seq: Mapped[int | None]
    occurred_at: Mapped[Moment]
    recorded_at: Mapped[Moment] = mapped_column(index=True)


class StoredEvent(Table):
    """A fact that was announced, in the transaction in which it became true."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_subject_subject_id", "subject", "subject_id", "id"),)

    id: Mapped[Id]
    type: Mapped[Name]
    subject: Mapped[ShortCode]
    subject_id: Mapped[int]
    data: Mapped[dict[str, Any]]
    command_uid: Mapped[UUID] = mapped_column(Uuid)
    actor_id: Mapped[int]
    device_id: Mapped[int | None]
    occurred_at: Mapped[Moment]
    recorded_at: Mapped[Moment]


class Delivery(Table):
    """One fact on its way to one reaction. Facts about one thing reach one reaction in order, each once in effect."""

    __tablename__ = "delivery"
    __table_args__ = (
        UniqueConstraint("event_id", "reaction"),
        Index(
            "ix_delivery_open",
            "reaction",
            "subject",
            "subject_id",
            "id",
            sqlite_where=text("done_at IS NULL"),
            postgresql_where=text("done_at IS NULL"),
        ),
        Index(
            "ix_delivery_due",
            "due_at",
            "id",
            sqlite_where=text("done_at IS NULL AND dead_at IS NULL"),
            postgresql_where=text("done_at IS NULL AND dead_at IS NULL"),
        ),
        Index(
            "ix_delivery_dead",
            "id",
            sqlite_where=text("dead_at IS NOT NULL AND done_at IS NULL"),
            postgresql_where=text("dead_at IS NOT NULL AND done_at IS NULL"),
        ),
    )

    id: Mapped[Id]
    event_id: Mapped[int] = mapped_column(ForeignKey("event.id"))
    reaction: Mapped[Name]
    subject: Mapped[ShortCode]
    subject_id: Mapped[int]
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    lease_until: Mapped[Moment]
    done_at: Mapped[datetime | None]
    dead_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(500))


class Decision(Table):
    """A choice the house made, with all that was weighed: fed with the same inputs, the rule chooses the same."""

    __tablename__ = "decision"
    __table_args__ = (Index("ix_decision_subject_subject_id", "subject", "subject_id", "id"),)

    id: Mapped[Id]
    rule: Mapped[ShortCode]
    version: Mapped[int]
    subject: Mapped[ShortCode]
    subject_id: Mapped[int]
    inputs: Mapped[dict[str, Any]]
    choice: Mapped[dict[str, Any]]
    command_uid: Mapped[UUID] = mapped_column(Uuid)
    actor_id: Mapped[int]
    decided_at: Mapped[Moment]


OPEN_CALL = "state IN ('pending', 'in_flight', 'in_doubt')"
"""Calls that are still to be made or looked up. SQLite uses its index only where a question says the very same."""


class OutboxCall(Table):
    """A call to the outside world that has no row of its own: written with its cause, made after the commit."""

    __tablename__ = "outbox_call"
    __table_args__ = (
        Index(
            "ix_outbox_call_due",
            "due_at",
            "id",
            sqlite_where=text(OPEN_CALL),
            postgresql_where=text(OPEN_CALL),
        ),
    )

    id: Mapped[Id]
    kind: Mapped[ShortCode]
    state: Mapped[ShortCode]
    key: Mapped[str] = mapped_column(String(120), unique=True)
    payload: Mapped[dict[str, Any]]
    tries: Mapped[int] = mapped_column(default=0)
    due_at: Mapped[Moment]
    lease_until: Mapped[Moment]
    absent_reads: Mapped[int] = mapped_column(default=0)
    """How often, while it was in doubt, a reading call found that nothing had been done."""
    answer: Mapped[dict[str, Any] | None]
    trouble: Mapped[str | None] = mapped_column(String(500))
    recorded_at: Mapped[Moment]
    changed_at: Mapped[Moment]


class ScheduledJob(Table):
    """Something the house does by itself every so many seconds, by whichever process gets to it first."""

    __tablename__ = "scheduled_job"

    name: Mapped[str] = mapped_column(String(120), primary_key=True)
    every_s: Mapped[int]
    due_at: Mapped[Moment]
    lease_until: Mapped[Moment]
    tries: Mapped[int] = mapped_column(default=0)
    done_at: Mapped[datetime | None]
    trouble: Mapped[str | None] = mapped_column(String(500))


class InboxMessage(Table):
    """What somebody outside told us, word for word, before anybody thought about it. Told twice, kept once."""

    __tablename__ = "inbox_message"
    __table_args__ = (
        UniqueConstraint("source", "external_id"),
        Index("ix_inbox_message_state_due_at", "state", "due_at"),
    )

    id: Mapped[Id]
    source: Mapped[ShortCode]
    external_id: Mapped[str] = mapped_column(String(120))
    body: Mapped[bytes] = mapped_column(LargeBinary)
    state: Mapped[ShortCode]
    """received, done, parked (it is about something that nobody here knows yet) or dead."""
    tries: Mapped[int] = mapped_column(default=0)
    trouble: Mapped[str] = mapped_column(String(500), default="")
    due_at: Mapped[Moment]
    received_at: Mapped[Moment]
    done_at: Mapped[datetime | None]
