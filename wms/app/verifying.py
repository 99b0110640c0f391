"""Asks every promise about the data, in one snapshot, and names the rows that break one."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from typing import Any
from uuid import UUID

from sqlalchemy import func, select, text
from sqlalchemy.exc import SQLAlchemyError
from sqlalchemy.orm import Session

from wms import wiring
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.invariants import Invariant, Row
from wms.kernel.refusal import Refusal
from wms.kernel.services import Services
from wms.migrations import invariants as tables
from wms.migrations.models import Table
from wms.migrations.upgrade import current, head
from wms.stock import chain, seals
from wms.stock.invariants import sealed

NAMED_LIMIT = 200
"""Most rows that one promise names: more tell nobody more, and a broken ledger may have a million."""

UNREADABLE = (SQLAlchemyError, ValueError, TypeError, LookupError)
"""What reading rows that somebody damaged may end in: the promise is broken, and says so."""


class TablesOld(Refusal):
    """The database is not at the step that this version of the program works with."""

    sentence = "app.tables_old"


@dataclass(frozen=True)
class Finding:
    """What came of asking one promise: how many rows were looked at, and those that break it."""

    invariant: Invariant
    rows: int
    broken: tuple[Row, ...]
    more: bool = False
    """Whether there are broken rows beyond those that are named."""

    def plain(self) -> dict[str, Any]:
        """Return it as `verify --json` prints it."""
        told: dict[str, Any] = {
            "invariant": self.invariant.name,
            "says": self.invariant.says,
            "rows": self.rows,
            "broken": [dict(row) for row in self.broken],
        }
        return told | ({"more": True} if self.more else {})


def promises() -> tuple[Invariant, ...]:
    """Return every promise of the house, as far as it can be asked without making hashes again."""
    return (*tables.INVARIANTS, *wiring.INVARIANTS)


def promises_and_chain(published: str | None = None) -> tuple[Invariant, ...]:
    """Return every promise; what is asked of seals otherwise is part of walking their chain.

    `published` is a head that was written down: it must still be in the chain.
    """
    others = (promise for promise in promises() if promise not in sealed.INVARIANTS)
    return (*others, _chain(published))


def _chain(published: str | None) -> Invariant:
    def broken(session: Session) -> Iterator[Row]:
        if published and not chain.holds(session, published):
            yield {"head": published, "trouble": "is not in the chain"}
        yield from chain.breaks(session)

    return Invariant(
        "stock.the_chain_is_whole",
        "Every sealed move is what it was when it was sealed, in its place.",
        "ledger_seal_row",
        broken,
    )


def ask(session: Session, asked: Iterable[Invariant]) -> Iterator[Finding]:
    """Ask promises one by one, in the snapshot that the session is; yields what came of each."""
    sizes: dict[str, int] = {}
    unhurried(session)
    for invariant in asked:
        try:
            if invariant.over not in sizes:
                sizes[invariant.over] = _size(session, invariant.over)
            found = tuple(_plain(row) for row in islice(invariant.broken(session), NAMED_LIMIT + 1))
        except UNREADABLE as trouble:
            yield Finding(invariant, sizes.get(invariant.over, 0), (_unread(trouble),))
            continue
        size = sizes[invariant.over]
        yield Finding(invariant, size, found[:NAMED_LIMIT], more=len(found) > NAMED_LIMIT)


def seal_all(house: Services) -> None:
    """Seal every move that there is, a block at a time, so that writers come in between."""
    act = housekeeping("stock.seal", at=house.clock.now())
    while house.database.write(act, lambda session: seals.seal(session, HOUSE, act.at)).value:
        pass


def require_tables(house: Services) -> None:
    """Raise TablesOld where the database is not at this version's step."""
    if (found := current(house.database)) != (wanted := head()):
        raise TablesOld(found=found or "-", wanted=wanted)


def unhurried(session: Session) -> None:
    """Let this snapshot take its time: on PostgreSQL questions that take long are ended, for pages' sake."""
    if session.connection().dialect.name == "postgresql":
        for limit in ("statement_timeout", "idle_in_transaction_session_timeout"):
            session.execute(text(f"SET LOCAL {limit} = 0"))


def _size(session: Session, table: str) -> int:
    if not table:
        return sum(_size(session, name) for name in Table.metadata.tables)
    return session.scalar(select(func.count()).select_from(Table.metadata.tables[table])) or 0


def _plain(row: Row) -> Row:
    return {name: _value(value) for name, value in row.items()}


def _value(value: Any) -> Any:
    match value:
        case UUID():
            return value.hex
        case Decimal():
            return int(value)
        case _:
            return value


def _unread(trouble: Exception) -> Row:
    cause = getattr(trouble, "orig", None) or trouble
    return {
        "trouble": f"cannot be read: {str(cause).splitlines()[0] if str(cause) else type(cause).__name__}"
    }
