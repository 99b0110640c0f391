"""A packer at a bench, scan by scan, from the tote to the lane."""

import pytest

from tests.wms.packing.packers import PackingBench
from wms.app.house import listeners
from wms.kernel.database import Database


@pytest.fixture
def bench(sqlite_url):
    database = Database(sqlite_url, listeners())
    yield PackingBench(database)
    database.close()


def test_an_order_is_packed_by_scans_that_the_screen_offers(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])

    turn = bench.sit()
    assert (turn.step, turn.target) == ("tote", turn.expects[0])
    turn = bench.pack_on({"label"})
    bench.buy()
    turn = bench.sees()
    assert (turn.step, turn.expects) == ("stick", ("1Z00000001",))
    turn = bench.scan(turn.expects[0], by="Bea")
    assert (turn.step, turn.say.id) == ("empty", "packing.labelled")
    turn = bench.scan(turn.expects[0], by="Bea")

    assert (turn.step, turn.say.id) == ("tote", "packing.tote_is_free")
    assert bench.fo_state(fo) == "packed"
    assert [box.state for box in bench.boxes_now()] == ["staged"]
    assert bench.broken() == []
