"""What the house remembers of channels beside their orders."""

from typing import Any

from sqlalchemy import ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from wms.kernel.columns import Id, Moment, ShortCode, Table


class ChannelNotice(Table):
    """What a channel told us that is no order: something taken back, a correction of its stock. It counts once."""

    __tablename__ = "channel_notice"
    __table_args__ = (UniqueConstraint("channel_id", "source_id", "kind"),)

    id: Mapped[Id]
    channel_id: Mapped[int] = mapped_column(ForeignKey("channel.id"))
    source_id: Mapped[str] = mapped_column(String(120))
    kind: Mapped[ShortCode]
    """`reversal` or `correction`."""
    told: Mapped[dict[str, Any]]
    """What it says, and what came of each line: units cancelled, units that are to come back."""
    told_at: Mapped[Moment]
    created_at: Mapped[Moment]
