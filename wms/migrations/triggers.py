"""The ledger and the facts are only ever added to: triggers refuse everything else, whoever asks.

A batch migration step copies a table and loses its triggers without a word, so they are laid anew after every upgrade.
"""

from sqlalchemy import Connection

APPEND_ONLY = ("stock_move", "ledger_seal", "ledger_seal_row", "event", "decision", "lpn_move")

FUNCTION = """
CREATE OR REPLACE FUNCTION append_only() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION '%% is append-only', TG_TABLE_NAME USING ERRCODE = '23000'; END $$
"""


def lay_triggers(connection: Connection) -> None:
    """Lay every trigger that is missing."""
    if connection.dialect.name == "postgresql":
        connection.exec_driver_sql(FUNCTION)
    for table in APPEND_ONLY:
        for verb in verbs(connection.dialect.name):
            connection.exec_driver_sql(_trigger(connection.dialect.name, table, verb))


def verbs(dialect: str) -> tuple[str, ...]:
    """Return what is refused on an append-only table."""
    return ("UPDATE", "DELETE") if dialect == "sqlite" else ("UPDATE", "DELETE", "TRUNCATE")


def name_of(table: str, verb: str) -> str:
    """Return a trigger's name."""
    return f"{table}_no_{verb.lower()}"


def _trigger(dialect: str, table: str, verb: str) -> str:
    name = name_of(table, verb)
    if dialect == "sqlite":
        return (
            f"CREATE TRIGGER IF NOT EXISTS {name} BEFORE {verb} ON {table} "
            f"BEGIN SELECT RAISE(ABORT, '{table} is append-only'); END"
        )
    return (
        f"CREATE OR REPLACE TRIGGER {name} BEFORE {verb} ON {table} "
        "FOR EACH STATEMENT EXECUTE FUNCTION append_only()"
    )
