"""What is known here of the channels, orders and items that a file speaks of, asked for in few questions."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import UTC, datetime

from sqlalchemy import bindparam, select
from sqlalchemy.orm import Session

from wms.catalog.tables import Item
from wms.channels.filed import Notice
from wms.channels.layouts import CHANNELS
from wms.channels.tables import ChannelNotice
from wms.codes.queries import Kind, normal
from wms.codes.tables import HOUSE_OWNER, CodeTarget
from wms.kernel.statements import Lookup
from wms.orders import actions as orders
from wms.orders.actions.locking import CLOSED
from wms.orders.tables import Channel, Order

SKUS_MOST = 200_000
"""SKUs that are remembered at a time: a file of a million different ones must not fill the memory."""

_ITEMS = Lookup(
    CodeTarget.code,
    lambda wanted: (
        select(CodeTarget.code, Item.id, Item.sku, Item.archived_at)
        .join(Item, Item.id == CodeTarget.target_id)
        .where(wanted, CodeTarget.kind == Kind.ITEM, CodeTarget.owner_id == HOUSE_OWNER)
    ),
)
_ORDERS = Lookup(
    Order.source_id,
    lambda wanted: select(
        Order.source_id, Order.id, Order.placed_at, Order.state, Order.cancel_requested_at
    ).where(wanted, Order.channel_id == bindparam("channel_id")),
)
_NOTICES = Lookup(
    ChannelNotice.source_id,
    lambda wanted: select(ChannelNotice.source_id, ChannelNotice.kind).where(
        wanted, ChannelNotice.channel_id == bindparam("channel_id")
    ),
)


@dataclass(frozen=True, slots=True)
class KnownItem:
    """An item by its number."""

    id: int
    is_archived: bool


@dataclass(frozen=True, slots=True)
class KnownOrder:
    """An order that came in before; `is_open` while it can still be stopped."""

    id: int
    placed_at: datetime
    is_open: bool


class Knowing:
    """Remembers what was asked while one file comes in."""

    def __init__(self, session: Session) -> None:
        """Begin with nothing known."""
        self._session = session
        self._items: dict[str, KnownItem | None] = {}
        self._channels: dict[str, int | None] = {}

    def learn_items(self, skus: Iterable[str]) -> None:
        """Find out about the items of a batch."""
        wanted = set(skus) - self._items.keys()
        if not wanted:
            return
        if len(self._items) > SKUS_MOST:
            self._items.clear()
        found = {
            code: KnownItem(item_id, archived_at is not None)
            for code, item_id, sku, archived_at in _ITEMS.all(self._session, {*map(normal, wanted)})
            if normal(sku) == code  # barcodes name units, packs and cases; an order names items
        }
        self._items |= {sku: found.get(normal(sku)) for sku in wanted}

    def item(self, sku: str) -> KnownItem | None:
        """Return the item of an SKU of the batch that was learned last."""
        return self._items[sku]

    def orders(self, told: Iterable[tuple[str, str]]) -> dict[tuple[str, str], KnownOrder]:
        """Return, by channel and what the channel calls them, the orders that are here already."""
        by_channel: dict[str, set[str]] = defaultdict(set)
        for channel, source_id in told:
            by_channel[channel].add(source_id)
        return {
            (channel, row[0]): _known(*row[1:])
            for channel, sources in sorted(by_channel.items())
            if (channel_id := self._channel(channel)) is not None
            for row in _ORDERS.all(self._session, sources, channel_id=channel_id)
        }

    def notices(self, told: Iterable[Notice]) -> set[tuple[str, str, str]]:
        """Return, by channel, what the channel calls them and their kind, the notices that were carried out before."""
        by_channel: dict[str, set[str]] = defaultdict(set)
        for notice in told:
            by_channel[notice.channel].add(notice.source_id)
        return {
            (channel, source_id, kind)
            for channel, sources in sorted(by_channel.items())
            if (channel_id := self._channel(channel)) is not None
            for source_id, kind in _NOTICES.all(self._session, sources, channel_id=channel_id)
        }

    def channel(self, code: str, *, by: int, at: datetime) -> int:
        """Return the number of a channel, which opens with its first file."""
        channel_id = self._channel(code)
        if channel_id is None:
            channel_id = self._channels[code] = orders.open_channel(
                self._session, code=code, name=CHANNELS.get(code, code), kind="file", by=by, at=at
            ).id
        return channel_id

    def _channel(self, code: str) -> int | None:
        if self._channels.get(code) is None:
            query = select(Channel.id).where(Channel.code == code)
            self._channels[code] = self._session.scalar(query)
        return self._channels[code]


def _known(
    order_id: int, placed_at: datetime | str, state: str, cancel_requested_at: object
) -> KnownOrder:
    moment = datetime.fromisoformat(placed_at) if isinstance(placed_at, str) else placed_at
    moment = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
    return KnownOrder(order_id, moment, state not in CLOSED and cancel_requested_at is None)
