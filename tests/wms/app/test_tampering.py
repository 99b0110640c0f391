"""Whatever somebody with the database's own tools does to a sealed ledger, `verify --chain` finds it."""

import pytest
from sqlalchemy.orm import Session

from tests.healthy import MONDAY, fill, replenish
from tests.lawless import lawless
from tests.tampering import Tamperer, seeds
from wms.app import verifying
from wms.kernel.commands import HOUSE, housekeeping
from wms.kernel.database import Database
from wms.stock import chain, seals

EDITS = {"sqlite": 1_000, "postgresql": 100}

MOVES = 120

ASKED = [promise for promise in verifying.promises() if promise.name.startswith("stock.")]
"""What is asked of stock. That the triggers are gone would be found each time, and says nothing."""


@pytest.fixture
def sealed(database: Database, monkeypatch) -> Database:
    """A longer ledger, in several blocks."""
    monkeypatch.setattr(seals, "BLOCK_LIMIT", 30)
    monkeypatch.setattr(seals, "NAP_S", 0)
    replenish(fill(database), MOVES)
    act = housekeeping("stock.seal", at=MONDAY)
    while database.write(act, lambda session: seals.seal(session, HOUSE, MONDAY)).value:
        pass
    return database


def found(session: Session) -> list[dict]:
    """What `verify --chain` names, the chain first: it seals what is new, walks the chain, asks every promise."""
    try:
        with session.begin_nested():
            while seals.seal(session, HOUSE, MONDAY):
                pass
    except verifying.UNREADABLE:
        pass  # what keeps the sealer from going on is found by walking
    if broken := list(chain.breaks(session)):
        return broken
    findings = verifying.ask(session, ASKED)
    return [dict(row) for finding in findings for row in finding.broken]


def test_every_edit_of_the_ledger_is_found_and_the_first_bad_row_named(sealed):
    kind = "sqlite" if sealed.is_sqlite else "postgresql"
    unseen, misnamed = [], []

    with lawless(sealed) as session:
        assert found(session) == []
        for dice in seeds(EDITS[kind]):
            part = session.begin_nested()
            tamperer = Tamperer(session, dice)
            touched = tamperer.tamper()
            named = found(session)
            part.rollback()
            if not named:
                unseen.append(tamperer.done)
            elif touched is not None and named[0].get("move") != touched:
                misnamed.append((tamperer.done, named[0]))

    assert unseen == []
    assert misnamed == []
