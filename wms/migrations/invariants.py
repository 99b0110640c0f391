"""What must always hold of the database itself: its file is whole, its rows point somewhere, its triggers stand."""

from collections.abc import Iterator

from sqlalchemy import CheckConstraint, ForeignKeyConstraint, text
from sqlalchemy.orm import Session

from wms.kernel.invariants import Invariant, Row
from wms.migrations.models import Table
from wms.migrations.triggers import APPEND_ONLY, name_of, verbs

ASKED_ELSEWHERE = frozenset(
    {
        "ck_allocation_consumed_whole",
        "ck_allocation_consumed_within",
        "ck_allocation_hard_names_a_balance",
        "ck_allocation_quantity_positive",
        "ck_allocation_soft_expires",
        "ck_item_availability_not_oversold",
        "ck_item_barcode_quantity_positive",
        "ck_location_not_in_itself",
        "ck_stock_balance_covered",
        "ck_stock_move_goes_somewhere",
        "ck_stock_move_quantity_positive",
    }
)
"""Rules of the tables that are promises of a slice too, in words of its own."""


def damages(session: Session) -> Iterator[Row]:
    """Yield what SQLite's own check finds in the file. PostgreSQL checks a page whenever it reads it."""
    if session.connection().dialect.name == "sqlite":
        for told in session.scalars(text("PRAGMA integrity_check")):
            if told != "ok" and not told.startswith("CHECK constraint failed"):
                yield {"damage": told}


def unruly(session: Session) -> Iterator[Row]:
    """Yield rows that break a rule of their own table."""
    for table in Table.metadata.sorted_tables:
        numbers = ", ".join(column.name for column in table.primary_key)
        for rule in table.constraints:
            if isinstance(rule, CheckConstraint) and str(rule.name) not in ASKED_ELSEWHERE:
                sql = f"SELECT {numbers} FROM {table.name} WHERE NOT ({rule.sqltext}) ORDER BY {numbers}"  # noqa: S608
                for row in session.execute(text(sql)):
                    yield {table.name: "/".join(str(part) for part in row), "rule": str(rule.name)}


def dangling(session: Session) -> Iterator[Row]:
    """Yield rows that point to a row which is not there."""
    for table in Table.metadata.sorted_tables:
        for key in table.foreign_key_constraints:
            for row in session.execute(text(_orphans(key))):
                yield {table.name: "/".join(str(part) for part in row), "key": str(key.name)}


def untriggered(session: Session) -> Iterator[Row]:
    """Yield append-only tables that could be changed, with what nobody would stop."""
    dialect = session.connection().dialect.name
    if dialect == "sqlite":
        sql = "SELECT name FROM sqlite_master WHERE type = 'trigger'"
    else:
        sql = "SELECT tgname FROM pg_trigger WHERE tgenabled IN ('O', 'A') AND NOT tgisinternal"
    there = set(session.scalars(text(sql)))
    for table in APPEND_ONLY:
        for verb in verbs(dialect):
            if name_of(table, verb) not in there:
                yield {"table": table, "open_to": verb}


def _orphans(key: ForeignKeyConstraint) -> str:
    ours = key.table
    numbers = ", ".join(f"c.{column.name}" for column in ours.primary_key)
    pairs = [(element.parent.name, element.column.name) for element in key.elements]
    same = " AND ".join(f"p.{theirs} = c.{name}" for name, theirs in pairs)
    said = " AND ".join(f"c.{name} IS NOT NULL" for name, _ in pairs)
    return (
        f"SELECT {numbers} FROM {ours.name} c WHERE {said} AND NOT EXISTS "  # noqa: S608 - our own names
        f"(SELECT 1 FROM {key.referred_table.name} p WHERE {same}) ORDER BY {numbers}"
    )


INVARIANTS = (
    Invariant("database.file_is_whole", "The database's file is whole.", "", damages),
    Invariant("database.rows_point_somewhere", "What a row refers to is there.", "", dangling),
    Invariant(
        "database.rows_keep_their_rules", "Every row keeps the rules of its table.", "", unruly
    ),
    Invariant(
        "database.the_past_cannot_be_changed",
        "Ledger, facts, choices and seals can only be added to.",
        "",
        untriggered,
    ),
)
