"""What a channel tells beside its orders: invoices that take back, and corrections of its stock. Each counts once."""

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy.orm import Session

from wms.channels.correcting import strike
from wms.channels.counts import Tally
from wms.channels.filed import FiledReversal, Notice
from wms.channels.knowing import Knowing
from wms.channels.returning import announce_reversal
from wms.channels.reversing import take_back
from wms.channels.tables import ChannelNotice


def carry_out(
    session: Session,
    told: Sequence[Notice],
    knowing: Knowing,
    tally: Tally,
    *,
    by: int,
    at: datetime,
) -> None:
    """Carry out what was not told before, in the order of the file, and keep what came of it."""
    for notice in told:
        knowing.learn_items(line.sku for line in notice.lines)
        channel_id = knowing.channel(notice.channel, by=by, at=at)
        if isinstance(notice, FiledReversal):
            lines = take_back(session, notice, channel_id, knowing, tally, by=by, at=at)
        else:
            lines = strike(session, notice, knowing, tally, by=by, at=at)
        kept = ChannelNotice(
            channel_id=channel_id,
            source_id=notice.source_id,
            kind=notice.kind,
            told=_told(notice, lines),
            told_at=notice.told_at,
            created_at=at,
        )
        session.add(kept)
        session.flush()
        if isinstance(notice, FiledReversal):
            announce_reversal(session, kept, by=by, at=at)


def _told(notice: Notice, lines: list[dict[str, Any]]) -> dict[str, Any]:
    of_whom = {"customer": notice.customer} if isinstance(notice, FiledReversal) else {}
    return {**of_whom, "lines": lines}
