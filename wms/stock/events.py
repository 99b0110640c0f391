"""What happens to stock."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class StockMoved(Event):
    """Units of an item moved; `sellable` says by how many more (or fewer) of them can be promised."""

    subject: ClassVar[str] = "item"
    item_id: int
    warehouse_id: int
    sellable: int
    move_ids: list[int]


@dataclass(frozen=True)
class StockFound(Event):
    """The floor had units that the book did not know of: somebody should count there."""

    subject: ClassVar[str] = "location"
    location_id: int
    item_id: int
    quantity: int


@dataclass(frozen=True)
class StockFreed(Event):
    """More of an item can be promised than before: units arrived, or promises of them were given back."""

    subject: ClassVar[str] = "item"
    item_id: int
    warehouse_id: int
    units: int


@dataclass(frozen=True)
class StockPromised(Event):
    """Units were kept for somebody: `lines` are item and quantity. `allocation_id` is the first of its promises."""

    subject: ClassVar[str] = "allocation"
    allocation_id: int
    warehouse_id: int
    hardness: str
    reference: str
    lines: list[list[int]]


@dataclass(frozen=True)
class PromiseEnded(Event):
    """A promise is over and not fulfilled: it expired, was released, or the goods turned out not to be there."""

    subject: ClassVar[str] = "allocation"
    allocation_id: int
    warehouse_id: int
    item_id: int
    quantity: int
    state: str
    reference: str
