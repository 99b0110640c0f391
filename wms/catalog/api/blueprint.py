"""What all of this slice's interface for machines stands on."""

from typing import Annotated, Any

from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict, Field

from wms.catalog.rules import NAME_LIMIT, NOTE_LIMIT, SIZE_LIMIT_MM, SKU_LIMIT, WEIGHT_LIMIT_G
from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Body, Number, Words
from wms.people.policy import EVERYBODY, LEADS, Role

api = ApiBlueprint(
    "catalog_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[
        Tag(name="catalog", description="Products, their barcodes, lots and pictures; box types.")
    ],
    abp_security=[{"token": []}],
)

READ, WRITE, CODES = "catalog:read", "catalog:write", "codes:read"
READERS = (*EVERYBODY, Role.MACHINE)
WRITERS = (*LEADS, Role.MACHINE)

Sku = Annotated[Words, Field(max_length=SKU_LIMIT)]
ProductName = Annotated[Words, Field(max_length=NAME_LIMIT)]
Note = Annotated[str, Field(max_length=NOTE_LIMIT)]
Grams = Annotated[int, Field(ge=1, le=WEIGHT_LIMIT_G)]
Millimetres = Annotated[int, Field(ge=1, le=SIZE_LIMIT_MM)]


class ProductPath(Body):
    """Which product."""

    product_id: Number


class Shown(BaseModel):
    """Something as machines see it."""

    model_config = ConfigDict(from_attributes=True)


def told(shown: BaseModel) -> Any:
    """Return it as JSON takes it, moments in RFC 3339."""
    return shown.model_dump(mode="json")
