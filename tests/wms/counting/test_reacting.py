"""What others did that makes somebody count."""

import pytest

from tests.kit import NOON, shelve
from tests.wms.counting.counters import TESS, do
from wms import wiring
from wms.counting import queries
from wms.kernel import courier
from wms.kernel.clock import SetClock
from wms.moving import actions as moving
from wms.stock import actions as stock
from wms.stock.moves import Pile, Reason


def told(database):
    """Let the courier tell every fact."""
    clock = SetClock(NOON)
    while courier.deliver(database, wiring.REACTIONS, clock):
        pass


def open_counts(database):
    with database.read() as session:
        found = queries.counts(session, queries.CountsAsked(open_only=True), limit=9).rows
    return [(one.location, one.cause, one.reference, one.asked_by) for one in found]


@pytest.fixture
def late_pick(database, mug, upper, lower):
    units = {"pile": Pile(upper, mug), "target_id": lower, "quantity": 2, "reason": Reason.PICK}
    do(database, lambda s: stock.found(s, **units, by=TESS, at=NOON))


def test_where_units_turned_up_somebody_counts(database, late_pick):
    told(database)

    assert open_counts(database) == [("A-01", "found", "", 0)]


def test_where_units_were_missing_somebody_counts(database, mug, upper, lower):
    shelve(database, mug, upper, 3)
    wish = {"kind": "relocate", "why": "asked", "source_id": upper, "item_id": mug, "quantity": 3}
    task = do(database, lambda s: moving.ask(s, **wish, by=TESS, at=NOON))
    act = {"move_task_id": task, "by": TESS, "at": NOON}
    do(database, lambda s: moving.claim(s, **act).id)
    do(database, lambda s: moving.lift(s, **act, quantity=1).id)

    told(database)

    assert open_counts(database) == [("A-01", "short", f"Move {task}", TESS)]
