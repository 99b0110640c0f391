"""What a file says, before anybody here is asked: orders, invoices that take back, corrections of stock. Pure."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from wms.orders.drafts import Draft

LINES_MOST = 1_000
"""Most lines of one order: as many as orders take."""


class Fate(StrEnum):
    """What the channel says has become of an order."""

    DUE = "due"
    """It is to be sent."""
    CANCELLED = "cancelled"
    SENT = "sent"
    """Somebody has sent it already, and it must not be sent again."""
    REFUNDED = "refunded"
    NOTHING = "nothing"
    """Nothing in it is ever sent: a gift card, a service."""


@dataclass(frozen=True, slots=True)
class FiledLine:
    """So many units of an SKU, and the row that says so."""

    row: int
    sku: str
    quantity: int
    price_minor: int = 0
    personalisation: str = ""
    name: str = ""
    """What the file calls it."""


@dataclass(frozen=True, slots=True)
class FiledOrder:
    """One order as a file tells it; `head` still lacks the channel's number and the lines."""

    row: int
    channel: str
    head: Draft
    lines: tuple[FiledLine, ...]
    fate: Fate = Fate.DUE
    left_out: int = 0
    """How many lines are nothing that lies on a shelf: postage, gift cards, what was sent already."""

    @property
    def source_id(self) -> str:
        """What the channel calls it."""
        return self.head.source_id


@dataclass(frozen=True, slots=True)
class FiledReversal:
    """An invoice that takes something back: of an order that is still here a cancellation, else a return to come."""

    row: int
    channel: str
    source_id: str
    customer: str
    told_at: datetime
    lines: tuple[FiledLine, ...]
    kind: ClassVar[str] = "reversal"


@dataclass(frozen=True, slots=True)
class FiledCorrection:
    """Units that a shop struck off its book without anybody having bought them."""

    row: int
    channel: str
    source_id: str
    told_at: datetime
    lines: tuple[FiledLine, ...]
    kind: ClassVar[str] = "correction"


Notice = FiledReversal | FiledCorrection
Filed = FiledOrder | Notice
