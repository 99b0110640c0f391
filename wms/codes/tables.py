"""What can be scanned, and for whom the house keeps goods."""

from datetime import datetime

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wms.codes.rules import CODE_LIMIT
from wms.kernel.columns import Id, Moment, Name, ShortCode, Table

HOUSE_OWNER = 1
"""The house itself, as the owner of goods and of everything that is not goods."""


class Owner(Table):
    """Whose goods these are: the house itself (number 1) or a client that it works for."""

    __tablename__ = "owner"

    id: Mapped[Id]
    name: Mapped[Name] = mapped_column(unique=True)
    created_at: Mapped[Moment]
    archived_at: Mapped[datetime | None]


class Code(Table):
    """One code and the one kind of thing it can mean. `code` is kept in the form in which codes are compared."""

    __tablename__ = "code"
    __table_args__ = (UniqueConstraint("code", "kind"),)

    code: Mapped[str] = mapped_column(String(CODE_LIMIT), primary_key=True)
    kind: Mapped[ShortCode]


class CodeTarget(Table):
    """What a code means for one owner. The pair (code, kind) must exist in `code`, so no code can have two kinds."""

    __tablename__ = "code_target"
    __table_args__ = (
        ForeignKeyConstraint(["code", "kind"], ["code.code", "code.kind"]),
        UniqueConstraint("code", "owner_id"),
        Index("ix_code_target_kind_target_id", "kind", "target_id"),
    )

    id: Mapped[Id]
    code: Mapped[str] = mapped_column(String(CODE_LIMIT))
    kind: Mapped[ShortCode]
    owner_id: Mapped[int] = mapped_column(ForeignKey("owner.id"))
    target_id: Mapped[int]
    written_as: Mapped[str] = mapped_column(String(CODE_LIMIT))
    """As it was registered, for people to read and for labels to print."""
    created_at: Mapped[Moment]
