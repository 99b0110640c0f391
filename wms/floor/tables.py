"""Where each person stands in a dialogue, so that it goes on there, on whatever device."""

from typing import Any

from sqlalchemy import ForeignKey
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Moment, ShortCode, Table


class Dialogue(Table):
    """What one person is doing, at which step, on which thing, and what the screen said last."""

    __tablename__ = "dialogue"

    worker_id: Mapped[int] = mapped_column(ForeignKey("user_account.id"), primary_key=True)
    process: Mapped[ShortCode]
    """Empty where the person is at home, between two pieces of work."""
    step: Mapped[ShortCode]
    ref: Mapped[int | None]
    """What it is about: the number of a run, a move task, a count."""
    data: Mapped[dict[str, Any]]
    """What the process has to keep between two scans that its own rows do not say."""
    turn: Mapped[dict[str, Any]]
    """What the screen showed last, so that a page opened anew shows it again."""
    changed_at: Mapped[Moment]
