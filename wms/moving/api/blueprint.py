"""Where machines reach moves, and by which rights."""

from flask_openapi import Tag

from wms.kernel.blueprint import ApiBlueprint

api = ApiBlueprint(
    "moving_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="moving", description="Moves that somebody has to do.")],
    abp_security=[{"token": []}],
)


READ, WRITE = "moving:read", "moving:write"
