"""Shapes of what machines send: text that can be kept and printed, numbers that fit, pages that end."""

from datetime import UTC, datetime
from typing import Annotated
from unicodedata import category

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, StringConstraints

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


Words = Annotated[
    str, StringConstraints(strip_whitespace=True, min_length=1), AfterValidator(printable)
]
ShortWords = Annotated[Words, Field(max_length=120)]
CodeText = Annotated[Words, Field(max_length=255)]
Number = Annotated[int, Field(ge=1, le=NUMBER_LIMIT)]
Quantity = Annotated[int, Field(ge=1, le=QUANTITY_LIMIT)]


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
