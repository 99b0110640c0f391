"""What happens to orders and to what this warehouse works on for them. Ids only: who bought it is nobody's fact."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class ChannelOpened(Event):
    """Orders can come from somewhere new."""

    subject: ClassVar[str] = "channel"
    channel_id: int


@dataclass(frozen=True)
class OrderReceived(Event):
    """A channel told us of an order."""

    subject: ClassVar[str] = "order"
    order_id: int
    channel_id: int


@dataclass(frozen=True)
class OrderAccepted(Event):
    """Nothing stops the order from being worked on."""

    subject: ClassVar[str] = "order"
    order_id: int


@dataclass(frozen=True)
class OrderChanged(Event):
    """Something of the order is otherwise now: `what` is lines or address."""

    subject: ClassVar[str] = "order"
    order_id: int
    what: str


@dataclass(frozen=True)
class OrderLineCancelled(Event):
    """So many units of a line are not wanted any more."""

    subject: ClassVar[str] = "order"
    order_id: int
    line: int
    quantity: int


@dataclass(frozen=True)
class OrderMerged(Event):
    """The lines of an order were taken over by another order of the same customer."""

    subject: ClassVar[str] = "order"
    order_id: int
    into_id: int


@dataclass(frozen=True)
class OrderCancelAsked(Event):
    """Somebody wants the order stopped; what is in the air comes back first."""

    subject: ClassVar[str] = "order"
    order_id: int
    reason: str


@dataclass(frozen=True)
class OrderCancelled(Event):
    """The order is over, and nothing of it left."""

    subject: ClassVar[str] = "order"
    order_id: int
    reason: str


@dataclass(frozen=True)
class OrderStateFollowed(Event):
    """The order's state followed from its fulfillment orders."""

    subject: ClassVar[str] = "order"
    order_id: int
    state: str


@dataclass(frozen=True)
class PaymentChanged(Event):
    """The money of an order stands otherwise now."""

    subject: ClassVar[str] = "order"
    order_id: int
    was: str
    payment: str


@dataclass(frozen=True)
class HoldOpened(Event):
    """The order may not go past a step. `blocks` is the earliest that is forbidden."""

    subject: ClassVar[str] = "order"
    order_id: int
    hold_id: int
    kind: str
    blocks: str


@dataclass(frozen=True)
class HoldEscalated(Event):
    """A hold needs somebody who may decide."""

    subject: ClassVar[str] = "order"
    order_id: int
    hold_id: int


@dataclass(frozen=True)
class HoldClosed(Event):
    """A hold stops nothing any more: `state` is lifted, overturned or expired."""

    subject: ClassVar[str] = "order"
    order_id: int
    hold_id: int
    kind: str
    blocks: str
    state: str


@dataclass(frozen=True)
class FulfillmentAllocated(Event):
    """Every unit of a fulfillment order is promised in a bin."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentBackordered(Event):
    """A fulfillment order waits for goods."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentReleased(Event):
    """A fulfillment order is work for the floor."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentUnreleased(Event):
    """A fulfillment order is no work for the floor any more; its units stay promised."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentRevoked(Event):
    """Somebody wants a fulfillment order back while the floor works on it: each party lets go of it."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentPicked(Event):
    """All that could be had of a fulfillment order is picked."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentAwaitsStock(Event):
    """What was picked of a fulfillment order waits for units that were short."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentSplit(Event):
    """Units that could not be had became a part of their own."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int
    into_id: int
    units: int


@dataclass(frozen=True)
class FulfillmentSettled(Event):
    """A party has nothing of a revoked fulfillment order in hand any more."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int
    party: str


@dataclass(frozen=True)
class FulfillmentCancelled(Event):
    """A fulfillment order is over, and nothing of it left."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentPacked(Event):
    """Each unit of a fulfillment order is in a box that was closed and weighed."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int


@dataclass(frozen=True)
class FulfillmentShipped(Event):
    """Every box of a fulfillment order left the house."""

    subject: ClassVar[str] = "fo"
    fo_id: int
    order_id: int
