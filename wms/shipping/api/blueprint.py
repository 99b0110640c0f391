"""The API of shipping, and what its routes share."""

from flask_openapi import Tag

from wms.kernel.blueprint import ApiBlueprint

api = ApiBlueprint(
    "shipping_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="shipping", description="Labels, parcels and the trucks they leave in.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "shipping:read", "shipping:write"
