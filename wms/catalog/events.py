"""What the catalog announces: items and box types that came, changed, went and came back."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class ItemFact(Event):
    """A fact about one item."""

    subject: ClassVar[str] = "item"
    item_id: int


@dataclass(frozen=True)
class ItemCreated(ItemFact):
    """The house now knows this item, and the barcodes that came with it in the same file."""


@dataclass(frozen=True)
class ItemChanged(ItemFact):
    """Some of what is written about the item is different; `fields` names what."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class ItemArchived(ItemFact):
    """The item is no longer offered in lists; its history stays."""


@dataclass(frozen=True)
class ItemUnarchived(ItemFact):
    """The item is back in lists."""


@dataclass(frozen=True)
class BarcodeAdded(ItemFact):
    """A scan of this barcode now stands for so many units of the item."""

    barcode_id: int
    quantity_per_scan: int


@dataclass(frozen=True)
class BarcodeRemoved(ItemFact):
    """A scan of this barcode no longer stands for the item."""

    barcode_id: int


@dataclass(frozen=True)
class BoxTypeFact(Event):
    """A fact about one type of box."""

    subject: ClassVar[str] = "box_type"
    box_type_id: int


@dataclass(frozen=True)
class BoxTypeCreated(BoxTypeFact):
    """Parcels may now leave in such boxes."""


@dataclass(frozen=True)
class BoxTypeChanged(BoxTypeFact):
    """Sizes or weights of the box are different; `fields` names what."""

    fields: tuple[str, ...]


@dataclass(frozen=True)
class BoxTypeArchived(BoxTypeFact):
    """No new parcel leaves in such a box."""


@dataclass(frozen=True)
class BoxTypeUnarchived(BoxTypeFact):
    """Parcels may leave in such boxes again."""
