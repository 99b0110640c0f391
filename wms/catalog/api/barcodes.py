"""Barcodes of products, for machines."""

from datetime import datetime

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.catalog import actions, queries
from wms.catalog.api.blueprint import READ, READERS, WRITE, WRITERS, ProductPath, Shown, api, told
from wms.catalog.api.products import BarcodeShown, barcode
from wms.catalog.queries import BarcodeKind
from wms.kernel.edge import Reply, created, perform, reply
from wms.kernel.fields import Body, CodeText, Number, Quantity
from wms.kernel.services import services
from wms.people.policy import allow


class BarcodePath(ProductPath):
    """Which barcode of which product."""

    barcode_id: Number


class NewBarcode(Body):
    """A code to put on a product, on a pack or on a case of it."""

    code: CodeText
    kind: BarcodeKind = BarcodeKind.UNIT
    quantity_per_scan: Quantity = Field(default=1, description="Units that one scan stands for.")


class Barcodes(Shown):
    """All barcodes of a product; there are at most a hundred."""

    data: list[BarcodeShown]


@api.get(
    "/products/<int:product_id>/barcodes",
    summary="List a product's barcodes",
    responses={200: Barcodes},
)
@allow(*READERS, scope=READ)
def barcodes(path: ProductPath) -> Response:
    """Oldest first."""
    with services().database.read() as session:
        item = queries.item(session, path.product_id)
        rows = queries.barcodes(session, [item.id])[item.id]
    return reply(told(Barcodes(data=[barcode(row) for row in rows])))


@api.post(
    "/products/<int:product_id>/barcodes",
    summary="Put a barcode on a product",
    responses={201: BarcodeShown},
)
@allow(*WRITERS, scope=WRITE)
def add_barcode(path: ProductPath, body: NewBarcode) -> Response:
    """Refused when the code is on something else already."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        row = actions.add_barcode(
            session,
            item_id=path.product_id,
            code=body.code,
            quantity_per_scan=body.quantity_per_scan,
            kind=body.kind,
            by=by,
            at=at,
        )
        where = f"/api/v1/products/{path.product_id}/barcodes/{row.id}"
        return created(told(barcode(row)), where)

    return perform("catalog.add_barcode", do)


@api.get(
    "/products/<int:product_id>/barcodes/<int:barcode_id>",
    summary="One barcode",
    responses={200: BarcodeShown},
)
@allow(*READERS, scope=READ)
def one_barcode(path: BarcodePath) -> Response:
    """As it was registered."""
    with services().database.read() as session:
        return reply(told(barcode(queries.barcode(session, path.product_id, path.barcode_id))))


@api.delete(
    "/products/<int:product_id>/barcodes/<int:barcode_id>",
    summary="Take a barcode off a product",
    responses={204: None},
)
@allow(*WRITERS, scope=WRITE)
def remove_barcode(path: BarcodePath) -> Response:
    """A scan of it then stands for nothing."""

    def do(session: Session, by: int, at: datetime) -> Reply:
        actions.remove_barcode(
            session, item_id=path.product_id, barcode_id=path.barcode_id, by=by, at=at
        )
        return Reply(None, 204)

    return perform("catalog.remove_barcode", do)
