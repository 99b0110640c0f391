"""Counting at the tablet: scan the bin, scan what is there, done; and never a word of what the book says."""

import json
from dataclasses import replace

import pytest

from tests.kit import NOON, TESTER, a_lot, a_serial, an_item, done, held, shelve
from tests.visitors import open_app
from tests.wms.counting.counters import UWE, VERA, ask, do, minute, row, unwell
from wms.catalog import actions as catalog
from wms.codes.queries import resolve
from wms.counting import actions
from wms.counting.process import COUNTING, as_set
from wms.counting.rules import Tolerance
from wms.floor.plain import to_plain
from wms.floor.process import Stand, Worker
from wms.floor.turn import Heard, Order, Tone


class Tablet:
    """One person at a tablet; scans and buttons, each an act of its own."""

    def __init__(self, database, by=UWE, at=None):
        self.database, self.worker = database, Worker(by, f"Person {by}", frozenset({"picker"}))
        self.stand, self.turn, self.at = Stand("", "home"), None, at or minute(5)

    def work(self):
        got = do(
            self.database,
            lambda s: COUNTING.begin(s, self.worker, self.at),
            by=self.worker.id,
            at=self.at,
        )
        return self._stands(got) if got else None

    def scan(self, code):
        def act(session):
            heard = Heard(code, resolve(session, code), occurred_at=self.at)
            return COUNTING.hear(session, self.worker, self.stand, heard, self.at)

        return self._stands(do(self.database, act, by=self.worker.id, at=self.at))

    def press(self, order, quantity=None):
        heard = Heard("", order=order, quantity=quantity, occurred_at=self.at)
        return self._stands(
            do(
                self.database,
                lambda s: COUNTING.hear(s, self.worker, self.stand, heard, self.at),
                by=self.worker.id,
                at=self.at,
            )
        )

    def _stands(self, got):
        self.stand, self.turn = got
        json.dumps(self.stand.data)
        return self.turn


@pytest.fixture
def tablet(database, people):
    return Tablet(database)


def test_a_bin_is_counted_by_scanning_each_unit(database, tablet, mug, upper):
    shelve(database, mug, upper, 2)
    number = ask(database, upper)

    first = tablet.work()
    tablet.scan("A-01")
    tablet.scan("MUG")
    second = tablet.scan("MUG")
    last = tablet.press(Order.DONE)

    assert (first.step, first.target) == ("place", "A-01")
    assert (second.say.id, second.say.values) == (
        "counting.so_far",
        {"counted": 2, "item": "MUG"},
    )
    assert (last.say.id, last.tone, tablet.stand.process) == ("counting.thanks", Tone.TASK, "")
    assert row(database, number).state == "posted"
    assert unwell(database) == []


def test_nothing_on_the_screen_tells_what_the_book_says(database, tablet, mug, upper):
    shelve(database, mug, upper, 7423)
    ask(database, upper, "short")
    seen = [tablet.work(), tablet.scan("A-01"), tablet.scan("MUG")]
    seen += [tablet.press(Order.QUANTITY, 3), tablet.press(Order.DONE)]

    assert not any("7423" in json.dumps(to_plain(turn)) for turn in seen)
    assert all(turn.amount is None for turn in seen)
    assert not any("MUG" in json.dumps(to_plain(turn)) for turn in seen[:2])


def test_a_typed_number_stands_for_the_scan_before_it(database, tablet, mug, upper):
    shelve(database, mug, upper, 30)
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")

    tablet.scan("MUG")
    tablet.press(Order.QUANTITY, 12)
    tablet.scan("MUG")
    turn = tablet.press(Order.QUANTITY, 18)

    assert turn.say.values["counted"] == 30


def test_a_case_counts_what_is_in_it(database, tablet, mug, upper):
    done(
        database,
        lambda s: (
            catalog.add_barcode(
                s, item_id=mug, code="CASE12", quantity_per_scan=12, kind="case", by=TESTER, at=NOON
            )
            and None
        ),
    )
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")

    assert tablet.scan("CASE12").say.values["counted"] == 12


def test_scans_are_taken_back_one_after_the_other(database, tablet, mug, upper):
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")
    tablet.scan("MUG")
    tablet.scan("MUG")

    once = tablet.press(Order.UNDO)
    twice = tablet.press(Order.UNDO)
    thrice = tablet.press(Order.UNDO)

    assert [turn.say.id for turn in (once, twice, thrice)] == [
        "counting.taken_back",
        "counting.taken_back",
        "counting.nothing_to_undo",
    ]
    assert tablet.press(Order.DONE).say.id == "counting.scan_or_empty"


def test_an_empty_bin_is_said_to_be_empty(database, tablet, upper):
    number = ask(database, upper)
    tablet.work()
    tablet.scan("A-01")

    assert tablet.press(Order.DONE).tone is Tone.WRONG
    tablet.press(Order.EMPTY)

    assert row(database, number).state == "posted"


def test_a_bin_with_counted_units_is_not_empty(database, tablet, mug, upper):
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")
    tablet.scan("MUG")

    assert tablet.press(Order.EMPTY).say.id == "counting.not_empty"


def test_the_wrong_bin_is_told_where_to_go(database, tablet, upper, lower):
    ask(database, upper)
    tablet.work()

    turn = tablet.scan("A-02")

    assert (turn.say.id, turn.tone) == ("counting.wrong_place", Tone.WRONG)
    assert turn.say.values == {"here": "A-02", "there": "A-01"}


def test_the_lot_is_asked_for(database, tablet, upper):
    cheese = an_item(database, "CHEESE", tracks_lots=True)
    lot = a_lot(database, cheese, "L1")
    shelve(database, cheese, upper, 1, lot_id=lot)
    number = ask(database, upper)
    tablet.work()
    tablet.scan("A-01")

    asked = tablet.scan("CHEESE")
    tablet.scan("L1")
    tablet.press(Order.DONE)

    assert (asked.step, asked.expects) == ("lot", ("L1",))
    assert row(database, number).state == "posted"
    assert held(database, upper, cheese) == 1


def test_a_piece_is_counted_once(database, tablet, upper):
    phone = an_item(database, "PHONE", tracks_serials=True)
    shelve(database, phone, upper, 1, serial_id=a_serial(database, phone, "S1"))
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")
    tablet.scan("PHONE")
    tablet.scan("S1")
    tablet.scan("PHONE")

    assert tablet.scan("S1").say.id == "counting.counted_already"
    assert tablet.press(Order.QUANTITY, 3).say.id == "counting.pieces_one_by_one"


def test_a_second_count_goes_to_somebody_else(database, tablet, mug, upper):
    shelve(database, mug, upper, 9)
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")
    tablet.scan("MUG")
    told = tablet.press(Order.DONE)

    again, other = tablet.work(), Tablet(database, VERA).work()

    assert told.say.id == "counting.somebody_recounts"
    assert again is None
    assert (other.target, other.title.id) == ("A-01", "counting.recount")


def test_a_count_left_for_later_comes_after_the_others(database, tablet, upper, lower):
    ask(database, upper)
    ask(database, lower)
    first = tablet.work()

    second = tablet.press(Order.SKIP)

    assert (first.target, second.target) == ("A-01", "A-02")


def test_who_comes_back_goes_on_where_they_were(database, tablet, mug, upper):
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")
    tablet.scan("MUG")

    shown = do(database, lambda s: COUNTING.show(s, tablet.worker, tablet.stand, tablet.at), by=UWE)

    assert (shown.step, shown.thing.code, shown.thing.more) == ("things", "MUG", ("× 1",))


def test_a_count_that_ran_out_is_no_longer_theirs(database, tablet, mug, upper):
    ask(database, upper)
    tablet.work()
    tablet.scan("A-01")
    do(database, lambda s: actions.release_overdue(s, by=0, at=minute(90)), by=0, at=minute(90))
    Tablet(database, VERA, minute(91)).work()

    turn = tablet.scan("MUG")

    assert (turn.tone, tablet.stand.process) == (Tone.STOPPED, "")


def test_the_tile_says_how_many_wait(database, tablet, upper, lower):
    ask(database, upper)
    ask(database, lower)
    tablet.work()

    with database.read() as session:
        waiting = COUNTING.waiting(session, tablet.worker, tablet.at)

    assert (waiting.count, waiting.mine) == (2, True)


def test_the_house_says_how_far_a_count_may_be_off(lite_house):
    settings = lite_house.settings.model_copy(
        update={"count_tolerance_units": 3, "count_tolerance_percent": 0}
    )
    app = open_app(replace(lite_house, settings=settings))

    with app.app_context():
        inside = as_set()

    assert (inside, as_set()) == (Tolerance(3, 0), Tolerance(1, 1))
