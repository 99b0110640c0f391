"""What a scan can mean here, before anybody answers it."""

from datetime import datetime

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.codes.queries import Kind, Meaning, resolve
from wms.floor.spoken import is_badge, is_command, order_of
from wms.floor.turn import Heard, Order


def hear(
    session: Session,
    *,
    code: str,
    symbology: str | None,
    order: Order | None,
    quantity: int | None,
    is_late: bool,
    occurred_at: datetime,
) -> Heard:
    """Return a scan with everything that its code can mean here, or the button that was pressed."""
    meanings: tuple[Meaning, ...] = ()
    if order is None and is_command(code):
        if spoken := order_of(code):
            order, quantity = spoken
    elif order is None and not is_badge(code):
        meanings = resolve(session, code, symbology=symbology)
    return Heard(code, meanings, order, quantity, occurred_at, is_late)


def taken_for(heard: Heard) -> str:
    """Return in one word what a scan was taken for."""
    if heard.order is Order.QUANTITY:
        return "number"
    if heard.order is not None or is_command(heard.code):
        return "command"
    if is_badge(heard.code):
        return "badge"
    kinds = {str(meaning.kind) for meaning in heard.meanings}
    return kinds.pop() if len(kinds) == 1 else "several" if kinds else "unknown"


def names(session: Session, meanings: tuple[Meaning, ...]) -> list[str]:
    """Return what the things are called between which somebody has to choose."""
    return [_name(session, meaning) for meaning in meanings]


def _name(session: Session, meaning: Meaning) -> str:
    if meaning.kind is Kind.ITEM:
        row = session.execute(select(Item.sku, Item.name).where(Item.id == meaning.target_id))
        return " · ".join(row.one())
    if meaning.kind in (Kind.LOCATION, Kind.LPN):
        return session.scalars(select(Location.code).where(Location.id == meaning.target_id)).one()
    return meaning.code
