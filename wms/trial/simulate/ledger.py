"""The ledger as one number: equal for equal seeds, in any folder, on both databases."""

import hashlib
import json

from sqlalchemy import select
from sqlalchemy.orm import Session, aliased

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.codes.tables import Owner
from wms.stock.tables import StockMove


def ledger_hash(session: Session) -> str:
    """Return SHA-256 over the moves in ledger order, as canonical JSON without ids and the time of recording."""
    source, target, move = aliased(Location), aliased(Location), StockMove
    query = (
        select(
            Owner.name,
            Item.sku,
            Lot.code,
            Serial.code,
            move.status_to,
            source.code,
            target.code,
            move.quantity,
            move.reason,
            move.reference,
            move.occurred_at,
        )
        .join(Owner, Owner.id == move.owner_id)
        .join(Item, Item.id == move.item_id)
        .join(Lot, Lot.id == move.lot_id)
        .join(Serial, Serial.id == move.serial_id)
        .join(source, source.id == move.source_id)
        .join(target, target.id == move.target_id)
        .order_by(move.id)
    )
    digest = hashlib.sha256()
    for *said, at in session.execute(query):
        row = json.dumps([*said, at.isoformat()], separators=(",", ":"), ensure_ascii=False)
        digest.update(f"{row}\n".encode())
    return digest.hexdigest()
