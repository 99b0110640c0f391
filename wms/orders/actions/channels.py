"""Channels: where orders come from."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.kernel.outbox import announce
from wms.kernel.refusal import Fault, Refusal
from wms.orders.events import ChannelOpened
from wms.orders.tables import Channel


class ChannelTaken(Refusal):
    """Another channel has this code already."""

    sentence = "orders.channel_taken"


def open_channel(
    session: Session,
    *,
    code: str,
    name: str,
    kind: str,
    ships_partly: bool = True,
    by: int,
    at: datetime,
) -> Channel:
    """Begin to take orders from somewhere. Raises ChannelTaken, on the field `code`."""
    if session.scalar(select(Channel.id).where(Channel.code == code)) is not None:
        raise ChannelTaken(Fault("code", "orders.channel_taken", {"code": code}), code=code)
    channel = Channel(code=code, name=name, kind=kind, ships_partly=ships_partly, created_at=at)
    session.add(channel)
    session.flush()
    announce(session, ChannelOpened(channel.id), by=by, at=at)
    return channel
