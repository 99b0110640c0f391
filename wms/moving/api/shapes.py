"""What machines send about moves, and what they are shown."""

from datetime import datetime
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, model_validator

from wms.kernel.fields import Body, CodeText, Line, Listing, Number, Quantity, ShortWords, either
from wms.moving import queries
from wms.moving.queries import Kind, State, Why
from wms.stock.moves import StockStatus

Code = Annotated[ShortWords, Field(max_length=64)]


Reference = Annotated[Line, Field(max_length=80)]


class TaskPath(Body):
    """Which move."""

    move_task_id: Number


class Tasks(Listing):
    """Which moves to list."""

    state: State | None = Field(default=None, description="Only those that stand so.")
    kind: Kind | None = Field(default=None, description="Only of this kind.")
    warehouse_id: Number | None = Field(default=None, description="Only in this warehouse.")
    source_id: Number | None = Field(default=None, description="Only from this place.")
    item_id: Number | None = Field(default=None, description="Only of this item.")
    worker_id: Number | None = Field(default=None, description="Only of this person.")
    fo_id: Number | None = Field(
        default=None, description="Only what this fulfillment order waits for."
    )
    reference: Reference | None = Field(default=None, description="Only for this.")
    open_only: bool = Field(default=False, description="Leave out what is over.")


class NewTask(Body):
    """So many units are to go somewhere. Without a target the house finds one when they are lifted."""

    model_config = ConfigDict(
        json_schema_extra={
            "examples": [{"kind": "relocate", "source": "A-01", "item": "85123A", "quantity": 2}],
            **either(("source", "source_id"), ("item", "item_id")),
        }
    )

    kind: Kind = Kind.RELOCATE
    source_id: Number | None = None
    source: CodeText | None = Field(default=None, description="Its code, instead of `source_id`.")
    target_id: Number | None = None
    target: CodeText | None = Field(
        default=None, description="Its code; where both are given, `target_id` counts."
    )
    item_id: Number | None = None
    item: CodeText | None = Field(default=None, description="SKU or barcode, instead of `item_id`.")
    lot: Code | None = Field(default=None, description="The code of a lot that is known.")
    serial: Code | None = Field(default=None, description="Serial number of a single piece.")
    status: StockStatus = StockStatus.AVAILABLE
    quantity: Quantity
    why: Why = Why.ASKED
    reference: Reference = Field(default="", description="What it is for, as people say it.")

    @model_validator(mode="after")
    def _named_once(self) -> Self:
        for name in ("item", "source"):
            if (getattr(self, name) is None) == (getattr(self, f"{name}_id") is None):
                raise ValueError(f"give either `{name}` or `{name}_id`")
        return self


class TaskShown(BaseModel):
    """A move and how far it is."""

    id: int
    warehouse_id: int
    kind: str
    state: str
    source_id: int
    source: str
    target_id: int | None
    target: str | None
    item_id: int
    sku: str
    lot_id: int
    lot: str
    serial_id: int
    serial: str
    status: str
    asked: int = Field(description="Units.")
    lifted: int = Field(description="Units that somebody took into their hands.")
    moved: int = Field(description="Units that arrived.")
    why: str
    reference: str
    fo_id: int | None
    worker_id: int | None
    lease_until: datetime | None
    created_at: datetime
    ended_at: datetime | None
    version: int


class TaskPage(BaseModel):
    """Some moves."""

    data: list[TaskShown]
    next_cursor: str | None


def shown(task: queries.Task) -> dict[str, Any]:
    """Return it as JSON takes it."""
    facts = {name: getattr(task, name) for name in TaskShown.model_fields}
    return TaskShown(**facts).model_dump(mode="json")
