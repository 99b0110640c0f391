"""The API of shipping, and what its routes share."""

from flask_openapi import APIBlueprint, Tag

from wms.kernel.fields import Problem

api = APIBlueprint(
    "shipping_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="shipping", description="Labels, parcels and the trucks they leave in.")],
    abp_security=[{"token": []}],
    abp_responses={"4XX": Problem, "5XX": Problem},
)

READ, WRITE = "shipping:read", "shipping:write"
