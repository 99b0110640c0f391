"""What a move may do, and what it adds up to: changes of balances and of what can be promised."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from wms.kernel.refusal import Fault
from wms.stock.moves import NONE, BalanceKey, ItemKey, Move, StockStatus


@dataclass(frozen=True, slots=True)
class Place:
    """What matters of a place to the ledger."""

    id: int
    code: str
    warehouse_id: int
    is_outside: bool
    holds_sellable: bool
    is_archived: bool


@dataclass(frozen=True, slots=True)
class Goods:
    """What matters of an item to the ledger."""

    id: int
    sku: str
    owner_id: int
    tracks_lots: bool
    tracks_serials: bool
    is_kit: bool = False
    """Made of parts: only they lie anywhere."""


@dataclass(frozen=True, slots=True)
class Kept:
    """A promise that a move wants to fulfill: what it was of, and how much of it is open."""

    key: BalanceKey
    quantity: int


@dataclass(frozen=True, slots=True)
class Known:
    """What the moves speak of. `lots` and `serials` give the item each belongs to."""

    places: Mapping[int, Place]
    goods: Mapping[int, Goods]
    lots: Mapping[int, int]
    serials: Mapping[int, int]
    promises: Mapping[int, Kept]


@dataclass(slots=True)
class BalanceChange:
    """By how many units a balance, and what is promised of it, grows or shrinks."""

    quantity: int = 0
    reserved: int = 0


@dataclass(slots=True)
class ItemChange:
    """By how many units what can be promised of an item, and what is promised hard, grows or shrinks."""

    sellable: int = 0
    hard: int = 0


@dataclass(slots=True)
class Effects:
    """What moves add up to: net, so that units may pass through a place within one act."""

    balances: dict[BalanceKey, BalanceChange] = field(default_factory=dict)
    items: dict[ItemKey, ItemChange] = field(default_factory=dict)
    consumed: dict[int, int] = field(default_factory=dict)
    """By promise, how many of its units are taken."""

    def balance(self, key: BalanceKey) -> BalanceChange:
        """Return the change of one balance, to be added to."""
        return self.balances.setdefault(key, BalanceChange())


def faults(moves: Sequence[Move], known: Known) -> list[Fault]:
    """Return what does not hold together, by line; nothing of it depends on how much there is."""
    return [
        fault for line, move in enumerate(moves) for fault in _faults(f"lines.{line}", move, known)
    ]


def effects(moves: Sequence[Move], known: Known) -> Effects:
    """Return what the moves change. They must be without faults."""
    sum_ = Effects()
    for move in moves:
        source, target = known.places[move.source_id], known.places[move.target_id]
        owner_id = known.goods[move.item_id].owner_id
        item = sum_.items.setdefault(
            ItemKey(source.warehouse_id, move.item_id, owner_id), ItemChange()
        )
        if not source.is_outside:
            change = sum_.balance(source_key(move, owner_id, source.warehouse_id))
            change.quantity -= move.quantity
            item.sellable -= _sellable(source, move.status_from, move.quantity)
            if move.allocation_id is not None:
                change.reserved -= move.quantity
                item.hard -= move.quantity
                taken = sum_.consumed.get(move.allocation_id, 0)
                sum_.consumed[move.allocation_id] = taken + move.quantity
        if not target.is_outside:
            change = sum_.balance(_target_key(move, owner_id, target.warehouse_id))
            change.quantity += move.quantity
            item.sellable += _sellable(target, move.status_after, move.quantity)
    return sum_


def source_key(move: Move, owner_id: int, warehouse_id: int) -> BalanceKey:
    """Return the balance that a move takes from."""
    return BalanceKey(
        move.source_id,
        move.item_id,
        move.lot_id,
        move.serial_id,
        move.status_from.value,
        owner_id,
        warehouse_id,
    )


def _target_key(move: Move, owner_id: int, warehouse_id: int) -> BalanceKey:
    return BalanceKey(
        move.target_id,
        move.item_id,
        move.lot_id,
        move.serial_id,
        move.status_after.value,
        owner_id,
        warehouse_id,
    )


def _sellable(place: Place, status: StockStatus, quantity: int) -> int:
    return quantity if place.holds_sellable and status is StockStatus.AVAILABLE else 0


def _faults(where: str, move: Move, known: Known) -> Iterator[Fault]:
    source, target = known.places.get(move.source_id), known.places.get(move.target_id)
    goods = known.goods.get(move.item_id)
    if goods is None:
        yield Fault(f"{where}.item_id", "stock.unknown_item", {"id": move.item_id})
    if source is None:
        yield Fault(f"{where}.source_id", "stock.unknown_place", {"id": move.source_id})
    if target is None:
        yield Fault(f"{where}.target_id", "stock.unknown_place", {"id": move.target_id})
    if move.quantity < 1:
        yield Fault(f"{where}.quantity", "stock.no_units", {"quantity": move.quantity})
    if source and target:
        yield from _way_faults(where, move, source, target)
    if goods and source:
        yield from _goods_faults(where, move, goods, known, source)
        yield from _promise_faults(where, move, goods, known, source)


def _way_faults(where: str, move: Move, source: Place, target: Place) -> Iterator[Fault]:
    if source.warehouse_id != target.warehouse_id:
        yield Fault(
            f"{where}.target_id",
            "stock.other_warehouse",
            {"source": source.code, "target": target.code},
        )
    if source.id == target.id and move.status_from is move.status_after:
        yield Fault(f"{where}.target_id", "stock.stays", {"place": source.code})
    if target.is_archived and source.id != target.id:
        yield Fault(f"{where}.target_id", "stock.place_archived", {"place": target.code})


def _goods_faults(
    where: str, move: Move, goods: Goods, known: Known, source: Place
) -> Iterator[Fault]:
    if move.lot_id != NONE and known.lots.get(move.lot_id) != goods.id:
        yield Fault(f"{where}.lot_id", "stock.other_lot", {"sku": goods.sku})
    if move.serial_id != NONE and known.serials.get(move.serial_id) != goods.id:
        yield Fault(f"{where}.serial_id", "stock.other_serial", {"sku": goods.sku})
    if move.serial_id != NONE and move.quantity > 1:
        yield Fault(f"{where}.quantity", "stock.one_of_a_serial", {"sku": goods.sku})
    # What lies here from before lots were kept must still be able to leave: only what comes in is asked.
    if source.is_outside and goods.is_kit:
        yield Fault(f"{where}.item_id", "stock.kit_has_parts", {"sku": goods.sku})
    if source.is_outside and move.reverses_id is None:
        if goods.tracks_lots and move.lot_id == NONE:
            yield Fault(f"{where}.lot_id", "stock.lot_wanted", {"sku": goods.sku})
        if goods.tracks_serials and move.serial_id == NONE:
            yield Fault(f"{where}.serial_id", "stock.serial_wanted", {"sku": goods.sku})


def _promise_faults(
    where: str, move: Move, goods: Goods, known: Known, source: Place
) -> Iterator[Fault]:
    if move.allocation_id is None:
        return
    kept = known.promises.get(move.allocation_id)
    if kept is None or kept.key != source_key(move, goods.owner_id, source.warehouse_id):
        values = {"id": move.allocation_id, "place": source.code, "sku": goods.sku}
        yield Fault(f"{where}.allocation_id", "stock.promise_elsewhere", values)
