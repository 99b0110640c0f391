"""Kits, for machines: what an item is made of."""

from datetime import datetime
from typing import Annotated

from flask import Response
from pydantic import Field
from sqlalchemy.orm import Session

from wms.catalog import kits
from wms.catalog import queries as catalog
from wms.catalog.actions import PARTS_LIMIT, UNITS_LIMIT
from wms.kernel.edge import Reply, expected_version, perform, reply, versioned
from wms.kernel.fields import Body, Number
from wms.kernel.services import services
from wms.people.policy import allow
from wms.stock import actions
from wms.stock.api.blueprint import READERS, WRITERS, Shown, api, told


class KitPath(Body):
    """Which product."""

    product_id: Number


class PartSaid(Body):
    """So many units of a product in one unit of the kit."""

    item_id: Number
    quantity: Annotated[int, Field(ge=1, le=UNITS_LIMIT)] = 1


class PartsSaid(Body):
    """All parts; none make it a plain product again."""

    parts: Annotated[list[PartSaid], Field(max_length=PARTS_LIMIT)]


class PartShown(Shown):
    """So many units of a product in one unit of the kit."""

    item_id: int
    sku: str
    name: str
    quantity: int


class Parts(Shown):
    """What one unit is made of; empty where it is no kit."""

    data: list[PartShown]


@api.get(
    "/products/<int:product_id>/parts", summary="What a kit is made of", responses={200: Parts}
)
@allow(*READERS, scope="catalog:read")
def parts(path: KitPath) -> Response:
    """Its ETag is the product's."""
    with services().database.read() as session:
        item = catalog.item(session, path.product_id)
        return reply(told(_parts(session, item.id)), item.version)


@api.put(
    "/products/<int:product_id>/parts",
    summary="Say what a kit is made of",
    responses={200: Parts},
)
@allow(*WRITERS, scope="catalog:write")
def set_parts(path: KitPath, body: PartsSaid) -> Response:
    """Sold as one, picked as its parts. Refused while units of it lie somewhere. Honors If-Match."""
    expected = expected_version()

    def do(session: Session, by: int, at: datetime) -> Reply:
        units: dict[int, int] = {}
        for part in body.parts:
            units[part.item_id] = units.get(part.item_id, 0) + part.quantity
        item = actions.set_parts(
            session, item_id=path.product_id, parts=units, expected=expected, by=by, at=at
        )
        session.refresh(item)
        return versioned(told(_parts(session, item.id)), item.version)

    return perform("stock.set_parts", do)


def _parts(session: Session, item_id: int) -> Parts:
    return Parts(data=[PartShown.model_validate(one) for one in kits.parts(session, item_id)])
