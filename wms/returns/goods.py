"""What is held in the hand at a returns bench, as the ledger names it."""

from dataclasses import dataclass

from wms.stock.moves import NONE


@dataclass(frozen=True)
class Goods:
    """One kind of thing: an item, its lot where it has lots, its number where each piece has one."""

    item_id: int
    lot_id: int = NONE
    serial_id: int = NONE


@dataclass(frozen=True)
class Advised:
    """So many units of one line of an order are to come back; of a kit, so many whole kits."""

    order_line_id: int
    quantity: int
