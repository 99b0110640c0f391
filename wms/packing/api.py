"""How machines see boxes: which there are, how far they are, what is in them."""

from datetime import datetime
from typing import Annotated, Any

from flask import Response
from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict, Field

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.edge import reply
from wms.kernel.fields import Body, Line, Listing, Number
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.packing import queries
from wms.packing.lifecycle import PackageState
from wms.packing.tables import Package
from wms.people.policy import EVERYBODY, Role, allow

api = ApiBlueprint(
    "packing_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="packing", description="Boxes between the tote and the truck.")],
    abp_security=[{"token": []}],
)

READ = "packing:read"
READERS = (*EVERYBODY, Role.MACHINE)


class Shown(BaseModel):
    """Something as machines see it."""

    model_config = ConfigDict(from_attributes=True)


class PackagePath(Body):
    """Which box."""

    package_id: Number


class Packages(Listing):
    """Which boxes to list."""

    fo_id: Number | None = Field(default=None, description="Of this fulfillment order.")
    station_id: Number | None = Field(default=None, description="Packed at this bench.")
    state: PackageState | None = None
    number: Annotated[Line, Field(max_length=64)] = Field(
        default="", description="As people say it: P-000123."
    )
    code: Annotated[Line, Field(max_length=255)] = Field(
        default="", description="What a scan of the box says: its number, or its carrier label."
    )


class PackageShown(Shown):
    """One box that leaves the house. Weights in grams."""

    id: int
    number: str
    fo_id: int
    part: int = Field(description="Which of the boxes of its fulfillment order.")
    location_id: int = Field(description="The place at which the stock in it is kept.")
    station_id: int | None
    packed_by: int
    state: PackageState
    box_type_id: int | None
    expected_g: int | None = Field(description="null where the weight of an item is not known.")
    weight_g: int | None
    weighed_by_hand: bool = Field(description="Whether the weight was typed, not told by a scale.")
    override_by: int | None = Field(
        description="Who said that a weight outside tolerance is right."
    )
    override_reason: str
    carrier: str
    label_code: str = Field(description="The barcode of its carrier label; empty: it has none.")
    label_state: str = Field(
        description="Of its label: empty, asked, in_doubt, refused, bought, typed (to be typed)."
    )
    created_at: datetime
    closed_at: datetime | None
    weighed_at: datetime | None
    staged_at: datetime | None
    handed_over_at: datetime | None
    version: int


class PackagePage(Shown):
    """Some boxes."""

    data: list[PackageShown]
    next_cursor: str | None


class ContentShown(Shown):
    """Units of one thing in a box."""

    fo_line_id: int
    item_id: int
    sku: str
    name: str
    lot_id: int = Field(description="0 where the item has no lots.")
    lot: str
    serial_id: int = Field(description="0 where the item has no serial numbers.")
    serial: str
    tote_id: int = Field(description="Out of which tote they came.")
    quantity: int


class Contents(Shown):
    """What is in a box, or was when it left."""

    data: list[ContentShown]


@api.get("/packages", summary="List boxes", responses={200: PackagePage})
@allow(*READERS, scope=READ)
def packages(query: Packages) -> Response:
    """The newest first."""
    states = [query.state] if query.state else []
    asked = queries.packages_asked(
        fo_id=query.fo_id, station_id=query.station_id, number=query.number, states=states
    )
    with services().database.read() as session:
        if query.code:
            found_by = queries.package_of_code(session, query.code)
            asked = asked.where(Package.id == (found_by.id if found_by else 0))
        found = page(
            session,
            asked,
            by=[Package.id],
            limit=query.limit,
            cursor=query.cursor,
            newest_first=True,
        )
        shown = [PackageShown.model_validate(one) for one in found.rows]
    return reply(_told(PackagePage(data=shown, next_cursor=found.next_cursor)))


@api.get("/packages/<int:package_id>", summary="One box", responses={200: PackageShown})
@allow(*READERS, scope=READ)
def package(path: PackagePath) -> Response:
    """How far it is; what is in it is asked for by itself."""
    with services().database.read() as session:
        found = queries.package(session, path.package_id)
        return reply(_told(PackageShown.model_validate(found)), found.version)


@api.get(
    "/packages/<int:package_id>/contents", summary="What is in a box", responses={200: Contents}
)
@allow(*READERS, scope=READ)
def contents(path: PackagePath) -> Response:
    """By line, lot, serial number and tote; nothing of a box that was given up."""
    with services().database.read() as session:
        queries.package(session, path.package_id)
        rows = queries.contents(session, path.package_id)
        shown = [ContentShown.model_validate(row) for row in rows]
    return reply(_told(Contents(data=shown)))


def _told(shown: BaseModel) -> Any:
    """Return it as JSON takes it, moments in RFC 3339."""
    return shown.model_dump(mode="json")
