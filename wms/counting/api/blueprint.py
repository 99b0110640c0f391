"""Where machines reach counts, and by which rights."""

from flask_openapi import Tag

from wms.kernel.blueprint import ApiBlueprint

api = ApiBlueprint(
    "counting_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="counting", description="Counts of what really lies in a place.")],
    abp_security=[{"token": []}],
)


READ, WRITE = "counting:read", "counting:write"
