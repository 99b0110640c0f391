"""Products, for machines. What the house calls an item is a product out here, as shops and 3PLs say."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime
from typing import Annotated, Any

from flask import Response, url_for
from pydantic import Field
from sqlalchemy.orm import Session

from wms.catalog import actions, queries
from wms.catalog.api.blueprint import (
    READ,
    READERS,
    WRITE,
    WRITERS,
    Grams,
    Millimetres,
    Note,
    ProductName,
    ProductPath,
    Shown,
    Sku,
    api,
    told,
)
from wms.catalog.queries import Barcode, BarcodeKind
from wms.catalog.tables import Item
from wms.kernel.edge import Reply, created, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Line, Listing
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow

Asked = Annotated[Line, Field(max_length=255)]
HsCode = Annotated[str, Field(max_length=20, description="Customs code, 4 to 14 digits.")]
Country = Annotated[str, Field(max_length=2, description="ISO 3166-1, as in DE.")]


class Products(Listing):
    """Which products to list."""

    q: Asked = Field(default="", description="Part of the name or SKU, or a whole barcode.")
    sku: Asked = Field(default="", description="Exactly this SKU.")
    barcode: Asked = Field(default="", description="Whatever carries this code.")
    archived: bool = False


class ProductFacts(Body):
    """What may be said about a product. Weight and sizes are of one unit."""

    tracks_lots: bool = False
    tracks_serials: bool = False
    weight_g: Grams | None = None
    length_mm: Millimetres | None = None
    width_mm: Millimetres | None = None
    height_mm: Millimetres | None = None
    hs_code: HsCode | None = None
    origin_country: Country | None = None
    note: Note = ""


class NewProduct(ProductFacts):
    """A product to write down."""

    sku: Sku
    name: ProductName


class ProductChange(ProductFacts):
    """What is to be otherwise; what is left out stays."""

    sku: Sku = ""
    name: ProductName = ""


class BarcodeShown(Shown):
    """A barcode, and how many units one scan of it stands for."""

    id: int
    code: str
    quantity_per_scan: int
    kind: BarcodeKind
    created_at: datetime


class ProductShown(Shown):
    """A product."""

    id: int
    owner_id: int
    sku: str
    name: str
    tracks_lots: bool
    tracks_serials: bool
    weight_g: int | None
    length_mm: int | None
    width_mm: int | None
    height_mm: int | None
    hs_code: str | None
    origin_country: str | None
    note: str
    picture_url: str | None = None
    barcodes: list[BarcodeShown] = Field(default_factory=list)
    created_at: datetime
    archived_at: datetime | None
    version: int


class ProductPage(Shown):
    """Some products."""

    data: list[ProductShown]
    next_cursor: str | None


@api.get("/products", summary="List products", responses={200: ProductPage})
@allow(*READERS, scope=READ)
def products(query: Products) -> Response:
    """In the order in which they were written down."""
    asked = queries.items(q=query.q.strip(), sku=query.sku, archived=query.archived)
    if query.barcode:
        asked = queries.with_barcode(asked, query.barcode)
    with services().database.read() as session:
        found = page(session, asked, by=[Item.id], limit=query.limit, cursor=query.cursor)
        shown = ProductPage(data=_shown(session, found.rows), next_cursor=found.next_cursor)
    return reply(told(shown))


@api.post("/products", summary="Write down a product", responses={201: ProductShown})
@allow(*WRITERS, scope=WRITE)
def create_product(body: NewProduct) -> Response:
    """Its SKU can be scanned from now on."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        item = actions.create_item(session, **body.model_dump(), by=by, at=at)
        return created(product(session, item), f"/api/v1/products/{item.id}", item.version)

    return perform("catalog.create_item", do)


@api.get("/products/<int:product_id>", summary="One product", responses={200: ProductShown})
@allow(*READERS, scope=READ)
def one_product(path: ProductPath) -> Response:
    """Archived ones too."""
    with services().database.read() as session:
        item = queries.item(session, path.product_id)
        return reply(product(session, item), item.version)


@api.patch("/products/<int:product_id>", summary="Change a product", responses={200: ProductShown})
@allow(*WRITERS, scope=WRITE)
def edit_product(path: ProductPath, body: ProductChange) -> Response:
    """A new SKU takes the old one's place as a code. The version in If-Match must be the one it has."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        before = queries.facts_of(queries.item(session, path.product_id))
        facts = replace(before, **body.model_dump(exclude_unset=True))
        item = actions.edit_item(
            session, item_id=path.product_id, facts=facts, expected=expected, by=by, at=at
        )
        return versioned(product(session, item), item.version)

    return perform("catalog.edit_item", do)


@api.post(
    "/products/<int:product_id>/archive",
    summary="Take a product out of lists",
    responses={200: ProductShown},
)
@allow(*WRITERS, scope=WRITE)
def archive_product(path: ProductPath) -> Response:
    """Its codes still say what it is: some of it may stand on a shelf."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        item = actions.archive_item(
            session, item_id=path.product_id, expected=expected, by=by, at=at
        )
        return versioned(product(session, item), item.version)

    return perform("catalog.archive_item", do)


@api.post(
    "/products/<int:product_id>/unarchive",
    summary="Put a product back into lists",
    responses={200: ProductShown},
)
@allow(*WRITERS, scope=WRITE)
def unarchive_product(path: ProductPath) -> Response:
    """The version in If-Match must be the one it has."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        item = actions.unarchive_item(
            session, item_id=path.product_id, expected=expected, by=by, at=at
        )
        return versioned(product(session, item), item.version)

    return perform("catalog.unarchive_item", do)


def product(session: Session, item: Item) -> Any:
    """Return one product with its barcodes, as JSON takes it."""
    return told(_shown(session, [item])[0])


def barcode(row: Barcode) -> BarcodeShown:
    """Return a barcode as machines see it."""
    return BarcodeShown.model_validate(row)


def _shown(session: Session, items: Sequence[Item]) -> list[ProductShown]:
    codes = queries.barcodes(session, [item.id for item in items])
    return [
        ProductShown.model_validate(item).model_copy(
            update={
                "barcodes": [barcode(row) for row in codes[item.id]],
                "picture_url": _picture_url(item),
            }
        )
        for item in items
    ]


def _picture_url(item: Item) -> str | None:
    return url_for("catalog.picture", name=item.picture) if item.picture else None
