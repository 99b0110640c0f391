"""Channels, for machines: where orders come from."""

from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.kernel.edge import Reply, created, perform, reply
from wms.kernel.fields import Body, Listing, Number, ShortWords, Words
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.orders import actions, queries
from wms.orders.api.blueprint import READ, READERS, WRITE, WRITERS, Shown, api, told
from wms.orders.tables import Channel
from wms.people.policy import allow

Code = Annotated[Words, Field(max_length=40)]


class ChannelPath(Body):
    """Which channel."""

    channel_id: Number


class NewChannel(Body):
    """Where orders shall come from."""

    code: Code
    name: ShortWords
    kind: Code = Field(default="shop", description="As in shop, marketplace, file, desk.")
    ships_partly: bool = Field(
        default=True, description="Whether what is there goes out at once and the rest later."
    )


class ChannelShown(Shown):
    """Where orders come from."""

    id: int
    code: str
    name: str
    kind: str
    ships_partly: bool
    created_at: datetime
    archived_at: datetime | None
    version: int


class ChannelPage(Shown):
    """Some channels."""

    data: list[ChannelShown]
    next_cursor: str | None


@api.get("/channels", summary="List channels", responses={200: ChannelPage})
@allow(*READERS, scope=READ)
def channels(query: Listing) -> Response:
    """In the order in which they were opened."""
    with services().database.read() as session:
        found = page(
            session,
            queries.channels_asked(),
            by=[Channel.id],
            limit=query.limit,
            cursor=query.cursor,
        )
        rows = [ChannelShown.model_validate(row) for row in found.rows]
    return reply(told(ChannelPage(data=rows, next_cursor=found.next_cursor)))


@api.post("/channels", summary="Open a channel", responses={201: ChannelShown})
@allow(*WRITERS, scope=WRITE)
def open_channel(body: NewChannel) -> Response:
    """Orders can come from there from now on."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        row = actions.open_channel(session, **body.model_dump(), by=by, at=at)
        shown = told(ChannelShown.model_validate(row))
        return created(shown, f"/api/v1/channels/{row.id}", row.version)

    return perform("orders.open_channel", do)


@api.get("/channels/<int:channel_id>", summary="One channel", responses={200: ChannelShown})
@allow(*READERS, scope=READ)
def one_channel(path: ChannelPath) -> Response:
    """With what it is called and whether it ships in parts."""
    with services().database.read() as session:
        row = queries.channel(session, path.channel_id)
        return reply(told(ChannelShown.model_validate(row)), row.version)
