"""What moved, when, by whom and why."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Select, select, union_all
from sqlalchemy.orm import Session, aliased

from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.kernel.paging import Page, page
from wms.kernel.refusal import NotFound
from wms.people.tables import User
from wms.stations.tables import Device
from wms.stock.moves import Reason, StockStatus
from wms.stock.tables import StockMove


class UnknownMove(NotFound):
    """There is no move of that number."""

    sentence = "stock.unknown_move"


@dataclass(frozen=True)
class Moved:
    """A move as people read it: with the codes and names of everything in it."""

    id: int
    command_uid: UUID
    warehouse_id: int
    item_id: int
    sku: str
    name: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    status_from: StockStatus
    status_to: StockStatus
    source_id: int
    source: str
    target_id: int
    target: str
    quantity: int
    reason: Reason
    reference: str
    note: str
    actor_id: int
    actor: str | None
    """None: the house itself."""
    device_id: int | None
    device: str | None
    occurred_at: datetime
    recorded_at: datetime
    reverses_id: int | None
    reversed_by_id: int | None

    @property
    def is_status_change(self) -> bool:
        """Whether the units stayed where they were and only their condition changed."""
        return self.source_id == self.target_id


@dataclass(frozen=True)
class MoveAsked:
    """Which moves to show; None does not ask. `since` and `until` are about when they happened."""

    item_id: int | None = None
    location_id: int | None = None
    lot_id: int | None = None
    actor_id: int | None = None
    reason: Reason | None = None
    reference: str | None = None
    command_uid: UUID | None = None
    since: datetime | None = None
    until: datetime | None = None


def moves(
    session: Session, asked: MoveAsked, *, limit: int, cursor: str | None = None
) -> Page[Moved]:
    """Return moves, the last recorded first."""
    of = StockMove if asked.location_id is None else _at(asked.location_id)
    query = select(of).where(*_conditions(of, asked))
    found = page(session, query, by=[of.id], limit=limit, cursor=cursor, newest_first=True)
    return Page(_with_names(session, [row.id for row in found.rows]), found.next_cursor)


def move(session: Session, move_id: int) -> Moved:
    """Return one move; raises UnknownMove."""
    found = _with_names(session, [move_id])
    if not found:
        raise UnknownMove(id=move_id)
    return found[0]


def _at(location_id: int) -> Any:
    """Return the moves that left or reached a place: two halves, each in its index's order, where OR would sort all."""
    left = select(StockMove).where(StockMove.source_id == location_id)
    reached = select(StockMove).where(
        StockMove.target_id == location_id, StockMove.source_id != location_id
    )
    return aliased(StockMove, union_all(left, reached).subquery())


def _conditions(of: Any, asked: MoveAsked) -> Iterator[ColumnElement[bool]]:
    for column, value in (
        (of.item_id, asked.item_id),
        (of.lot_id, asked.lot_id),
        (of.actor_id, asked.actor_id),
        (of.reason, asked.reason),
        (of.command_uid, asked.command_uid),
    ):
        if value is not None:
            yield column == value
    if asked.reference is not None:
        yield of.reference == asked.reference
        yield of.reference != ""  # what its index is about, said so that SQLite sees it
    if asked.since is not None:
        yield of.occurred_at >= asked.since
    if asked.until is not None:
        yield of.occurred_at <= asked.until


def _with_names(session: Session, ids: Sequence[int]) -> list[Moved]:
    rows = session.execute(_named().where(StockMove.id.in_(ids)).order_by(StockMove.id.desc()))
    return [_moved(row) for row in rows]


def _named() -> Select[*tuple[Any, ...]]:
    source, target, undo = aliased(Location), aliased(Location), aliased(StockMove)
    return (
        select(
            StockMove,
            Item.sku,
            Item.name,
            Lot.code,
            Serial.code,
            source.code,
            target.code,
            User.name,
            Device.name,
            undo.id,
        )
        .join(Item, Item.id == StockMove.item_id)
        .join(Lot, Lot.id == StockMove.lot_id)
        .join(Serial, Serial.id == StockMove.serial_id)
        .join(source, source.id == StockMove.source_id)
        .join(target, target.id == StockMove.target_id)
        .outerjoin(User, User.id == StockMove.actor_id)
        .outerjoin(Device, Device.id == StockMove.device_id)
        .outerjoin(undo, undo.reverses_id == StockMove.id)
    )


def _moved(row: Any) -> Moved:
    kept, sku, name, lot, serial, source, target, actor, device, undone_by = row
    return Moved(
        id=kept.id,
        command_uid=kept.command_uid,
        warehouse_id=kept.warehouse_id,
        item_id=kept.item_id,
        sku=sku,
        name=name,
        lot_id=kept.lot_id,
        lot=lot,
        serial_id=kept.serial_id,
        serial=serial,
        status_from=StockStatus(kept.status_from),
        status_to=StockStatus(kept.status_to),
        source_id=kept.source_id,
        source=source,
        target_id=kept.target_id,
        target=target,
        quantity=kept.quantity,
        reason=Reason(kept.reason),
        reference=kept.reference,
        note=kept.note,
        actor_id=kept.actor_id,
        actor=actor,
        device_id=kept.device_id,
        device=device,
        occurred_at=kept.occurred_at,
        recorded_at=kept.recorded_at,
        reverses_id=kept.reverses_id,
        reversed_by_id=undone_by,
    )
