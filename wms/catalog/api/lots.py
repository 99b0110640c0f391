"""Lots of products, for machines. They are written down when goods of them arrive, or beforehand here."""

from datetime import date, datetime

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.catalog import actions, queries
from wms.catalog.api.blueprint import READ, READERS, WRITE, WRITERS, ProductPath, Shown, api, told
from wms.catalog.rules import LOT_LIMIT
from wms.catalog.tables import Lot
from wms.kernel.edge import Reply, created, perform, reply
from wms.kernel.fields import Body, Listing, Number, Words
from wms.kernel.paging import page
from wms.kernel.services import services
from wms.people.policy import allow


class LotPath(ProductPath):
    """Which lot of which product."""

    lot_id: Number


class NewLot(Body):
    """Goods that were made together."""

    code: Words = Field(max_length=LOT_LIMIT)
    expires_on: date | None = None


class LotShown(Shown):
    """A lot."""

    id: int
    code: str
    expires_on: date | None
    created_at: datetime


class LotPage(Shown):
    """Some lots."""

    data: list[LotShown]
    next_cursor: str | None


@api.get(
    "/products/<int:product_id>/lots", summary="List a product's lots", responses={200: LotPage}
)
@allow(*READERS, scope=READ)
def lots(path: ProductPath, query: Listing) -> Response:
    """In the order in which they were first seen."""
    with services().database.read() as session:
        item = queries.item(session, path.product_id)
        asked = queries.lots(item.id)
        found = page(session, asked, by=[Lot.id], limit=query.limit, cursor=query.cursor)
        shown = LotPage(data=found.rows, next_cursor=found.next_cursor)
    return reply(told(shown))


@api.post("/products/<int:product_id>/lots", summary="Write down a lot", responses={201: LotShown})
@allow(*WRITERS, scope=WRITE)
def write_lot(path: ProductPath, body: NewLot) -> Response:
    """A lot that is known already is answered as it is; it learns a date it did not have."""

    def do(session: Session, _by: int, at: datetime) -> Reply:
        row = actions.lot(
            session, item_id=path.product_id, code=body.code, expires_on=body.expires_on, at=at
        )
        where = f"/api/v1/products/{path.product_id}/lots/{row.id}"
        return created(told(LotShown.model_validate(row)), where)

    return perform("catalog.lot", do)


@api.get(
    "/products/<int:product_id>/lots/<int:lot_id>", summary="One lot", responses={200: LotShown}
)
@allow(*READERS, scope=READ)
def one_lot(path: LotPath) -> Response:
    """As it was first seen, with the date it has learnt since."""
    with services().database.read() as session:
        row = queries.lot(session, path.lot_id)
        if row.item_id != path.product_id:
            raise queries.NoSuchLot(lot=path.lot_id)
        return reply(told(LotShown.model_validate(row)))
