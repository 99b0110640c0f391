"""What must always hold of codes: each is kept in the form in which it is looked up, and stands for something."""

from collections.abc import Iterable, Iterator

from sqlalchemy import select
from sqlalchemy.orm import Session

from wms.codes.rules import Kind, kinds_of, normal
from wms.codes.tables import Code, CodeTarget
from wms.kernel.invariants import Invariant, Row, never


def unfindable(session: Session) -> Iterator[Row]:
    """Yield codes that no scan would find: not in the form in which scans are compared."""
    rows = select(CodeTarget.id, CodeTarget.code, CodeTarget.written_as).order_by(CodeTarget.id)
    for number, code, written_as in session.execute(rows.execution_options(yield_per=1_000)):
        if normal(written_as) != code:
            yield {"code_target": number, "code": code, "written_as": written_as}


def misleading(session: Session) -> Iterator[Row]:
    """Yield codes whose beginning says another kind than theirs, so that goods could sign in or confirm."""
    rows = select(Code.code, Code.kind).order_by(Code.code)
    kinds: Iterable[str] = frozenset(Kind)
    for code, kind in session.execute(rows.execution_options(yield_per=1_000)):
        if kind not in kinds or kind not in kinds_of(code):
            yield {"code": code, "kind": kind}


INVARIANTS = (
    Invariant(
        "codes.codes_can_be_found",
        "Every code is kept in the form in which scans are compared.",
        "code_target",
        unfindable,
    ),
    Invariant(
        "codes.codes_are_what_they_look_like",
        "No code on goods can sign anybody in or confirm anything.",
        "code",
        misleading,
    ),
    never(
        "codes.codes_stand_for_something",
        "A code that stands for nothing is free again.",
        """
        SELECT c.code AS code FROM code c LEFT JOIN code_target t ON t.code = c.code
        WHERE t.id IS NULL ORDER BY c.code
        """,
        over="code",
    ),
)
