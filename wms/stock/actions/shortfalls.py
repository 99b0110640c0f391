"""Why moves did not fit: asked only after they did not, so that a good move pays nothing for a good answer."""

from collections.abc import Iterable

from sqlalchemy import bindparam, select, tuple_
from sqlalchemy.orm import Session
from sqlalchemy.orm.exc import StaleDataError

from wms.bins.tables import Location
from wms.catalog.tables import Item, Serial
from wms.kernel.refusal import Refusal
from wms.stock.moves import NONE, BalanceKey, ItemKey
from wms.stock.rules.moves import BalanceChange, Effects, ItemChange, Known
from wms.stock.tables import Allocation, ItemAvailability, StockBalance


class NotEnoughStock(Refusal):
    """A place holds fewer units than are to be taken from it."""

    sentence = "stock.not_enough"


class PromisedHere(NotEnoughStock):
    """The place holds enough, but some of it is promised to somebody."""

    sentence = "stock.promised_here"


class PromisedElsewhere(NotEnoughStock):
    """The warehouse has promised the item to orders that have no bin yet, and what is left would not cover them."""

    sentence = "stock.promised_elsewhere"


class PromiseOver(Refusal):
    """The promise that the move was to fulfill is not open, or not for so many."""

    sentence = "stock.promise_over"


class SerialElsewhere(Refusal):
    """A single piece is where it is: it cannot arrive in a second place."""

    sentence = "stock.serial_elsewhere"


_KEY = tuple_(*(getattr(StockBalance, field) for field in BalanceKey._fields))

_SERIAL_AT = (
    select(Serial.code, Item.sku, Location.code)
    .select_from(StockBalance)
    .join(Serial, Serial.id == StockBalance.serial_id)
    .join(Item, Item.id == StockBalance.item_id)
    .join(Location, Location.id == StockBalance.location_id)
    .where(
        StockBalance.serial_id.in_(bindparam("ids", expanding=True)),
        StockBalance.serial_id != NONE,
        StockBalance.quantity > 0,
    )
    .limit(1)
)


def shortfall(session: Session, sum_: Effects, known: Known, *, is_held: bool) -> Refusal:
    """Return the refusal for changes that did not fit.

    `is_held` tells that the availability of the items was changed already: then it is not what did not fit. Raises
    StaleDataError where all fits by now: somebody else put units back meanwhile, and the write is run again.
    """
    refusal = _promise_over(session, sum_) or _too_little_there(session, sum_, known)
    if refusal is None and not is_held:
        refusal = _too_little_free(session, sum_, known)
    if refusal is None:
        raise StaleDataError("what did not fit a moment ago fits now")
    return refusal


def serial_elsewhere(session: Session, serials: Iterable[int]) -> SerialElsewhere | None:
    """Return the refusal where one of these single pieces already lies somewhere."""
    ids = [serial for serial in serials if serial != NONE]
    row = session.execute(_SERIAL_AT, {"ids": ids}).first() if ids else None
    return SerialElsewhere(serial=row[0], sku=row[1], place=row[2]) if row else None


def _promise_over(session: Session, sum_: Effects) -> PromiseOver | None:
    rows = session.execute(
        select(Allocation.id, Allocation.state, Allocation.quantity - Allocation.consumed)
        .where(Allocation.id.in_(sum_.consumed))
        .order_by(Allocation.id)
    )
    for id_, state, rest in rows:
        left = rest if state == "hard" else 0
        if left < sum_.consumed[id_]:
            return PromiseOver(id=id_, state=state, left=left, quantity=sum_.consumed[id_])
    return None


def _too_little_there(session: Session, sum_: Effects, known: Known) -> NotEnoughStock | None:
    leaving = {key: change for key, change in sum_.balances.items() if change.quantity < 0}
    rows = session.execute(
        select(StockBalance.quantity, StockBalance.reserved, *_KEY.clauses).where(
            _KEY.in_(list(leaving))
        )
    )
    there = {BalanceKey(*row[2:]): (row[0], row[1]) for row in rows}
    for key, change in sorted(leaving.items(), key=lambda pair: pair[0]):
        held, promised = there.get(key, (0, 0))
        if held + change.quantity < promised + change.reserved:
            return _short(key, change, held, promised, known)
    return None


def _short(
    key: BalanceKey, change: BalanceChange, held: int, promised: int, known: Known
) -> NotEnoughStock:
    others = promised + change.reserved
    kind = NotEnoughStock if held < -change.quantity else PromisedHere
    return kind(
        place=known.places[key.location_id].code,
        sku=known.goods[key.item_id].sku,
        status=key.status,
        quantity=-change.quantity,
        held=held,
        promised=others,
        free=max(held - others, 0),
    )


def _too_little_free(session: Session, sum_: Effects, known: Known) -> NotEnoughStock | None:
    for key, change in sorted(sum_.items.items()):
        held = (key.owner_id, key.warehouse_id, key.item_id)
        row = session.get(ItemAvailability, held, populate_existing=True)
        if row and row.sellable + change.sellable < row.soft + row.hard + change.hard:
            return _promised(key, change, row, known)
    return None


def _promised(
    key: ItemKey, change: ItemChange, row: ItemAvailability, known: Known
) -> NotEnoughStock:
    promised = row.soft + row.hard + change.hard
    return PromisedElsewhere(
        sku=known.goods[key.item_id].sku,
        quantity=-change.sellable,
        held=row.sellable,
        promised=promised,
        free=max(row.sellable - promised, 0),
    )
