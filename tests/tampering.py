"""Edits of a sealed ledger, made at random: bytes, rows, order, and the seals themselves."""

import random
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import text
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from wms.migrations.models import Table

LEDGER = ("stock_move", "ledger_seal_row", "ledger_seal")
KEYS = {"stock_move": "id", "ledger_seal_row": "position", "ledger_seal": "id"}


@dataclass
class Tamperer:
    """Somebody with the database's own tools and a seed."""

    session: Session
    dice: random.Random
    done: str = field(default="", init=False)
    """What was done, in words, for whoever reads that it was not found."""

    def tamper(self) -> int | None:
        """Change something of the ledger; returns the number of the one move that was touched, where it was one."""
        while True:
            try:
                with self.session.begin_nested():
                    return self.dice.choice(
                        (
                            self.change,
                            self.change,
                            self.remove,
                            self.slip_in,
                            self.swap,
                            self.renumber,
                        )
                    )()
            except IntegrityError:
                continue  # the database's own keys are still there: this one it would not have taken

    def change(self) -> int | None:
        """Change one value of one row, by a bit where it is text."""
        table = self.dice.choice(LEDGER)
        key, row = self._row(table)
        column = self.dice.choice([name for name in row if name != KEYS[table]])
        value = self._other(
            row[column], bool(Table.metadata.tables[table].columns[column].nullable)
        )
        self._set(table, key, {column: value})
        self.done = f"{table} {key}: {column} {row[column]!r} -> {value!r}"
        return key if table == "stock_move" else None

    def remove(self) -> int | None:
        """Take a row out."""
        table = self.dice.choice(LEDGER)
        key, _ = self._row(table)
        self.session.execute(text(f"DELETE FROM {table} WHERE {KEYS[table]} = {key}"))
        self.done = f"{table} {key} removed"
        return key if table == "stock_move" else None

    def slip_in(self) -> None:
        """Add a row that looks like another one."""
        table = self.dice.choice(LEDGER)
        _, row = self._row(table)
        key = self.dice.choice((0, -1, self._last(table) + 1))
        row[KEYS[table]] = key
        for name in ("command_uid", "move_id", "hash", "reverses_id"):
            if name in row:
                row[name] = (
                    self._other(row[name], nullable=False) if row[name] is not None else None
                )
        names = ", ".join(row)
        values = ", ".join(f":{name}" for name in row)
        self.session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
        self.done = f"{table} {key} slipped in: {row}"

    def swap(self) -> None:
        """Let two rows change places: what one said, the other says now."""
        table = self.dice.choice(LEDGER)
        (one, first), (other, second) = self._row(table), self._row(table)
        first.pop(KEYS[table])
        second.pop(KEYS[table])
        if first == second:
            raise IntegrityError("the same row twice", None, ValueError())
        self.session.execute(text(f"DELETE FROM {table} WHERE {KEYS[table]} = {other}"))
        self._set(table, one, second)
        names = ", ".join((KEYS[table], *first))
        values = ", ".join(f":{name}" for name in (KEYS[table], *first))
        row = {KEYS[table]: other, **first}
        self.session.execute(text(f"INSERT INTO {table} ({names}) VALUES ({values})"), row)
        self.done = f"{table} {one} and {other} swapped"

    def renumber(self) -> None:
        """Give a row another number."""
        table = self.dice.choice(LEDGER)
        key, _ = self._row(table)
        new = self.dice.choice((0, -1, self._last(table) + self.dice.randint(1, 9)))
        self._set(table, key, {KEYS[table]: new})
        self.done = f"{table} {key} is {new} now"

    def _row(self, table: str) -> tuple[int, dict[str, Any]]:
        keys = self.session.scalars(text(f"SELECT {KEYS[table]} FROM {table} ORDER BY 1")).all()
        key = self.dice.choice(keys)
        sql = f"SELECT * FROM {table} WHERE {KEYS[table]} = {key}"
        return key, self.session.execute(text(sql)).one()._asdict()

    def _last(self, table: str) -> int:
        return self.session.scalar(text(f"SELECT max({KEYS[table]}) FROM {table}")) or 0

    def _set(self, table: str, key: int, values: dict[str, Any]) -> None:
        assigned = ", ".join(self._assigned(name, value) for name, value in values.items())
        plain = {name: value for name, value in values.items() if not isinstance(value, bytes)}
        sql = f"UPDATE {table} SET {assigned} WHERE {KEYS[table]} = {key}"
        self.session.execute(text(sql), plain)

    def _assigned(self, name: str, value: Any) -> str:
        if isinstance(value, bytes):  # text that is no text any more: only SQLite takes it
            return f"{name} = CAST(X'{value.hex()}' AS TEXT)"
        return f"{name} = :{name}"

    def _other(self, value: Any, nullable: bool) -> Any:
        if nullable and value is not None and self.dice.random() < 0.5:
            return None
        match value:
            case None:
                return self.dice.randint(1, 9)
            case int():
                return value + self.dice.choice((-1, 1, 1000))
            case UUID():
                return UUID(int=value.int ^ 1 << self.dice.randrange(128))
            case str():
                return self._flipped(value)
            case _:
                return value + timedelta(microseconds=self.dice.choice((-1, 1, 10**6)))

    def _flipped(self, value: str) -> str | bytes:
        if self.session.connection().dialect.name == "postgresql" or not value:
            return value[:-1] + ("b" if value.endswith("a") else "a")
        raw = bytearray(value.encode())
        raw[self.dice.randrange(len(raw))] ^= 1 << self.dice.randrange(8)
        return bytes(raw)


def seeds(count: int) -> Iterator[random.Random]:
    """Yield as many dice, the same ones each time."""
    for seed in range(count):
        yield random.Random(seed)
