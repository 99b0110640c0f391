"""What is announced about labels, parcels and trucks. Numbers only: who it goes to is nobody's fact."""

from dataclasses import dataclass
from typing import ClassVar

from wms.kernel.events import Event


@dataclass(frozen=True)
class AboutLabel(Event):
    """A fact about the label of one package."""

    subject: ClassVar[str] = "shipment"
    shipment_id: int
    package_id: int


@dataclass(frozen=True)
class LabelWished(AboutLabel):
    """A package needs a label."""

    means: str


@dataclass(frozen=True)
class LabelRated(AboutLabel):
    """The house chose among what carriers offer."""

    carrier: str
    service: str
    amount_minor: int
    currency: str


@dataclass(frozen=True)
class LabelBuying(AboutLabel):
    """The house is about to buy: from here on it may cost money."""

    uid: str


@dataclass(frozen=True)
class LabelBought(AboutLabel):
    """The label is ours: bought, or made by ourselves, or its number was typed."""

    carrier: str
    means: str
    cost_minor: int
    currency: str


@dataclass(frozen=True)
class LabelInDoubt(AboutLabel):
    """The carrier did not answer: nobody knows yet whether the label is bought."""

    reason: str


@dataclass(frozen=True)
class LabelFailed(AboutLabel):
    """There is no label, and none was paid. `is_last`: a person has to look at it now."""

    reason: str
    is_last: bool


@dataclass(frozen=True)
class LabelSuperseded(AboutLabel):
    """The label is not wanted any more, and nothing was bought."""


@dataclass(frozen=True)
class LabelVoidAsked(AboutLabel):
    """A bought label is not wanted any more: its money is asked back."""

    reason: str


@dataclass(frozen=True)
class LabelVoided(AboutLabel):
    """A label is void. `is_refunded` tells whether the money came back."""

    is_refunded: bool


@dataclass(frozen=True)
class LabelVoidRefused(AboutLabel):
    """The carrier does not give the money of a label back."""

    reason: str


@dataclass(frozen=True)
class StrayLabelFound(AboutLabel):
    """The carrier platform sold a label in this one's name that this one is not. `is_in_use`: its parcel travels."""

    carrier: str
    number: str
    amount_minor: int
    currency: str
    is_in_use: bool


@dataclass(frozen=True)
class StrayLabelRefunded(AboutLabel):
    """The money of a stray label is back."""

    carrier: str
    number: str


@dataclass(frozen=True)
class StrayLabelKept(AboutLabel):
    """The carrier keeps the money of a stray label: a person decides."""

    carrier: str
    number: str
    reason: str


@dataclass(frozen=True)
class ForeignLabelFound(Event):
    """The carrier platform sold a label under our mark and a number that this house does not know."""

    subject: ClassVar[str] = "outbox_call"
    outbox_call_id: int
    transaction_id: str
    uid: str


@dataclass(frozen=True)
class ParcelHandedOver(AboutLabel):
    """A parcel went into its truck."""

    manifest_id: int
    lane_id: int


@dataclass(frozen=True)
class ParcelTracked(AboutLabel):
    """A carrier told where a parcel is, and that is further than what was known."""

    was: str
    tracking: str


@dataclass(frozen=True)
class CarrierTold(Event):
    """A carrier's message arrived and waits to be read."""

    subject: ClassVar[str] = "inbox_message"
    inbox_message_id: int


@dataclass(frozen=True)
class TruckLeft(Event):
    """A truck of a carrier left with its parcels."""

    subject: ClassVar[str] = "manifest"
    manifest_id: int
    lane_id: int
    parcels: int


@dataclass(frozen=True)
class LaneMeansSet(Event):
    """Labels of a carrier's lane come about otherwise from now on."""

    subject: ClassVar[str] = "lane"
    lane_id: int
    means: str


@dataclass(frozen=True)
class ShipFromSet(Event):
    """The parcels of a warehouse come from another address now."""

    subject: ClassVar[str] = "warehouse"
    warehouse_id: int
