"""What all of this slice's interface for machines stands on."""

from datetime import UTC, datetime, time
from typing import Annotated, Any

from flask_openapi import Tag
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Body, Described, Line, ShortWords
from wms.people.policy import EVERYBODY, LEADS, Role

api = ApiBlueprint(
    "bins_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="bins", description="Warehouses, zones, locations, totes, lanes and ways.")],
    abp_security=[{"token": []}],
)


def wall_time(said: time) -> time:
    """Return the time to the minute; raises ValueError where it names a zone: a wall clock has the warehouse's."""
    if said.tzinfo is not None:
        raise ValueError("names a time zone; leave it out")
    return said.replace(second=0, microsecond=0)


READ, WRITE = "bins:read", "bins:write"
READERS = (*EVERYBODY, Role.MACHINE)
WRITERS = (*LEADS, Role.MACHINE)

ShortCode = Annotated[ShortWords, Field(max_length=40)]
PlaceCode = Annotated[ShortWords, Field(max_length=64)]
Weekday = Annotated[int, Field(ge=0, le=6, description="Monday is 0.")]
WallTime = Annotated[
    time,
    AfterValidator(wall_time),
    Described("^([01][0-9]|2[0-3]):[0-5][0-9](:[0-5][0-9])?$"),
    Field(description="By the clock on the wall, as in `17:30`."),
]
Search = Annotated[Line, Field(max_length=64)]


class Shown(BaseModel):
    """Something as machines see it."""

    model_config = ConfigDict(from_attributes=True)


class Moment(Body):
    """About which moment to ask."""

    at: AwareDatetime | None = Field(
        default=None,
        ge=datetime(1970, 1, 1, tzinfo=UTC),
        lt=datetime(2200, 1, 1, tzinfo=UTC),
        description="None: now.",
    )


def told(shown: BaseModel) -> Any:
    """Return it as JSON takes it, moments in RFC 3339."""
    return shown.model_dump(mode="json")
