"""What the ledger must know of the places, goods and promises that moves speak of."""

from collections.abc import Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import Kind
from wms.bins.tables import Location
from wms.catalog.tables import Item, KitPart, Lot, Serial
from wms.kernel.statements import Lookup
from wms.stock.moves import NONE, BalanceKey, Move
from wms.stock.rules.moves import Goods, Kept, Known, Place
from wms.stock.tables import Allocation, StockBalance

# The weakest lock, which the ledger's foreign keys would take anyway: whoever archives a place waits for units on their
# way to it, and units wait for whoever archives it.
_PLACES = Lookup(
    Location.id,
    lambda wanted: (
        select(
            Location.id,
            Location.code,
            Location.warehouse_id,
            Location.kind == Kind.OUTSIDE.value,
            Location.holds_sellable,
            Location.archived_at.is_not(None),
        )
        .where(wanted)
        .order_by(Location.id)
        .with_for_update(read=True, key_share=True)
    ),
)

_GOODS = Lookup(
    Item.id,
    lambda wanted: select(
        Item.id,
        Item.sku,
        Item.owner_id,
        Item.tracks_lots,
        Item.tracks_serials,
        select(KitPart.kit_id).where(KitPart.kit_id == Item.id).exists(),
    ).where(wanted),
)

_LOTS = Lookup(Lot.id, lambda wanted: select(Lot.id, Lot.item_id).where(wanted))

_SERIALS = Lookup(Serial.id, lambda wanted: select(Serial.id, Serial.item_id).where(wanted))

_PROMISES = Lookup(
    Allocation.id,
    lambda wanted: (
        select(
            Allocation.id,
            Allocation.quantity - Allocation.consumed,
            *(getattr(StockBalance, field) for field in BalanceKey._fields),
        )
        .join(StockBalance, StockBalance.id == Allocation.balance_id)
        .where(wanted)
    ),
)


def known_of(session: Session, moves: Sequence[Move]) -> Known:
    """Return what is known; what nobody knows is missing."""
    places = {move.source_id for move in moves} | {move.target_id for move in moves}
    goods = {move.item_id for move in moves}
    lots = {move.lot_id for move in moves} - {NONE}
    serials = {move.serial_id for move in moves} - {NONE}
    promises = {move.allocation_id for move in moves if move.allocation_id is not None}
    return Known(
        places={row[0]: Place(*row) for row in _PLACES.all(session, places)},
        goods={row[0]: Goods(*row) for row in _GOODS.all(session, goods)},
        lots=dict(_LOTS.all(session, lots)) if lots else {},
        serials=dict(_SERIALS.all(session, serials)) if serials else {},
        promises={
            id_: Kept(BalanceKey(*key), left)
            for id_, left, *key in (_PROMISES.all(session, promises) if promises else ())
        },
    )
