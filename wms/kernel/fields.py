"""Shapes of what machines send: text that can be kept and printed, numbers that fit, pages that end."""

from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any
from unicodedata import category

from pydantic import (
    AfterValidator,
    BaseModel,
    ConfigDict,
    Field,
    GetJsonSchemaHandler,
    StringConstraints,
)
from pydantic.json_schema import JsonSchemaValue
from pydantic_core import CoreSchema

from wms.kernel.paging import NUMBER_LIMIT, PAGE_LIMIT

QUANTITY_LIMIT = 1_000_000
"""Most units in one line: above it, it is a slip of the keypad."""

UNPRINTABLE = frozenset({"Cc", "Cs"})
"""Unicode's control characters and surrogates: no database keeps them all and no printer prints them."""


def printable(text: str) -> str:
    """Return the text; raises ValueError where it holds control characters or halves of characters."""
    # The first question is answered in C, and for nearly every text it is enough.
    if not text.isprintable() and any(category(sign) in UNPRINTABLE for sign in text):
        raise ValueError("holds a control character or half a character; take it out")
    return text


@dataclass(frozen=True)
class Described:
    """Tells in a field's description what its validator asks for, so that nobody has to find out by being refused."""

    pattern: str

    def __get_pydantic_json_schema__(
        self, core_schema: CoreSchema, handler: GetJsonSchemaHandler
    ) -> JsonSchemaValue:
        return {**handler(core_schema), "pattern": self.pattern}


_SIGN = r"[^\x00-\x1f\x7f-\x9f]"
_SEEN = r"[^\s\x00-\x1f\x7f-\x9f]"

Line = Annotated[str, AfterValidator(printable), Described(f"^{_SIGN}*$")]
"""Text that may be empty."""

Words = Annotated[
    str,
    StringConstraints(strip_whitespace=True, min_length=1),
    AfterValidator(printable),
    Described(f"^{_SIGN}*{_SEEN}{_SIGN}*$"),
]
"""Text that says something."""
ShortWords = Annotated[Words, Field(max_length=120)]
CodeText = Annotated[Words, Field(max_length=255)]
Number = Annotated[int, Field(ge=1, le=NUMBER_LIMIT)]
Quantity = Annotated[int, Field(ge=1, le=QUANTITY_LIMIT)]


def either(*pairs: tuple[str, str]) -> dict[str, Any]:
    """Return the part of a model's description that says: of each pair of fields, one and only one is given."""
    return {"allOf": [{"oneOf": [_given(name) for name in pair]} for pair in pairs]}


def _given(name: str) -> dict[str, Any]:
    return {"required": [name], "properties": {name: {"not": {"type": "null"}}}}


def written(at: datetime | None) -> str | None:
    """Return a moment as every answer writes it: RFC 3339, in UTC."""
    return at.astimezone(UTC).isoformat().replace("+00:00", "Z") if at else None


class Body(BaseModel):
    """What a request sends: nothing beyond what is described is taken."""

    model_config = ConfigDict(extra="forbid")


class Listing(BaseModel):
    """How a list is read: so many rows, after a cursor."""

    model_config = ConfigDict(extra="forbid")

    limit: int = Field(default=50, ge=1, le=PAGE_LIMIT, description="Most rows in the answer.")
    cursor: str | None = Field(
        default=None, max_length=400, description="`next_cursor` of the answer before."
    )


class Problem(BaseModel):
    """`application/problem+json` (RFC 9457): why not, and what to do."""

    type: str
    title: str
    status: int
    code: str
    detail: str
    errors: list[dict[str, str]]
    request_id: str = Field(
        default="",
        description="Where the house could not go on; every answer has it as X-Request-Id.",
    )
