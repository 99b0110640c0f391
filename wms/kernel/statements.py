"""Two shapes of prepared statements: rows by a list of numbers or codes, and rows that get numbers of their own."""

from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Executable, bindparam, func, insert, literal_column, select
from sqlalchemy.orm import Session

from wms.kernel.columns import Table
from wms.kernel.prepared import Prepared

AT_ONCE = 512
"""Most numbers in one query; a longer list is asked for in parts."""


class Lookup:
    """A query for rows by number. Lists are filled up to 1, 2, 4 ... numbers, so few statements serve all."""

    def __init__(self, column: Any, build: Callable[[ColumnElement[bool]], Executable]) -> None:
        """Take the column of the numbers, and what makes the query from the condition on it."""
        self._column = column
        self._build = build
        self._sizes: dict[int, Prepared] = {}

    def all(
        self, session: Session, ids: Collection[int] | Collection[str], **values: Any
    ) -> list[tuple[Any, ...]]:
        """Return the rows of these numbers (or codes), in the query's order as long as they are asked for at once."""
        wanted: list[Any] = sorted(ids)
        found = []
        for start in range(0, len(wanted), AT_ONCE):
            part = wanted[start : start + AT_ONCE]
            size = 1 << (len(part) - 1).bit_length()
            filled = part + part[-1:] * (size - len(part))
            given = {f"n{place}": number for place, number in enumerate(filled)}
            found += self._of(size).all(session, given | values)
        return found

    def _of(self, size: int) -> Prepared:
        prepared = self._sizes.get(size)
        if prepared is None:
            numbers = [bindparam(f"n{place}", type_=self._column.type) for place in range(size)]
            prepared = self._sizes[size] = Prepared(self._build(self._column.in_(numbers)))
        return prepared


class Numbered:
    """Rows for a table, told the numbers they got in the order in which they were given."""

    def __init__(self, table: type[Table]) -> None:
        """Take the table; every column but the number must be given."""
        columns = [column.key for column in table.__table__.columns]
        number = table.__table__.c.id
        self._one = Prepared(
            insert(table).returning(number), [name for name in columns if name != "id"]
        )
        self._many = Prepared(insert(table), columns)
        self._last = Prepared(select(func.coalesce(func.max(number), 0)))
        sequence = func.pg_get_serial_sequence(table.__tablename__, "id")
        self._next = Prepared(
            select(func.nextval(sequence)).select_from(
                func.generate_series(literal_column("1"), bindparam("rows"))
            )
        )

    def add(self, session: Session, rows: Sequence[Mapping[str, Any]]) -> list[int]:
        """Add the rows and return their numbers."""
        if len(rows) == 1:
            row = self._one.first(session, rows[0])
            assert row is not None
            return [int(row[0])]
        numbers = self.numbers(session, len(rows))
        self._many.run_many(
            session, [{**row, "id": number} for row, number in zip(rows, numbers, strict=True)]
        )
        return numbers

    def numbers(self, session: Session, count: int) -> list[int]:
        """Return numbers that the next rows may have: nobody else gets them."""
        if not count:
            return []
        if session.get_bind().dialect.name == "postgresql":
            return sorted(int(row[0]) for row in self._next.all(session, {"rows": count}))
        # SQLite has one writer at a time, so nobody else takes these.
        last = self._last.first(session, {})
        assert last is not None
        return list(range(last[0] + 1, last[0] + 1 + count))
