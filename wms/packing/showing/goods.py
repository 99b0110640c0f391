"""Goods: what waits in the tote for which line, and how far each line is."""

from collections.abc import Mapping, Sequence

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.catalog import queries as catalog
from wms.catalog.tables import Item as ItemRow
from wms.catalog.tables import Lot, Serial
from wms.kernel.statements import Lookup
from wms.packing.dialogue import Item, Line, Want
from wms.packing.queries import Benched, InTote
from wms.packing.waiting import Standing

_ITEMS = Lookup(
    ItemRow.id,
    lambda wanted: select(ItemRow.id, ItemRow.sku, ItemRow.name, ItemRow.picture).where(wanted),
)
_LOTS = Lookup(Lot.id, lambda wanted: select(Lot.id, Lot.code).where(wanted))
_SERIALS = Lookup(Serial.id, lambda wanted: select(Serial.id, Serial.code).where(wanted))


def is_wanted(one: InTote, fo_id: int | None, stands: Mapping[int, Standing]) -> bool:
    """Tell whether units in the tote may go into a box now."""
    return fo_id in (None, one.fo_id) and stands[one.fo_id].may_be_packed


def items(session: Session, wanted: set[int], order: Benched | None) -> dict[int, Item]:
    """Return by number the things that are wanted, with their codes, and those of the order."""
    ordered = order.lines if order else ()
    ids = sorted(wanted | {line.item_id for line in ordered})
    codes = catalog.scan_codes(session, wanted)
    own = {line.item_id: line.personalisation for line in ordered}
    return {
        number: Item(number, sku, name, picture, tuple(codes.get(number, ())), own.get(number, ""))
        for number, sku, name, picture in _ITEMS.all(session, ids)
    }


def wants(
    session: Session,
    waiting: Sequence[InTote],
    known: Mapping[int, Item],
    stands: Mapping[int, Standing],
) -> tuple[Want, ...]:
    """Return what waits, with the order that it is for."""
    lots = dict(_LOTS.all(session, {one.lot_id for one in waiting} - {0}))
    serials = dict(_SERIALS.all(session, {one.serial_id for one in waiting} - {0}))
    return tuple(
        Want(
            fo_id=one.fo_id,
            order=stands[one.fo_id].number,
            line_id=one.fo_line_id,
            item=known[one.item_id],
            left=one.quantity,
            lot_id=one.lot_id,
            serial_id=one.serial_id,
            lot=lots.get(one.lot_id, ""),
            serial=serials.get(one.serial_id, ""),
        )
        for one in waiting
    )


def lines(order: Benched, known: Mapping[int, Item]) -> tuple[Line, ...]:
    """Return how far each line of the order is."""
    return tuple(
        Line(line.fo_line_id, known[line.item_id], line.packed, line.picked)
        for line in order.lines
        if line.picked
    )
