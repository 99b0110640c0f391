"""What machines send about counts, and what they are shown."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from wms.counting.queries import Cause, State
from wms.kernel.fields import Body, CodeText, Line, Listing, Number, Words, either

Reference = Annotated[Line, Field(max_length=80)]


class CountPath(Body):
    """Which count."""

    count_task_id: Number


class Counts(Listing):
    """Which counts to list."""

    state: State | None = Field(default=None, description="Only those that stand so.")
    cause: Cause | None = Field(default=None, description="Only for this cause.")
    warehouse_id: Number | None = Field(default=None, description="Only in this warehouse.")
    location_id: Number | None = Field(default=None, description="Only of this place.")
    worker_id: Number | None = Field(default=None, description="Only of this person.")
    reference: Reference | None = Field(default=None, description="Only for this.")
    open_only: bool = Field(default=False, description="Leave out what is over.")


class NewCount(Body):
    """A place that somebody should count. Where a count of it is open, that one stands for this one too."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"location": "A-01"}],
            **either(("location", "location_id")),
        }
    )

    location_id: Number | None = None
    location: CodeText | None = Field(
        default=None, description="Its code, instead of `location_id`."
    )
    reference: Reference = Field(default="", description="What it is for, as people say it.")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        if (self.location is None) == (self.location_id is None):
            raise ValueError("give either `location` or `location_id`")
        return self


class Reason(Body):
    """Why."""

    reason: Annotated[Words, Field(max_length=400)]


class LineShown(BaseModel):
    """How many units of one thing were counted in one round, and what the book said when it was handed in."""

    round: int
    item_id: int
    sku: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    counted: int
    expected: int | None
    counted_by: int
    counted_at: datetime


class CountShown(BaseModel):
    """A count and how far it is."""

    id: int
    warehouse_id: int
    location_id: int
    location: str
    state: str
    cause: str
    round: int
    reference: str
    asked_by: int = Field(description="0 is the house itself.")
    worker_id: int | None
    created_at: datetime
    counted_at: datetime | None
    ended_at: datetime | None
    outcome: str
    version: int


class CountWhole(CountShown):
    """A count with what was counted, the last round first. Of a round that is under way nothing is told."""

    lines: list[LineShown]


class CountPage(BaseModel):
    """Some counts."""

    data: list[CountShown]
    next_cursor: str | None


def shown(row: object, shape: type[BaseModel]) -> dict[str, Any]:
    """Return it as JSON takes it."""
    facts = {name: getattr(row, name) for name in shape.model_fields}
    return shape(**facts).model_dump(mode="json")
