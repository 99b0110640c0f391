"""Something wrong in a box whose label is bought: the packer opens it, and the house does the rest."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests import kit
from tests.wms.packing.packers import PackingBench
from tests.wms.shipping.docking import Dock
from wms import wiring
from wms.app.house import listeners
from wms.cases.tables import ExceptionCase
from wms.floor.turn import Order, Tone
from wms.kernel.database import Database
from wms.packing import actions as packing
from wms.stations import actions as stations
from wms.stations.rules import DeviceKind, Part


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

    assert (turn.step, turn.say.id) == ("tote", "packing.box_left")


def test_at_home_the_label_of_a_box_in_its_lane_leads_to_opening_it(bench):
    bench.processes = replace(bench.processes, look_ups=wiring.LOOK_UPS)
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    home = bench.press(Order.MENU, by="Bea")

    card = bench.scan("1Z0000000000OLD111", by="Bea")
    unclear = bench.press(Order.DONE, by="Bea")
    asked = bench.scans("1Z0000000000OLD111", "1Z0000000000OLD111", by="Bea")
    turn = bench.scans(f"WXP{bench.station}", "WXCYES", by="Bea")

    assert (home.process, card.process, card.step) == ("", "", "card")
    assert (card.say.id, card.say.values["ends"]) == ("packing.may_be_opened", "OLD111")
    assert [button.order for button in card.buttons] == [Order.YES]
    assert unclear.say.id == "floor.take_work_first"
    assert (asked.step, asked.say.id, _old_label(asked)) == ("bench", "packing.scan_bench", None)
    assert (turn.step, turn.say.id, _old_label(turn)) == ("box", "packing.opened_again", "OLD111")
    bench.settle()
    assert [label.state for label in bench.labels()] == ["voided"]
    assert bench.broken() == []


def test_at_the_tablet_of_a_bench_the_box_is_opened_there_at_once(bench):
    bench.processes = replace(bench.processes, look_ups=wiring.LOOK_UPS)
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    bench.people["Ben"] = replace(bench.people["Ben"], device_id=_tablet_at(bench))

    turn = bench.scans("1Z0000000000OLD111", "WXCYES", by="Ben")

    [box] = bench.boxes_now()
    assert (turn.step, box.state, box.packed_by) == ("box", "open", bench.people["Ben"].id)


def test_a_box_that_left_is_told_of_at_home_and_nothing_more(bench):
    bench.processes = replace(bench.processes, look_ups=wiring.LOOK_UPS)
    bench.pick([("MUG", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    bench.load("UPS", bench.boxes_now()[0].id)

    card = bench.scan("1Z0000000000OLD111", by="Ben")

    assert (card.say.id, card.buttons) == ("shipping.card_handed_over", ())


def test_who_does_not_pack_is_told_where_the_box_belongs(bench):
    bench.processes = replace(bench.processes, look_ups=wiring.LOOK_UPS)
    bench.pick([("MUG", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")

    bench.press(Order.MENU, by="Pia")
    card = bench.scan("1Z0000000000OLD111", by="Pia")

    assert (card.say.id, card.buttons) == ("shipping.card_staged", ())


def test_a_box_that_was_given_up_is_not_sent_to_a_lane(bench):
    bench.pick([("MUG", 1)], [("LAMP", 1), ("BOWL", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scans("WXCUNPACK", "WXCYES", "WXCSKIP", by="Bea")

    turn = bench.scan(bench.boxes_now()[0].number, by="Bea")

    assert (turn.step, turn.say.id) == ("tote", "packing.box_given_up")


def _tablet_at(bench):
    """Put a tablet on the bench; returns its number."""
    who = {"by": kit.TESTER, "at": kit.NOON}

    def do(session):
        device = stations.add_device(
            session, name="Tablet 1", kind=DeviceKind.TABLET, address=None, **who
        )
        stations.bind(
            session, station_id=bench.station, device_id=device.id, part=Part.SCREEN, **who
        )
        return device.id

    return kit.done(bench.database, do)


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


def test_the_old_label_is_told_of_again_whoever_takes_the_box_in_hand(bench):
    bench.pick([("MUG", 2), ("LAMP", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scans("WXCDAMAGED", "MUG", by="Bea")
    bench.settle()

    bench.press(Order.MENU, by="Bea")
    again = bench.tile()
    told = bench.scan("1Z0000000000OLD111", by="Bea")
    bench.press(Order.MENU, by="Bea")
    bench.sit("Ben", f"WXP{bench.a_second_bench()}")
    taken = bench.scan(bench.boxes_now()[0].number, by="Ben")

    assert (again.step, _old_label(again)) == ("box", "OLD111")
    assert (told.say.id, told.say.values) == ("packing.is_old_label", {"ends": "OLD111"})
    assert (taken.step, _old_label(taken)) == ("box", "OLD111")
    assert bench.broken() == []


def test_the_old_label_is_forgotten_once_the_new_one_was_scanned(bench):
    bench.pick([("MUG", 2), ("LAMP", 1)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scans("WXCDAMAGED", "MUG", by="Bea")
    bench.settle()
    _to_the_label(bench, "1Z0000000000NEW222")
    bench.scan("1Z0000000000NEW222", by="Bea")
    bench.press(Order.MENU, by="Bea")
    bench.sit()

    bench.scan("1Z0000000000NEW222", by="Bea")
    opened = bench.scan("WXCYES", by="Bea")
    bench.press(Order.MENU, by="Bea")
    again = bench.tile()

    assert [_old_label(turn) for turn in (opened, again)] == ["NEW222", "NEW222"]


def test_a_label_that_came_off_before_a_unit_was_found_again_is_thrown_away_all_the_same(bench):
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scans("WXCDAMAGED", "WXCYES", "WXCUNDO", by="Bea")

    bench.press(Order.MENU, by="Bea")
    again = bench.tile()

    assert (again.step, _old_label(again)) == ("label", "OLD111")


def test_a_void_label_is_thrown_away_wherever_it_is_scanned(sqlite_url):
    database = Database(sqlite_url, listeners())
    bench = WholeBench(database)
    bench.processes = replace(bench.processes, look_ups=wiring.LOOK_UPS, strangers=wiring.STRANGERS)
    bench.means("UPS", "own")
    bench.pick([("MUG", 2)], carrier="UPS")
    bench.sit()
    bench.pack_on({"label"})
    bench.settle()
    label = bench.pack_on({"stick"}).expects[0]
    bench.scans(label, "WXCMENU", by="Bea")
    bench.sit()
    bench.scans(label, "WXCYES", "WXCUNPACK", "WXCYES", "WXCSKIP", by="Bea")
    bench.settle()

    between = bench.scan(label, by="Bea")
    bench.press(Order.MENU, by="Bea")
    at_home = bench.scan(label, by="Bea")
    nobody_knows = bench.scan("1Z4711", by="Bea")

    told = ("packing.label_is_void", {"ends": label[-6:]}, Tone.WRONG)
    assert between.step == "tote"
    assert [(turn.say.id, turn.say.values, turn.tone) for turn in (between, at_home)] == [told] * 2
    assert nobody_knows.say.id == "floor.unknown_code"
    database.close()


def test_a_labelled_box_is_unpacked_whole(bench):
    bench.pick([("MUG", 2)], carrier="UPS")
    _to_the_label(bench, "1Z0000000000OLD111")

    turn = bench.scans("WXCUNPACK", "WXCYES", by="Bea")
    bench.settle()

    assert (turn.step, turn.say.id, _old_label(turn)) == ("item", "packing.unpacked", "OLD111")
    assert [box.state for box in bench.boxes_now()] == ["void"]
    assert [label.state for label in bench.labels()] == ["voided"]
    assert bench.broken() == []


def test_a_tote_that_carries_another_order_by_now_stays_with_it(bench):
    [fo] = bench.pick([("MUG", 2)], carrier="UPS")
    [tote] = bench.totes(fo)
    _to_the_label(bench, "1Z0000000000OLD111")
    bench.scan("1Z0000000000OLD111", by="Bea")
    bench.pack_on({"tote", "home", "bench"})
    [other] = bench.pick([("LAMP", 1)], carrier="UPS")
    bench.sit()

    bench.scans("1Z0000000000OLD111", "WXCYES", "WXCUNPACK", by="Bea")
    waits = bench.tote_state(bench.code(tote))
    with pytest.raises(packing.NotTheirTote):
        bench.scan("WXCYES", by="Bea")
    turn = bench.scan("WXCNO", by="Bea")

    assert bench.totes(other) == [tote]
    assert (waits, turn.step) == ("staged", "box")
    assert kit.held(bench.database, tote, bench.items["MUG"]) == 0
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
