"""What must always hold, as questions that must find nothing; and the kernel's own."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from sqlalchemy import text
from sqlalchemy.orm import Session

Row = Mapping[str, Any]


@dataclass(frozen=True)
class Invariant:
    """A promise about the data: `broken` finds the rows that break it, each with enough to find it again."""

    name: str
    says: str
    broken: Callable[[Session], Iterable[Row]]


def never(name: str, says: str, sql: str) -> Invariant:
    """Return the promise that a SELECT, in words both databases know, returns no row."""
    return Invariant(name, says, lambda session: map(dict, session.execute(text(sql)).mappings()))
