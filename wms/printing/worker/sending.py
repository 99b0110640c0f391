"""Sends sheets: claimed (commit), handed to the printer, recorded (commit)."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from devices import printing
from devices.address import NoDriver, UnfitAddress, parse
from wms.kernel.clock import Clock
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.kernel.wire import assert_no_write
from wms.printing.actions import attempting
from wms.printing.actions.attempting import Claimed
from wms.printing.drawing import Sheet, Undrawable, data
from wms.printing.rules import Condition, Outcome, language

PATIENCE_S = 10.0
"""How long a printer may take for one sheet until somebody has to look at it. Far shorter than a lease."""


@dataclass(frozen=True)
class Became:
    """What came of a try."""

    outcome: Outcome
    condition: Condition
    evidence: Mapping[str, Any]


def step(database: Database, clock: Clock) -> bool:
    """Send the next sheet, if there is one; tells whether there was anything to do."""
    now = attempting.due(clock.now())
    # An idle house never takes the write lock.
    if not any(database.ask(question, now) for question in attempting.DUE):
        return False
    act = housekeeping("printing.claim", at=clock.now())
    claimed = database.write(act, lambda session: attempting.claim_next(session, at=act.at)).value
    if claimed is not None:
        _carry_out(database, clock, claimed)
    return True


def _carry_out(database: Database, clock: Clock, claimed: Claimed) -> None:
    try:
        became = _sent(claimed)
    except Undrawable as reason:
        why = str(reason.values["reason"])
        act = housekeeping("printing.give_up", at=clock.now())
        database.write(
            act,
            lambda session: attempting.give_up(
                session, attempt_id=claimed.attempt_id, reason=why, at=act.at
            ),
        )
        return
    told = housekeeping("printing.record", at=clock.now(), key=f"print:{claimed.attempt_id}")
    database.write(
        told,
        lambda session: attempting.record(
            session,
            attempt_id=claimed.attempt_id,
            outcome=became.outcome,
            condition=became.condition,
            evidence=became.evidence,
            by=HOUSE,
            at=told.at,
        ),
    )


def _sent(claimed: Claimed) -> Became:
    """Hand the sheet to its printer. Raises Undrawable."""
    assert_no_write()
    sheet = Sheet(claimed.label, claimed.document, claimed.media_type, claimed.generation)
    drawn = data(sheet, language(claimed.address), claimed.dpi)
    try:
        address = parse(claimed.address or "")
        sent = printing.send(address, drawn, patience_s=PATIENCE_S)
    except (UnfitAddress, NoDriver) as reason:
        return Became(Outcome.NOT_SENT, Condition.UNREACHABLE, {"why": str(reason)})
    return Became(Outcome(sent.outcome), Condition(sent.condition), sent.evidence)
