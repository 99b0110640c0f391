"""What places still take of a load: how full they are, what lies there, how far it is to them."""

from collections import defaultdict
from collections.abc import Collection
from typing import Any

from sqlalchemy import exists, func, or_, select
from sqlalchemy.orm import Session, aliased

from wms.bins.places import APART, PROMISED, Kind, Mixing
from wms.bins.queries import ways
from wms.bins.tables import Location
from wms.catalog.tables import Item
from wms.moving.lifecycle import OVER
from wms.moving.tables import MoveTask
from wms.stock.moves import StockStatus
from wms.stock.tables import StockBalance

LIKE_LIMIT = 20
"""Most bins with the same item that are weighed."""

FREE_LIMIT = 30
"""Most free bins that are weighed: the nearest by the straight line."""


def load_of(session: Session, task: MoveTask, units: int) -> dict[str, Any]:
    """Return what is to be put down, as the rules weigh it."""
    weight_g = session.get_one(Item, task.item_id).weight_g
    return {"units": units, "weight_g": weight_g * units if weight_g else None}


def rooms_for(session: Session, task: MoveTask, but: Collection[int] = ()) -> list[dict[str, Any]]:
    """Return bins worth weighing for what a task moves: with its like, apart, or free and nearest."""
    like = session.scalars(_like(task, but)).all()
    apart = session.scalars(_apart(task, but)).all()
    free = session.scalars(_free(session, task, but)).all()
    numbers = list(dict.fromkeys([*like, *apart, *free]))
    way = ways(session, [_standing(session, task.source_id)], numbers)
    metres = {end: found for (_, end), found in way.items()}
    held = rooms(session, task, numbers, counting_incoming=task.id)
    return [
        {
            **held[number],
            "same": number in set(like),
            "way_mm": metres.get(number),
            **({"apart": True} if number in set(apart) else {}),
        }
        for number in numbers
    ]


def rooms(
    session: Session,
    task: MoveTask,
    location_ids: Collection[int],
    *,
    counting_incoming: int | None = None,
) -> dict[int, dict[str, Any]]:
    """Return, by place, what the rules ask of it; with the number of a task, also what others bring there counts."""
    contents = _contents(session, location_ids)
    if counting_incoming is not None:
        for number, rows in _incoming(session, location_ids, counting_incoming).items():
            contents[number] = contents.get(number, []) + rows
    places = session.scalars(select(Location).where(Location.id.in_(location_ids)))
    return {place.id: _room(place, contents.get(place.id, []), task) for place in places}


def _room(
    place: Location, content: list[tuple[int, int, int, int]], task: MoveTask
) -> dict[str, Any]:
    units = sum(quantity for _, _, quantity, _ in content)
    grams = sum(quantity * weight_g for _, _, quantity, weight_g in content)
    return {
        "id": place.id,
        "code": place.code,
        "pick_face": place.is_pick_face,
        "mixing": place.mixing,
        "empty": not content,
        "units_free": _left(place.capacity_units, units),
        "g_free": _left(place.capacity_g, grams),
        "other_item": any(item != task.item_id for item, *_ in content),
        "other_lot": any((item, lot) != (task.item_id, task.lot_id) for item, lot, *_ in content),
    }


def _left(limit: int | None, used: int) -> int | None:
    return None if limit is None else max(0, limit - used)


Content = dict[int, list[tuple[int, int, int, int]]]
"""By place, what lies there: item, lot, units, grams of one unit."""


def _contents(session: Session, location_ids: Collection[int]) -> Content:
    query = (
        select(
            StockBalance.location_id,
            StockBalance.item_id,
            StockBalance.lot_id,
            StockBalance.quantity,
            func.coalesce(Item.weight_g, 0),
        )
        .join(Item, Item.id == StockBalance.item_id)
        .where(StockBalance.location_id.in_(location_ids), StockBalance.quantity > 0)
    )
    return _by_place(session.execute(query))


def _incoming(session: Session, location_ids: Collection[int], but: int) -> Content:
    query = (
        select(
            MoveTask.target_id,
            MoveTask.item_id,
            MoveTask.lot_id,
            MoveTask.asked,
            func.coalesce(Item.weight_g, 0),
        )
        .join(Item, Item.id == MoveTask.item_id)
        .where(
            MoveTask.target_id.in_(location_ids),
            MoveTask.state.not_in(OVER),
            MoveTask.id != but,
        )
    )
    return _by_place(session.execute(query))


def _by_place(rows: Any) -> Content:
    found: Content = defaultdict(list)
    for place, *content in rows:
        found[place].append(tuple(content))
    return dict(found)


def _like(task: MoveTask, but: Collection[int]) -> Any:
    lies = [
        StockBalance.item_id == task.item_id,
        StockBalance.lot_id == task.lot_id,
        StockBalance.status == task.status,
        StockBalance.quantity > 0,
    ]
    return (
        select(StockBalance.location_id)
        .join(Location, Location.id == StockBalance.location_id)
        .where(*_usable(task, but), *lies)
        .distinct()
        .order_by(StockBalance.location_id)
        .limit(LIKE_LIMIT)
    )


def _apart(task: MoveTask, but: Collection[int]) -> Any:
    """Return the bins in which things that are not sold lie side by side; none for what is."""
    return (
        select(Location.id)
        .where(
            *_usable(task, but),
            Location.role.in_([role.value for role in APART]),
            Location.mixing == Mixing.ANY.value,
        )
        .order_by(Location.code)
        .limit(LIKE_LIMIT)
    )


def _free(session: Session, task: MoveTask, but: Collection[int]) -> Any:
    here = session.get_one(Location, _standing(session, task.source_id))
    query = select(Location.id).where(
        *_usable(task, but),
        ~exists().where(StockBalance.location_id == Location.id, StockBalance.quantity > 0),
    )
    if here.x_mm is None or here.y_mm is None:
        return query.order_by(Location.code).limit(FREE_LIMIT)
    off = func.abs(Location.x_mm - here.x_mm) + func.abs(Location.y_mm - here.y_mm)
    return query.order_by(off.is_(None), off, Location.code).limit(FREE_LIMIT)


def _usable(task: MoveTask, but: Collection[int]) -> list[Any]:
    """Return which bins take such units at all: what can be sold goes where things are sold from, the rest apart.

    Where no bin is there for what is set aside, any bin will do: its status keeps it from being sold.
    """
    is_sold = task.status == StockStatus.AVAILABLE.value
    its_bins = Location.role.in_([role.value for role in (PROMISED if is_sold else APART)])
    bins = [
        Location.warehouse_id == task.warehouse_id,
        Location.kind == Kind.BIN.value,
        Location.archived_at.is_(None),
    ]
    its = its_bins if is_sold else or_(its_bins, ~_set_aside(task))
    return [*bins, Location.id.not_in({task.source_id, *but}), its]


def _set_aside(task: MoveTask) -> Any:
    """Return whether the warehouse has bins for what is not sold."""
    apart = aliased(Location)
    return exists().where(
        apart.warehouse_id == task.warehouse_id,
        apart.kind == Kind.BIN.value,
        apart.archived_at.is_(None),
        apart.role.in_([role.value for role in APART]),
    )


def _standing(session: Session, location_id: int) -> int:
    """Return where a place is on the floor: a tote is where it stands."""
    place = session.get_one(Location, location_id)
    while place.parent_id is not None:
        place = session.get_one(Location, place.parent_id)
    return place.id
