"""Something wrong in a box whose label is bought: the packer opens it, and the house does the rest."""

import pytest
from sqlalchemy import select

from tests import kit
from tests.wms.packing.packers import PackingBench
from tests.wms.shipping.docking import Dock
from wms.app.house import listeners
from wms.cases.tables import ExceptionCase
from wms.floor.turn import Tone
from wms.kernel.database import Database


class WholeBench(Dock, PackingBench):
    """A bench with packers, behind it lanes whose labels are had elsewhere, and trucks."""


@pytest.fixture
def bench(sqlite_url):
    database = Database(sqlite_url, listeners())
    yield WholeBench(database, prints=False)
    database.close()


def test_a_damaged_unit_comes_out_of_a_box_that_wears_its_label(database):
    bench = WholeBench(database, prints=False)
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")

    asked = bench.scan("WXCDAMAGED", by="Bea")
    turn = bench.scan("MUG", by="Bea")

    assert asked.step == "spoiled"
    assert (turn.step, turn.say.id, turn.tone) == (
        "box",
        "packing.is_damaged_in_box_labelled",
        Tone.ATTENTION,
    )
    assert turn.say.values["ends"] == "OLD111"
    assert _old_label(turn) == "OLD111"
    assert kit.held(database, bench.place, bench.items["MUG"], "damaged") == 1
    bench.settle()
    assert [label.state for label in bench.labels()] == ["voided"]
    turn = _to_the_label(bench, "1Z0000000000NEW222")
    assert (turn.expects, _old_label(turn)) == (("1Z0000000000NEW222",), "OLD111")
    told = bench.scan("1Z0000000000OLD111", by="Bea")
    assert (told.step, told.say.id) == ("stick", "packing.is_old_label")
    turn = bench.scan("1Z0000000000NEW222", by="Bea")
    assert _old_label(turn) is None
    [box] = bench.boxes_now()
    assert (box.state, bench.inside(box.id)) == ("staged", {"MUG": 1, "LAMP": 1})
    bench.load("UPS", box.id)
    assert bench.fo_state(fo) == "shipped"
    bench.settle()
    assert [label.state for label in bench.labels()] == ["voided", "handed_over"]
    assert bench.broken() == []


def test_another_thing_in_a_labelled_box_is_set_aside(bench):
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")

    bench.scan("WXCWRONGITEM", by="Bea")
    bench.scan("CLOCK", by="Bea")
    turn = bench.scan("WXCQ1", by="Bea")

    assert (turn.step, turn.say.id) == ("box", "packing.is_foreign_labelled")
    assert kit.held(bench.database, bench.place, bench.items["CLOCK"], "quarantine") == 1
    with bench.database.read() as session:
        assert [case.kind for case in session.scalars(select(ExceptionCase))] == ["wrong_in_box"]
    assert bench.broken() == []


def test_a_box_in_its_lane_is_opened_by_a_scan_of_its_label_and_a_yes(bench):
    [fo] = bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    bench.pack_on({"tote"})

    asked = bench.scan("1Z0000000000OLD111", by="Bea")
    turn = bench.scan("WXCYES", by="Bea")

    assert (asked.step, asked.say.id) == ("again", "packing.ask_open_again")
    assert asked.expects == ("WXCYES", "WXCNO")
    assert (turn.step, turn.say.id, _old_label(turn)) == ("box", "packing.opened_again", "OLD111")
    assert "packing.spoiled" in [button.label for button in turn.problems]
    turn = bench.scans("WXCDAMAGED", "MUG", by="Bea")
    assert (turn.step, _old_label(turn)) == ("box", "OLD111")
    bench.settle()
    _to_the_label(bench, "1Z0000000000NEW222")
    bench.scan("1Z0000000000NEW222", by="Bea")
    bench.settle()
    assert [label.state for label in bench.labels()] == ["voided", "bought"]
    assert bench.fo_state(fo) == "packed"
    assert bench.broken() == []


def test_a_box_in_its_lane_stays_closed_where_nobody_says_yes(bench):
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    before = bench.pack_on({"tote"})

    bench.scan("1Z0000000000OLD111", by="Bea")
    unclear = bench.scan("MUG", by="Bea")
    turn = bench.scan("WXCNO", by="Bea")

    assert (unclear.step, unclear.say.id) == ("again", "packing.yes_or_no")
    assert (turn.step, turn.expects, _old_label(turn)) == ("tote", before.expects, None)
    assert [box.state for box in bench.boxes_now()] == ["staged"]


def test_somebody_else_may_open_it_at_another_bench(bench):
    bench.pick([("MUG", 2)], [("LAMP", 1), ("BOWL", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    bench.pack_on({"tote"})
    other = bench.a_second_bench()
    bench.sit("Ben", f"WXP{other}")

    turn = bench.scans("1Z0000000000OLD111", "1Z0000000000OLD111", by="Ben")

    [box] = bench.boxes_now()
    assert (turn.step, box.state) == ("box", "open")
    assert (box.packed_by, box.station_id) == (bench.people["Ben"].id, other)


def test_a_box_that_left_is_not_opened(bench):
    bench.pick([("MUG", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    bench.pack_on({"tote"})
    bench.load("UPS", bench.boxes_now()[0].id)

    turn = bench.scan("1Z0000000000OLD111", by="Bea")

    assert (turn.step, turn.say.id) == ("tote", "packing.box_is_done")


def test_undo_closes_it_again_and_it_gets_a_new_label(bench):
    [fo] = bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scans("WXCDAMAGED", "WXCYES", by="Bea")

    turn = bench.scan("WXCUNDO", by="Bea")
    bench.settle()

    assert (turn.step, _old_label(turn)) == ("label", "OLD111")
    [box] = bench.boxes_now()
    assert (box.state, bench.inside(box.id)) == ("weighed", {"MUG": 2})
    turn = _to_the_label(bench, "1Z0000000000NEW222")
    assert (turn.step, bench.fo_state(fo)) == ("stick", "packed")
    assert [label.state for label in bench.labels()] == ["voided", "bought"]
    assert bench.broken() == []


def test_a_labelled_box_is_unpacked_whole(bench):
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")

    turn = bench.scans("WXCUNPACK", "WXCYES", by="Bea")
    bench.settle()

    assert (turn.step, turn.say.id, _old_label(turn)) == ("item", "packing.unpacked", "OLD111")
    assert [box.state for box in bench.boxes_now()] == ["void"]
    assert [label.state for label in bench.labels()] == ["voided"]
    assert bench.broken() == []


def _to_the_label(bench, number):
    """Pack on until the label is to be stuck on, whose number is had elsewhere."""
    if bench.sees().process != "packing":
        bench.sit()
    bench.pack_on({"label", "number"})
    bench.settle()
    bench.buy()
    bench.pack_on({"number"})
    bench.scan(number, by="Bea")
    bench.settle()
    turn = bench.sees()
    assert turn.step == "stick"
    return turn


def _old_label(turn):
    """Return how the number on the label ends that the screen says to throw away."""
    told = [fact.value for fact in turn.bench.facts if fact.label.id == "packing.fact_old_label"]
    return told[0].values["ends"] if told else None
