"""What a request names by code: goods, places, lots and single pieces."""

from typing import Any

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.queries import place_scanned
from wms.catalog.tables import Lot, Serial
from wms.codes.queries import Kind as CodeKind
from wms.codes.queries import resolve
from wms.kernel.refusal import Fault, Wrong
from wms.moving.api.shapes import NewTask
from wms.stock.moves import NONE


def named(session: Session, body: NewTask) -> dict[str, Any]:
    """Return the numbers of what a request names by code; raises Wrong by field."""
    item_id = body.item_id or _item(session, body.item or "")
    source_id = body.source_id or _place(session, "source", body.source or "")
    target_id = body.target_id or (body.target and _place(session, "target", body.target)) or None
    return {
        "item_id": item_id,
        "source_id": source_id,
        "target_id": target_id,
        "lot_id": _part(session, "lot", item_id, body.lot),
        "serial_id": _part(session, "serial", item_id, body.serial),
    }


def _item(session: Session, code: str) -> int:
    found = {one.target_id for one in resolve(session, code) if one.kind is CodeKind.ITEM}
    if len(found) != 1:
        raise Wrong(Fault("item", "stock.unknown_item", {"id": code}))
    return found.pop()


def _place(session: Session, field: str, code: str) -> int:
    found = place_scanned(session, code)
    if found is None:
        raise Wrong(Fault(field, "stock.unknown_place", {"id": code}))
    return found


def _part(session: Session, field: str, item_id: int, code: str | None) -> int:
    """Return the lot, or the single piece, of an item by its code."""
    if code is None:
        return NONE
    of = Lot if field == "lot" else Serial
    found = session.scalar(select(of.id).where(of.item_id == item_id, of.code == code))
    if found is None:
        raise Wrong(Fault(field, f"stock.unknown_{field}", {"id": code}))
    return found
