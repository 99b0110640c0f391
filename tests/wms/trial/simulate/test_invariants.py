"""A shift is worked by scans: what left a bin otherwise is named."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from tests import kit
from wms.bins.places import Kind
from wms.kernel.commands import Command
from wms.stock import actions as stock
from wms.stock.moves import Move, Reason
from wms.trial.simulate.invariants import BY_SCANS

AT = datetime(2026, 1, 5, 9, tzinfo=UTC)


@pytest.fixture
def move(database):
    """What picks a unit by a command that the test makes up; returns what the promise names then."""
    warehouse = kit.a_warehouse(database)
    here = kit.a_place(database, warehouse, "A-1", Kind.BIN)
    there = kit.a_place(database, warehouse, "A-2", Kind.BIN)
    item = kit.an_item(database, "STAR")
    kit.shelve(database, item, here, 10)

    def do(reason, **command):
        act = Command(key="k", actor_id=1, at=AT, **{"name": "floor.scan"} | command)
        picked = Move(item, here, there, 1, reason)
        database.write(act, lambda session: stock.move(session, picked, by=1, at=AT))
        with database.read() as session:
            return [row["reason"] for row in BY_SCANS.broken(session)]

    return do


@pytest.mark.parametrize("reason", [Reason.PICK, Reason.PACK, Reason.SHIP])
def test_a_scan_at_a_device_may_pick_pack_and_hand_over(move, reason):
    assert move(reason, device_id=1, device_seq=1) == []


@pytest.mark.parametrize("reason", [Reason.PICK, Reason.PACK, Reason.SHIP])
def test_whatever_was_not_scanned_is_named(move, reason):
    assert move(reason, name="desk.shove") == [reason]


def test_a_scan_that_no_device_counted_is_named(move):
    assert move(Reason.PICK) == [Reason.PICK]


def test_what_else_moves_may_be_moved_from_the_desk(move):
    assert move(Reason.MOVE, name="desk.shove") == []


def test_a_forgotten_scan_leaves_its_move_named(move, database):
    move(Reason.PICK, device_id=1, device_seq=1)

    with database.engines.writer.begin() as connection:
        connection.execute(text("DELETE FROM command WHERE name = 'floor.scan'"))
    with database.read() as session:
        assert len(list(BY_SCANS.broken(session))) == 1
