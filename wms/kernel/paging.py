"""Lists that are read a page at a time: the page after a cursor stays right while rows come and go."""

import base64
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Generic, TypeVar
from uuid import UUID

from sqlalchemy import Select, tuple_
from sqlalchemy.orm import InstrumentedAttribute, Session

from wms.kernel.refusal import Refusal

PAGE_LIMIT = 200
"""Most rows in one answer."""

NUMBER_LIMIT = 2**53 - 1
"""Largest number that every JSON reader keeps exactly."""

T = TypeVar("T")


class UnreadableCursor(Refusal):
    """The cursor was not given out by us, or not by this list."""

    sentence = "kernel.unreadable_cursor"
    status = 400


@dataclass(frozen=True)
class Page(Generic[T]):
    """Some rows, and the cursor that leads to those after them; None at the end."""

    rows: Sequence[T]
    next_cursor: str | None


def page(
    session: Session,
    query: Select[*tuple[Any, ...]],
    *,
    by: Sequence[InstrumentedAttribute[Any]],
    limit: int,
    cursor: str | None,
    newest_first: bool = False,
) -> Page[Any]:
    """Return up to `limit` rows of the query in the order of the unique columns `by`, after `cursor`.

    `by` must be attributes of the entity selected first: their values on the last row make the next cursor.
    """
    key = tuple_(*by)
    if cursor:
        after = tuple_(*_read(cursor, by))
        query = query.where(key < after if newest_first else key > after)
    order = [column.desc() if newest_first else column.asc() for column in by]
    limit = max(1, min(limit, PAGE_LIMIT))
    found = session.execute(query.order_by(None).order_by(*order).limit(limit + 1)).all()
    rows = [row[0] if len(row) == 1 else row for row in found[:limit]]
    more = len(found) > limit
    return Page(
        rows,
        _write([getattr(found[limit - 1][0], column.key or "") for column in by]) if more else None,
    )


def _write(values: list[Any]) -> str:
    plain = json.dumps(values, default=str)
    return base64.urlsafe_b64encode(plain.encode()).decode().rstrip("=")


def _read(cursor: str, columns: Sequence[InstrumentedAttribute[Any]]) -> list[Any]:
    try:
        values = json.loads(base64.urlsafe_b64decode(cursor + "=" * (-len(cursor) % 4)))
    except (ValueError, RecursionError):
        raise UnreadableCursor from None
    kinds = [column.type.python_type for column in columns]
    if not isinstance(values, list) or len(values) != len(kinds):
        raise UnreadableCursor
    return [_value(value, kind) for value, kind in zip(values, kinds, strict=True)]


def _value(value: Any, kind: type) -> Any:
    if isinstance(value, str) and value.isprintable() and kind in TOLD_AS_TEXT:
        try:
            return TOLD_AS_TEXT[kind](value)
        except (ValueError, OverflowError):
            raise UnreadableCursor from None
    if type(value) is not kind or not _fits(value):
        raise UnreadableCursor
    return value


def _moment(text: str) -> datetime:
    return datetime.fromisoformat(text).astimezone(UTC)


TOLD_AS_TEXT: Mapping[type, Callable[[str], Any]] = {datetime: _moment, UUID: UUID}
"""What JSON has no word for."""


def _fits(value: Any) -> bool:
    return value.isprintable() if isinstance(value, str) else abs(value) <= NUMBER_LIMIT
