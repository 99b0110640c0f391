"""What Alembic runs for every command: our connection, our tables, our column types."""

from typing import Any, Literal

from alembic import context
from alembic.autogenerate.api import AutogenContext

from wms.kernel import columns
from wms.migrations.models import Table


def render(kind: str, thing: Any, _context: AutogenContext) -> str | Literal[False]:
    """Write our own column types by their names; leave everything else to Alembic."""
    if kind != "type":
        return False
    if isinstance(thing, columns.Utc):
        return "columns.Utc()"
    return {id(columns.Json): "columns.Json", id(columns.Number): "columns.Number"}.get(
        id(thing), False
    )


connection = context.config.attributes["connection"]
context.configure(
    connection=connection,
    target_metadata=Table.metadata,
    render_as_batch=connection.dialect.name == "sqlite",
    transactional_ddl=True,
    render_item=render,
)
context.run_migrations()
