"""What all of this slice's interface for machines stands on."""

from datetime import UTC, datetime
from typing import Annotated, Any

from flask_openapi import Tag
from pydantic import AfterValidator, AwareDatetime, BaseModel, ConfigDict, Field

from wms.kernel.blueprint import ApiBlueprint
from wms.kernel.fields import Line, ShortWords
from wms.people.policy import EVERYBODY, LEADS, Role

api = ApiBlueprint(
    "stock_api",
    __name__,
    url_prefix="/api/v1",
    abp_tags=[Tag(name="stock", description="Balances, moves and promises.")],
    abp_security=[{"token": []}],
)

READ, WRITE = "stock:read", "stock:write"
READERS = (*EVERYBODY, Role.MACHINE)
WRITERS = (*LEADS, Role.MACHINE)

LINES = 1_000
"""Most lines in one request: what one transaction should hold the house up for."""

Reference = Annotated[Line, Field(max_length=80)]
Note = Annotated[Line, Field(max_length=400)]
Words = Annotated[Line, Field(max_length=120)]
Code = Annotated[ShortWords, Field(max_length=64)]


YEARS = range(1900, 2200)
"""Moments beyond them are slips, and at the ends of the calendar no clock can be set forward or back."""


def _in_years(moment: datetime) -> datetime:
    if moment.year not in YEARS:
        raise ValueError(f"lies between the years {YEARS.start} and {YEARS.stop - 1}")
    return moment.astimezone(UTC)


Moment = Annotated[AwareDatetime, AfterValidator(_in_years)]


class Shown(BaseModel):
    """Something as machines see it."""

    model_config = ConfigDict(from_attributes=True)


def told(shown: BaseModel) -> Any:
    """Return it as JSON takes it, moments in RFC 3339."""
    return shown.model_dump(mode="json")
