"""What all of this slice's interface for machines stands on."""

from typing import Any

from flask_openapi import Tag
from pydantic import BaseModel, ConfigDict

from wms.kernel.blueprint import ApiBlueprint
from wms.people.policy import EVERYBODY, LEADS, Role

api = ApiBlueprint(
    "picking_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="picking", description="Trips through the bins, their tasks and totes.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "picking:read", "picking:write"
READERS = (*EVERYBODY, Role.MACHINE)
WRITERS = (*LEADS, Role.MACHINE)


class Shown(BaseModel):
    """Something as machines see it."""

    model_config = ConfigDict(from_attributes=True)


def told(shown: BaseModel) -> Any:
    """Return it as JSON takes it, moments in RFC 3339."""
    return shown.model_dump(mode="json")
