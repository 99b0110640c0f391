"""A packer at a bench, scan by scan, from the tote to the lane."""

from dataclasses import replace

import pytest
from sqlalchemy import select

from tests import kit
from tests.wms.packing.packers import PackingBench
from tests.wms.packing.unsteady import books
from wms.app.house import listeners
from wms.bins.tables import Location
from wms.cases.tables import ExceptionCase
from wms.floor.turn import Amount, Tone
from wms.floor.worded import said
from wms.kernel.database import Database
from wms.kernel.tables import StoredEvent
from wms.moving.tables import MoveTask
from wms.orders.tables import FulfillmentOrder
from wms.packing import actions as packing
from wms.picking import actions as picking


@pytest.fixture
def bench(sqlite_url):
    database = Database(sqlite_url, listeners())
    yield PackingBench(database)
    database.close()


def _screen(bench):
    """Return what the screen shows, whatever was said last and however late it is."""
    turn = bench.sees()
    facts = tuple(fact for fact in turn.bench.facts if fact.label.id != "packing.fact_leaves")
    return replace(turn, say=None, tone=Tone.QUIET, bench=replace(turn.bench, facts=facts))


def test_an_order_is_packed_by_scans_that_the_screen_offers(database):
    bench = PackingBench(database)
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])

    turn = bench.sit()
    assert (turn.step, turn.target) == ("tote", turn.expects[0])
    turn = bench.pack_on({"label"})
    assert turn.waits
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


def test_many_of_one_thing_take_a_scan_and_a_number(bench):
    [fo] = bench.pick([("MUG", 9)])
    bench.sit()
    bench.pack_on({"item"})

    turn = bench.scan("MUG", by="Bea")
    assert (turn.asks_quantity, turn.expects[0]) == (True, "WXCQ9")
    turn = bench.scan("WXCQ9", by="Bea")

    assert turn.step == "box"
    assert bench.inside(bench.boxes_now()[0].id) == {"MUG": 9}
    assert bench.fo_state(fo) == "packing"


def test_singles_in_one_tote_are_packed_by_whose_truck_leaves_first(bench):
    late, early = bench.pick([("MUG", 1)], [("MUG", 1)])
    with bench.database.read() as session:
        tote = bench.code(bench.totes(late)[0])
        assert bench.totes(early) == bench.totes(late)
        ships = {fo: session.get(FulfillmentOrder, fo).ship_by for fo in (late, early)}
    first = min((late, early), key=lambda fo: (ships[fo], fo))
    bench.sit()
    bench.scan(tote, by="Bea")

    turn = bench.scan("MUG", by="Bea")
    turn = bench.pack_on({"label"})
    bench.buy()
    turn = bench.pack_on({"item", "empty"})

    assert bench.boxes_now()[0].fo_id == first
    assert (turn.step, turn.title.id) == ("item", "packing.title_bench")
    bench.pack_on({"label"})
    bench.buy()
    assert bench.pack_on({"tote"}).step == "tote"
    assert {bench.fo_state(late), bench.fo_state(early)} == {"packed"}


def test_a_full_box_is_closed_and_the_rest_goes_into_the_next(bench):
    [fo] = bench.pick([("MUG", 1), ("LAMP", 1)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")

    turn = bench.scan("WXCFULL", by="Bea")
    assert turn.step == "box"
    bench.pack_on({"label"})
    bench.buy()
    turn = bench.pack_on({"item"})
    assert (turn.progress.done, turn.progress.of) == (1, 2)
    bench.pack_on({"label"})
    assert bench.fo_state(fo) == "packed"
    bench.buy()
    bench.pack_on({"tote"})

    assert [bench.inside(box.id) for box in bench.boxes_now()] == [{"MUG": 1}, {"LAMP": 1}]
    assert bench.broken() == []


def test_a_box_that_was_chosen_early_closes_by_itself(bench):
    bench.pick([("MUG", 1)])
    bench.sit()
    bench.pack_on({"item"})

    bench.scan("WXCBOX2", by="Bea")
    turn = bench.scan("MUG", by="Bea")

    assert turn.step == "weigh"
    assert bench.boxes_now()[0].state == "closed"


def test_a_cancelled_order_turns_the_next_scan_purple_and_goes_back_into_a_tote(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")
    tote = bench.code(bench.totes(fo)[0])

    bench.cancel(fo)
    turn = bench.scan("MUG", by="Bea")
    assert (turn.step, turn.tone, turn.say.id) == ("back", Tone.STOPPED, "packing.give_back")
    assert bench.inside(bench.boxes_now()[0].id) == {"MUG": 1}
    turn = bench.scan(tote, by="Bea")

    assert (turn.step, turn.say.id) == ("tote", "packing.given_back")
    assert bench.boxes_now()[0].state == "void"
    assert bench.broken() == []


def test_a_held_order_is_put_aside_and_gone_on_with_later(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")
    tote = bench.code(bench.totes(fo)[0])

    hold = bench.hold(fo)
    turn = bench.scan("MUG", by="Bea")
    assert (turn.step, turn.tone, turn.say.id) == ("tote", Tone.STOPPED, "packing.held")
    assert tote not in turn.expects
    again = bench.scan(tote, by="Bea")
    number = turn.say.values["order"]
    told = (
        f"Order {number} is held (Stopped by hand). Put its tote and box aside; scan the next tote."
    )
    assert (again.say.id, said(turn.say), said(again.say)) == ("packing.held", told, told)
    bench.lift(hold)
    turn = bench.scan(tote, by="Bea")

    assert (turn.step, turn.progress.done) == ("item", 1)
    assert bench.scan("MUG", by="Bea").step == "box"


def test_scans_are_taken_back_one_after_the_other(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"weigh"})

    told = [bench.scan("WXCUNDO", by="Bea") for _ in range(4)]

    assert [turn.say.id for turn in told] == [
        "packing.undone_close",
        "packing.undone_put_in",
        "packing.undone_put_in",
        "packing.undone_open",
    ]
    assert told[-1].step == "item"
    assert bench.fo_state(fo) == "picked"
    assert bench.broken() == []


def test_what_is_missing_is_lost_and_the_rest_leaves(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scans("MUG", "LAMP", by="Bea")

    asked = bench.scan("WXCSHORT", by="Bea")
    turn = bench.scan("WXCYES", by="Bea")

    assert (asked.step, asked.say.values["what"]) == ("short", "1 × MUG")
    assert turn.step == "box"
    bench.pack_on({"label"})
    assert bench.fo_state(fo) == "packed"
    assert bench.broken() == []


def test_a_damaged_unit_stays_at_the_bench(bench):
    bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")

    bench.scan("WXCDAMAGED", by="Bea")
    turn = bench.scan("MUG", by="Bea")

    assert turn.step == "box"
    assert kit.held(bench.database, bench.place, bench.items["MUG"], "damaged") == 1
    assert bench.broken() == []


def test_a_damaged_unit_in_a_box_comes_out_of_it_when_its_tote_is_put_away(bench):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    bench.sit()
    bench.pack_on({"label"})
    bench.do(picking.empty_tote, tote_id=bench.totes(fo)[0])

    asked = bench.scan("WXCDAMAGED", by="Bea")
    turn = bench.scan("MUG", by="Bea")

    assert (asked.step, [one.values.get("sku") for one in asked.buttons[-2:]]) == (
        "spoiled",
        ["MUG", "LAMP"],
    )
    assert (turn.step, turn.say.id) == ("box", "packing.is_damaged_in_box")
    assert kit.held(bench.database, bench.place, bench.items["MUG"], "damaged") == 1
    assert bench.pack_on({"label"}).step == "label"
    assert bench.fo_state(fo) == "packed"
    assert bench.broken() == []


def test_another_thing_in_the_box_is_quarantined_and_somebody_looks_into_it(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"weigh"})

    bench.scan("WXCWRONGITEM", by="Bea")
    asked = bench.scan("CLOCK", by="Bea")
    turn = bench.scan("WXCQ1", by="Bea")

    assert (asked.say.id, turn.step) == ("packing.instead_of", "box")
    assert kit.held(bench.database, bench.place, bench.items["CLOCK"], "quarantine") == 1
    with bench.database.read() as session:
        [case] = session.scalars(select(ExceptionCase)).all()
        task = session.scalars(select(MoveTask)).one()
    assert case.values == {"box": "P-000001", "sku": "MUG", "what": "CLOCK"}
    assert (task.item_id, task.status) == (bench.items["CLOCK"], "quarantine")
    assert bench.pack_on({"label"}).step == "label"
    assert bench.fo_state(fo) == "packed"
    assert bench.broken() == []


def test_undo_of_another_thing_in_the_box_leaves_nothing_behind(database):
    bench = PackingBench(database)
    bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"weigh"})
    before = _screen(bench), books(bench)
    bench.scans("WXCWRONGITEM", "CLOCK", "WXCQ1", by="Bea")

    turn = bench.scan("WXCUNDO", by="Bea")

    assert (turn.step, turn.say.id) == ("weigh", "packing.undone_missing")
    assert (_screen(bench), books(bench)) == before
    with database.read() as session:
        assert [task.state for task in session.scalars(select(MoveTask))] == ["cancelled"]
        assert [case.state for case in session.scalars(select(ExceptionCase))] == ["closed"]
    assert bench.broken() == []


def test_undo_of_the_only_unit_that_is_damaged_brings_the_box_back(bench):
    [fo] = bench.pick([("MUG", 1)])
    bench.sit()
    bench.pack_on({"weigh"})
    before = _screen(bench), books(bench)
    bench.scans("WXCDAMAGED", "WXCYES", by="Bea")
    waits = bench.fo_state(fo)

    turn = bench.scan("WXCUNDO", by="Bea")

    assert (waits, turn.step) == ("backordered", "weigh")
    assert (_screen(bench), books(bench)) == before
    assert bench.pack_on({"label"}).step == "label"
    assert bench.broken() == []


def test_what_is_missing_is_taken_back_at_the_bench(bench):
    bench.pick([("MUG", 2), ("LAMP", 1)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scans("MUG", "LAMP", by="Bea")
    bench.scans("WXCSHORT", "WXCYES", by="Bea")

    turn = bench.scan("WXCUNDO", by="Bea")

    assert (turn.step, turn.say.id) == ("item", "packing.undone_missing")
    assert bench.scan("MUG", by="Bea").step == "box"
    assert bench.broken() == []


def test_one_yes_that_several_things_are_missing_is_taken_back_by_one_undo(bench):
    bench.pick([("MUG", 2), ("LAMP", 1), ("CLOCK", 1)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")
    before = books(bench)
    bench.scans("WXCSHORT", "WXCYES", by="Bea")

    turn = bench.scan("WXCUNDO", by="Bea")

    assert (turn.step, turn.say.id) == ("item", "packing.undone_missing")
    assert (turn.amount, books(bench)) == (Amount(1, 2), before)
    assert bench.scan("WXCUNDO", by="Bea").say.id == "packing.undone_put_in"
    assert bench.broken() == []


def test_a_shared_tote_in_which_everything_was_missing_is_full_again_after_one_undo(bench):
    fos = bench.pick([("MUG", 1)], [("LAMP", 1)])
    bench.sit()
    bench.pack_on({"item"})
    before = books(bench)
    bench.scans("WXCSHORT", "WXCYES", by="Bea")
    waits = [bench.fo_state(fo) for fo in fos]

    turn = bench.scan("WXCUNDO", by="Bea")

    assert (waits, turn.step) == (["backordered"] * 2, "item")
    assert books(bench) == before
    assert bench.broken() == []


def test_a_weight_that_is_off_needs_a_count_or_a_lead(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"weigh"})

    bench.put_on_scale(100)
    turn = bench.scan("WXCWEIGH", by="Bea")
    assert (turn.step, turn.say.id) == ("off", "packing.weight_less")
    assert bench.scan("WXCYES", by="Bea").say.id == "packing.lead_says_it_is_right"
    tote = bench.code(bench.totes(fo)[0])
    bench.sit(by="Sam", code=f"WXP{bench.station}")
    bench.scan(tote, by="Sam")
    bench.put_on_scale(100)
    assert bench.scan("WXCWEIGH", by="Sam").step == "off"
    turn = bench.scan("WXCYES", by="Sam")

    assert turn.step == "label"
    assert bench.boxes_now()[0].override_by == bench.people["Sam"].id


def test_a_box_on_another_bench_is_taken_over_by_a_second_scan(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")
    tote = bench.code(bench.totes(fo)[0])
    other = bench.a_second_bench()
    bench.sit(by="Ben", code=f"WXP{other}")

    first = bench.scan(tote, by="Ben")
    second = bench.scan(tote, by="Ben")

    assert (first.step, first.say.id, first.say.values["name"]) == (
        "tote",
        "packing.taken_over",
        "Bea",
    )
    assert (second.step, second.progress.done) == ("item", 1)


def test_who_opened_a_tote_before_the_box_was_begun_at_another_bench_is_sent_there(bench):
    [fo] = bench.pick([("MUG", 3)])
    tote = bench.code(bench.totes(fo)[0])
    other = bench.a_second_bench()
    for name, station in (("Bea", bench.station), ("Ben", other)):
        bench.sit(by=name, code=f"WXP{station}")
        assert bench.scan(tote, by=name).step == "item"
    bench.scan("MUG", by="Bea")

    sent = bench.scan("MUG", by="Ben")

    assert (sent.step, sent.say.id, sent.say.values["name"]) == (
        "tote",
        "packing.taken_over",
        "Bea",
    )
    [box] = bench.boxes_now()
    assert (box.station_id, box.packed_by) == (bench.station, bench.people["Bea"].id)
    assert bench.scan("MUG", by="Bea").progress.done == 2

    taken = bench.scan(tote, by="Ben")

    [box] = bench.boxes_now()
    assert (taken.step, taken.progress.done) == ("item", 2)
    assert (box.station_id, box.packed_by) == (other, bench.people["Ben"].id)
    assert bench.scan("MUG", by="Bea").say.id == "packing.taken_over"
    assert bench.scan("MUG", by="Ben").progress.done == 3
    assert bench.broken() == []


def test_where_only_somebody_elses_tote_is_left_it_is_said_whose_and_gone_on_with(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"item"})
    tote = bench.code(bench.totes(fo)[0])

    home = bench.scan("WXCNEXT", by="Ben")
    first = bench.sit(by="Ben")
    again = bench.sees(by="Ben")
    turn = bench.scan(tote, by="Ben")

    told = f"No other tote waits. {tote} is with Bea at Bench 1. If Bea is gone, scan it and go on with it."
    assert (first.step, first.expects, said(first.say), said(again.say)) == ("tote", (), told, told)
    assert said(home.say) == (
        f"Nothing waits. Tote {tote} is with Bea at Bench 1. If Bea is gone, press Pack and scan it."
    )
    assert turn.step == "item"
    assert bench.scan("MUG", by="Ben").progress.done == 1


def test_a_tote_that_was_opened_and_left_is_offered_to_the_next(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.do(picking.open_tote, tote_id=bench.totes(fo)[0])

    turn = bench.sit(by="Ben")

    assert (turn.step, turn.say.id) == ("tote", "packing.left_open")
    assert bench.scan(turn.say.values["tote"], by="Ben").step == "item"


def test_what_is_left_in_a_tote_is_looked_into(bench):
    [fo] = bench.pick([("MUG", 1)])
    tote = bench.code(bench.totes(fo)[0])
    bench.sit()
    bench.pack_on({"label"})
    bench.buy()
    bench.pack_on({"empty"})

    turn = bench.scan("LAMP", by="Bea")

    assert (turn.step, turn.say.id) == ("tote", "packing.left_over")
    assert bench.tote_state(tote) == "problem"
    with bench.database.read() as session:
        [case] = session.scalars(select(ExceptionCase)).all()
        assert (case.kind, case.values["what"]) == ("leftover", "LAMP")


@pytest.mark.parametrize("orders", [[[("MUG", 1)]], [[("MUG", 1)], [("BOWL", 1)]]])
def test_what_was_no_leftover_is_taken_back_and_the_tote_is_free(bench, orders):
    fos = bench.pick(*orders)
    tote = bench.code(bench.totes(fos[0])[0])
    _to_the_empty_tote(bench)
    before = bench.sees()
    bench.scan("LAMP", by="Bea")

    turn = bench.scan("WXCUNDO", by="Bea")

    assert (turn.step, turn.say.id) == ("empty", "packing.undone_leftover")
    assert (bench.tote_state(tote), turn.target, before.step) == ("unpacking", tote, "empty")
    with bench.database.read() as session:
        assert [case.state for case in session.scalars(select(ExceptionCase))] == ["closed"]
    assert bench.scan(tote, by="Bea").say.id == "packing.tote_is_free"
    assert bench.tote_state(tote) == "free"
    assert bench.broken() == []


def test_a_leftover_that_somebody_saw_to_is_not_taken_back(bench):
    [fo] = bench.pick([("MUG", 1)])
    [tote_id] = bench.totes(fo)
    _to_the_empty_tote(bench)
    bench.scan("LAMP", by="Bea")
    bench.do(picking.fix_tote, tote_id=tote_id)

    with pytest.raises(packing.CannotUndo):
        bench.scan("WXCUNDO", by="Bea")

    assert bench.tote_state(bench.code(tote_id)) == "staged"
    with bench.database.read() as session:
        assert [case.state for case in session.scalars(select(ExceptionCase))] == ["open"]


def _to_the_empty_tote(bench):
    """Pack all there is, each order into its box, until the tote has only to be seen empty."""
    bench.sit()
    for _ in range(20):
        turn = bench.pack_on({"label", "empty"})
        if turn.step == "empty":
            return
        bench.buy()
        bench.pack_on({"item", "empty", "tote", "box"})
    raise AssertionError("the tote is never empty")


def test_a_refused_label_is_asked_for_once_more(bench):
    bench.pick([("MUG", 1)])
    bench.sit()
    bench.pack_on({"label"})
    box = bench.boxes_now()[0]
    bench.do(packing.label_refused, package_id=box.id, words={"why": "No such street."})

    turn = bench.sees()
    assert (turn.waits, turn.expects) == (False, ("WXCYES",))
    turn = bench.scan("WXCYES", by="Bea")

    assert (turn.step, turn.waits) == ("label", True)
    with bench.database.read() as session:
        told = session.scalars(
            select(StoredEvent.type).where(
                StoredEvent.type.in_(["packing.PackageWeighed", "packing.LabelAskedAgain"])
            )
        ).all()
        assert sorted(told) == ["packing.LabelAskedAgain", "packing.PackageWeighed"]


def test_a_number_that_was_had_elsewhere_is_told_to_shipping(bench):
    bench.pick([("MUG", 1)])
    bench.sit()
    bench.pack_on({"label"})
    box = bench.boxes_now()[0]
    bench.do(packing.label_wanted_typed, package_id=box.id, words={})

    assert bench.sees().step == "number"
    turn = bench.scan("1Z5550001", by="Bea")
    assert (turn.step, turn.waits) == ("label", True)
    bench.label(box.id, "1Z5550001")

    assert bench.scan("1Z5550001", by="Bea").say.id == "packing.labelled"


def test_somebody_elses_label_is_not_taken(bench):
    bench.pick([("MUG", 1), ("LAMP", 1)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")
    bench.scan("WXCFULL", by="Bea")
    bench.pack_on({"label"})
    bench.label(bench.boxes_now()[0].id, "1Z00000001")

    turn = bench.scan("1Z00000002", by="Bea")

    assert (turn.step, turn.say.id) == ("stick", "packing.not_its_label")


def test_work_in_hand_is_gone_on_with_wherever_somebody_signs_in(bench):
    bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"item"})
    bench.scan("MUG", by="Bea")
    bench.scan("WXCMENU", by="Bea")

    turn = bench.scan("WXCNEXT", by="Bea")

    assert (turn.step, turn.say.id, turn.progress.done) == ("item", "packing.go_on", 1)


def test_a_box_is_unpacked_into_its_tote(bench):
    [fo] = bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"box"})

    bench.scan("WXCUNPACK", by="Bea")
    turn = bench.scan("WXCYES", by="Bea")

    assert (turn.step, turn.say.id) == ("item", "packing.unpacked")
    assert [box.state for box in bench.boxes_now()] == ["void"]
    assert bench.fo_state(fo) == "picked"
    assert bench.pack_on({"label"}).step == "label"


def test_a_bench_without_a_scale_asks_for_grams(sqlite_url):
    database = Database(sqlite_url, listeners())
    bench = PackingBench(database, has_scale=False)
    bench.pick([("MUG", 1)])
    bench.sit()
    turn = bench.sees()
    for _ in range(4):
        if turn.step == "weigh":
            break
        turn = bench.scan(turn.expects[0], by="Bea")

    turn = bench.scan(turn.expects[0], by="Bea")

    assert turn.step == "label"
    assert bench.boxes_now()[0].weighed_by_hand
    database.close()


def test_a_tote_that_somebody_else_emptied_is_let_go_of(bench):
    bench.pick([("MUG", 1)])
    bench.sit()
    bench.pack_on({"label"})
    bench.buy()
    bench.scan(bench.sees().expects[0], by="Bea")
    turn = bench.sees()
    assert turn.step == "empty"

    with bench.database.read() as session:
        tote = session.scalars(select(Location).where(Location.code == turn.expects[0])).one().id
    bench.act(picking.empty_tote, tote_id=tote)
    turn = bench.scan(turn.expects[0], by="Bea")

    assert (turn.step, turn.say.id) == ("tote", "packing.tote_is_gone")
