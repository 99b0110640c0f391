"""What machines send and are told about labels and trucks."""

from datetime import datetime
from typing import Annotated, Any

from pydantic import BaseModel, Field

from wms.kernel.fields import Body, Line, Listing, Number, Words
from wms.shipping.queries import Listed, State, Story, View
from wms.shipping.queries.manifests import Aboard, Truck

Text = Annotated[Line, Field(max_length=80)]


class ShipmentPath(Body):
    """Which label."""

    shipment_id: Number


class ManifestPath(Body):
    """Which truck."""

    manifest_id: Number


class Shipments(Listing):
    """Which labels to list."""

    view: View = Field(default=View.ALL, description="A view of the page.")
    state: State | None = Field(default=None, description="Only those that stand so.")
    carrier: Text | None = Field(default=None, description="Only of this carrier.")
    number: Text | None = Field(
        default=None, description="Part of a tracking, parcel or order number."
    )
    package_id: Number | None = Field(default=None, description="Only of this package.")
    fo_id: Number | None = Field(default=None, description="Only of this fulfillment order.")


class Reason(Body):
    """Why."""

    reason: Annotated[Words, Field(max_length=200)]


class Manifests(Listing):
    """Which trucks to list."""

    lane_id: Number | None = Field(default=None, description="Only of this carrier's lane.")
    is_open: bool | None = Field(default=None, description="Only those being loaded, or not.")


class ShipmentShown(BaseModel):
    """A label and how far it is. Money in minor units."""

    id: int
    uid: str = Field(description="Our own number, which goes with the purchase.")
    package_id: int
    package: str
    fo_id: int
    order_id: int
    state: str
    tracking: str
    means: str = Field(description="shippo, own, collection or typed; empty: not decided yet.")
    carrier: str
    service: str
    tracking_number: str | None
    tracking_url: str
    weight_g: int
    cost_minor: int
    currency: str
    trouble: str = Field(
        description="What stopped it: words of the carrier, or a sentence of ours."
    )
    replaces_id: int | None
    created_at: datetime
    bought_at: datetime | None
    handed_over_at: datetime | None
    ended_at: datetime | None
    version: int


class Heard(BaseModel):
    """One thing that a carrier said of a parcel."""

    status: str
    substatus: str
    details: str
    place: str
    needs_action: bool
    occurred_at: datetime
    recorded_at: datetime


class ShipmentWhole(ShipmentShown):
    """A label with its way so far, the newest first."""

    events: list[Heard]
    manifest_id: int | None


class ShipmentPage(BaseModel):
    """Some labels."""

    data: list[ShipmentShown]
    next_cursor: str | None


class ManifestShown(BaseModel):
    """A truck and how many parcels it takes."""

    id: int
    number: str
    lane_id: int
    carrier: str
    warehouse_id: int
    parcels: int
    opened_at: datetime
    closed_at: datetime | None
    version: int


class AboardShown(BaseModel):
    """One parcel in a truck."""

    shipment_id: int
    package_id: int
    package: str
    tracking_number: str | None
    loaded_at: datetime


class ManifestWhole(ManifestShown):
    """A truck with its parcels in the order of loading."""

    loaded: list[AboardShown]


class ManifestPage(BaseModel):
    """Some trucks."""

    data: list[ManifestShown]
    next_cursor: str | None


FROM_ROW = (
    *("id", "uid", "package_id", "state", "tracking", "means", "carrier", "service"),
    *("tracking_number", "tracking_url", "weight_g", "cost_minor", "currency", "trouble"),
    *("replaces_id", "created_at", "bought_at", "handed_over_at", "ended_at", "version"),
)
"""What is told of a label as its row says it."""


def shown(one: Listed) -> dict[str, Any]:
    """Return a label for a list."""
    return ShipmentShown(**_facts(one)).model_dump(mode="json")


def whole(story: Story) -> dict[str, Any]:
    """Return a label with its way so far."""
    events = [
        Heard(**{name: getattr(event, name) for name in Heard.model_fields})
        for event in story.events
    ]
    manifest_id = story.manifest.id if story.manifest else None
    told = ShipmentWhole(**_facts(story.listed), events=events, manifest_id=manifest_id)
    return told.model_dump(mode="json")


def truck(one: Truck) -> dict[str, Any]:
    """Return a truck for a list."""
    return ManifestShown(**_truck(one)).model_dump(mode="json")


def truck_whole(one: Truck, loaded: list[Aboard]) -> dict[str, Any]:
    """Return a truck with its parcels."""
    parcels = [
        AboardShown(
            shipment_id=parcel.shipment.id,
            package_id=parcel.package.id,
            package=parcel.package.number,
            tracking_number=parcel.shipment.tracking_number,
            loaded_at=parcel.parcel.loaded_at,
        )
        for parcel in loaded
    ]
    return ManifestWhole(**_truck(one), loaded=parcels).model_dump(mode="json")


def _facts(one: Listed) -> dict[str, Any]:
    return {
        **{name: getattr(one.row, name) for name in FROM_ROW},
        "package": one.package.number,
        "fo_id": one.fo.id,
        "order_id": one.order.id,
    }


def _truck(one: Truck) -> dict[str, Any]:
    names = ("id", "number", "lane_id", "opened_at", "closed_at", "version")
    return {
        **{name: getattr(one.row, name) for name in names},
        "carrier": one.carrier,
        "warehouse_id": one.warehouse_id,
        "parcels": one.parcels,
    }
