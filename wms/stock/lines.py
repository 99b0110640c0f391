"""What the lines of a file of stock speak of: places, items, lots and serials by the codes in the file."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.bins.places import UNSCANNED
from wms.bins.tables import Location
from wms.catalog.tables import Item, Lot, Serial
from wms.codes.queries import Kind, normal
from wms.codes.tables import HOUSE_OWNER, CodeTarget
from wms.kernel.sheets import Line
from wms.stock.moves import NONE
from wms.stock.sheet import StockRow
from wms.stock.tables import StockBalance


@dataclass(frozen=True, slots=True)
class Known:
    """What the lines of a batch speak of, by the codes in which they say it."""

    places: Mapping[str, Location]
    items: Mapping[str, Item]
    lots: Mapping[tuple[int, str], Lot]
    serials: Mapping[tuple[int, str], int]
    shelved: frozenset[int]
    """Serials that lie somewhere."""

    def place(self, row: StockRow) -> Location | None:
        """Return the place of a line."""
        return self.places.get(normal(row.location))

    def item(self, row: StockRow) -> Item | None:
        """Return the item of a line."""
        return self.items.get(normal(row.sku))


def look_up(session: Session, batch: Sequence[Line[StockRow]]) -> Known:
    """Look up everything that some lines speak of, in a handful of queries."""
    places = _targets(session, {line.row.location for line in batch}, (Kind.LOCATION, Kind.LPN))
    items = _targets(session, {line.row.sku for line in batch}, (Kind.ITEM,))
    found_items = session.scalars(select(Item).where(Item.id.in_(set(items.values()))))
    found_places = session.scalars(
        select(Location).where(
            Location.id.in_(set(places.values())), Location.kind.not_in(UNSCANNED)
        )
    )
    item_of, place_of = {it.id: it for it in found_items}, {it.id: it for it in found_places}
    lots = session.scalars(
        select(Lot).where(Lot.item_id.in_(item_of), Lot.code.in_({its.row.lot for its in batch}))
    )
    serials = {
        (item_id or NONE, code): number
        for item_id, code, number in session.execute(
            select(Serial.item_id, Serial.code, Serial.id).where(
                Serial.item_id.in_(item_of), Serial.code.in_({its.row.serial for its in batch})
            )
        )
    }
    shelved = session.scalars(
        select(StockBalance.serial_id).where(
            StockBalance.serial_id.in_(set(serials.values())), StockBalance.quantity > 0
        )
    )
    return Known(
        places={code: place_of[number] for code, number in places.items() if number in place_of},
        items={code: item_of[number] for code, number in items.items() if number in item_of},
        lots={(lot.item_id or NONE, lot.code): lot for lot in lots},
        serials=serials,
        shelved=frozenset(shelved),
    )


def _targets(session: Session, said: Collection[str], kinds: Sequence[Kind]) -> dict[str, int]:
    rows = session.execute(
        select(CodeTarget.code, CodeTarget.target_id).where(
            CodeTarget.code.in_({normal(code) for code in said}),
            CodeTarget.kind.in_(kinds),
            CodeTarget.owner_id == HOUSE_OWNER,
        )
    )
    return dict(rows.all())
