"""Moving at the tablet: go there, scan what you take, bring it where it belongs."""

import json
from datetime import timedelta

import pytest

from tests.kit import NOON, held, shelve
from tests.wms.moving.test_actions import all_is_well, row, wish
from tests.wms.stock.test_correcting import promise
from wms.codes.queries import resolve
from wms.floor.actions import scan
from wms.floor.plain import from_plain
from wms.floor.process import Floor, Stand, Worker
from wms.floor.turn import Heard, Order, Tone
from wms.kernel.commands import command
from wms.moving import actions
from wms.moving.process import MOVING


class AtHome:
    """Somebody at a tablet that knows no other work than moving, from home and back."""

    floor = Floor({"moving": MOVING})

    def __init__(self, database, by):
        self.database, self.worker = database, Worker(by, "Mia", frozenset({"picker"}))

    def does(self, code="", **more):
        told = self.database.write(
            command("floor.scan", by=self.worker.id, at=NOON),
            lambda s: scan(s, self.floor, worker=self.worker, code=code, **more, at=NOON),
        ).value
        return from_plain(told["turn"])

    def carries(self, *codes):
        """Get a move and do it by scans."""
        self.does(order=Order.WORK)
        for code in codes[:-1]:
            self.does(code)
        return self.does(codes[-1])


class Tablet:
    """One person at a tablet; scans and buttons, each an act of its own."""

    def __init__(self, database, by=1, at=NOON):
        self.database, self.worker = database, Worker(by, f"Person {by}", frozenset({"picker"}))
        self.stand, self.turn, self.at = Stand("", "home"), None, at

    def work(self):
        got = self._do(lambda s: MOVING.begin(s, self.worker, self.at))
        return self._stands(got) if got else None

    def scan(self, code, *, is_late=False):
        def act(session):
            heard = Heard(code, resolve(session, code), is_late=is_late)
            return MOVING.hear(session, self.worker, self.stand, heard, self.at)

        return self._stands(self._do(act))

    def press(self, order, quantity=None):
        heard = Heard("", order=order, quantity=quantity)
        return self._stands(
            self._do(lambda s: MOVING.hear(s, self.worker, self.stand, heard, self.at))
        )

    def _do(self, act):
        return self.database.write(command("test", by=self.worker.id, at=self.at), act).value

    def _stands(self, got):
        self.stand, self.turn = got
        json.dumps(self.stand.data)
        return self.turn


@pytest.fixture
def tablet(database, people):
    return Tablet(database, people[0])


@pytest.fixture
def task(database, here, mug, upper, lower, tote):
    shelve(database, mug, tote, 2)
    return wish(database, tote, mug, 2, target_id=upper)


def test_a_move_is_done_by_scanning_place_item_and_place(database, tablet, task, mug, upper):
    turns = [tablet.work(), tablet.scan("T-1"), tablet.scan("MUG"), tablet.scan("MUG")]
    last = tablet.scan("A-01")

    assert [(turn.step, turn.target) for turn in turns] == [
        ("source", "T-1"),
        ("item", "MUG"),
        ("item", "MUG"),
        ("target", "A-01"),
    ]
    assert (last.say.id, last.tone, tablet.stand.process) == ("moving.done", Tone.TASK, "")
    assert held(database, upper, mug) == 2
    assert all_is_well(database) == []


def test_each_step_says_what_would_be_right(tablet, task):
    turns = [tablet.work(), tablet.scan("T-1"), tablet.scan("MUG"), tablet.scan("MUG")]

    assert [turn.expects for turn in turns] == [("T-1",), ("MUG",), ("MUG",), ("A-01",)]


def test_many_are_typed_after_one_was_scanned(tablet, task):
    tablet.work()
    tablet.scan("T-1")

    early = tablet.press(Order.QUANTITY, 2)
    tablet.scan("MUG")
    typed = tablet.press(Order.QUANTITY, 2)

    assert (early.tone, typed.step) == (Tone.WRONG, "target")


def test_too_many_are_put_back(tablet, task):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")

    turn = tablet.press(Order.QUANTITY, 3)

    assert (turn.say.id, turn.amount.done) == ("moving.too_many_taken", 1)


def test_the_wrong_place_and_the_wrong_item_are_told_what_to_do(tablet, task):
    tablet.work()

    place = tablet.scan("A-02")
    tablet.scan("T-1")
    item = tablet.scan("A-02")

    assert (place.say.id, place.say.values) == (
        "moving.wrong_place",
        {"here": "A-02", "there": "T-1"},
    )
    assert (item.say.id, item.tone) == ("moving.scan_the_item", Tone.WRONG)


def test_another_bin_is_scanned_twice(database, tablet, task, mug, lower):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")
    tablet.scan("MUG")

    asked = tablet.scan("A-02")
    tablet.scan("A-02")

    assert (asked.say.id, asked.tone) == ("moving.other_place", Tone.ATTENTION)
    assert held(database, lower, mug) == 2
    assert row(database, task).state == "done"


def test_undo_puts_everything_back_where_it_came_from(database, tablet, task, mug, tote):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")
    tablet.scan("MUG")

    turn = tablet.press(Order.UNDO)

    assert (turn.step, turn.say.id) == ("source", "moving.put_back_there")
    assert held(database, tote, mug) == 2
    assert all_is_well(database) == []


def test_fewer_are_taken_as_they_are(database, tablet, task, mug, upper):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")

    turn = tablet.press(Order.SHORT)
    tablet.scan("A-01")

    assert (turn.say.id, turn.step) == ("moving.fewer", "target")
    assert (held(database, upper, mug), row(database, task).moved) == (1, 1)


def test_nothing_there_ends_the_move(database, tablet, task):
    tablet.work()
    tablet.scan("T-1")

    turn = tablet.press(Order.EMPTY)

    assert turn.say.id == "moving.nothing_there"
    assert (row(database, task).state, row(database, task).moved) == ("done", 0)


def test_elsewhere_leads_to_another_bin(tablet, task):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")
    tablet.scan("MUG")

    turn = tablet.press(Order.FULL)

    assert turn.target == "A-02"


def test_what_is_skipped_comes_after_the_others(database, tablet, task, mug, lower, upper):
    shelve(database, mug, lower, 1)
    wish(database, lower, mug, 1)
    first = tablet.work()

    second = tablet.press(Order.SKIP)
    third = tablet.press(Order.SKIP)

    assert (first.target, second.target) == ("T-1", "A-02")
    assert (third.say.id, tablet.stand.process) == ("moving.skipped", "")


def test_a_cancelled_move_turns_the_next_scan_purple(database, tablet, task):
    tablet.work()
    database.write(
        command("test", by=1, at=NOON),
        lambda s: actions.cancel(s, move_task_id=task, by=1, at=NOON) and None,
    )

    turn = tablet.scan("T-1")

    assert (turn.say.id, turn.tone, tablet.stand.process) == (
        "moving.taken_away",
        Tone.STOPPED,
        "",
    )


def test_who_comes_back_goes_on_with_what_is_in_hand(database, people, tablet, task):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")
    tablet.scan("MUG")

    other_tablet = Tablet(database, people[0], NOON + timedelta(hours=2))

    assert (other_tablet.work().step, other_tablet.turn.target) == ("target", "A-01")


def test_a_lease_that_ran_out_is_taken_again_by_the_next_scan(database, tablet, task):
    tablet.work()
    later = NOON + timedelta(hours=1)
    database.write(
        command("test", by=1, at=later),
        lambda s: actions.release_overdue(s, by=0, at=later),
    )

    assert tablet.scan("T-1").step == "item"


def test_the_tile_says_how_many_wait(database, tablet, task):
    tablet.work()

    with database.read() as session:
        waiting = MOVING.waiting(session, tablet.worker, NOON)

    assert (waiting.count, waiting.mine) == (1, True)


def test_the_screen_can_be_shown_again(database, tablet, task):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG")

    with database.read() as session:
        turn = MOVING.show(session, tablet.worker, tablet.stand, NOON)

    assert (turn.step, turn.amount.done, turn.amount.of) == ("item", 1, 2)


def test_what_was_picked_offline_is_booked(database, tablet, task, mug, tote, upper):
    tablet.work()
    tablet.scan("T-1")
    tablet.scan("MUG", is_late=True)
    tablet.scan("MUG", is_late=True)

    assert (row(database, task).lifted, held(database, tote, mug)) == (2, 0)


def carried(tablet, *codes):
    """Do one move after the other by scans: from where it lies to where it goes."""
    for source, target in codes:
        tablet.scan(source)
        tablet.scan("MUG")
        tablet.press(Order.QUANTITY, 2)
        tablet.scan(target)


def test_what_was_put_down_last_is_taken_up_again_and_the_next_move_waits(
    database, tablet, mug, upper, lower, tote, task
):
    shelve(database, mug, lower, 1)
    other = wish(database, lower, mug, 1, target_id=upper)
    tablet.work()
    carried(tablet, ("T-1", "A-01"))
    next_one = tablet.stand.ref

    turn = tablet.press(Order.UNDO)

    assert next_one == other
    assert (turn.step, turn.say.id, turn.expects) == ("target", "moving.undone_drop", ("A-01",))
    assert turn.say.values == {"quantity": 2, "item": "MUG", "place": "A-01"}
    assert (turn.amount.done, tablet.stand.ref) == (2, task)
    assert (row(database, task).state, row(database, task).moved) == ("in_hand", 0)
    assert row(database, task).ended_at is None
    assert (row(database, other).state, row(database, other).worker_id) == ("queued", None)
    assert held(database, upper, mug) == 0
    assert all_is_well(database) == []

    tablet.scan("A-02")
    turn = tablet.scan("A-02")

    assert (turn.step, tablet.stand.ref) == ("source", other)
    assert (held(database, lower, mug), row(database, task).state) == (3, "done")
    assert all_is_well(database) == []


def test_drops_are_taken_back_one_after_the_other_ten_deep(database, tablet, mug, upper, tote):
    shelve(database, mug, tote, 24)
    tasks = [wish(database, tote, mug, 2, target_id=upper) for _ in range(12)]
    tablet.work()
    carried(tablet, *[("T-1", "A-01")] * 11)

    for done in reversed(tasks[1:11]):
        assert tablet.press(Order.UNDO).step == "target"
        assert tablet.stand.ref == done
        assert tablet.press(Order.UNDO).step == "source"
    with pytest.raises(actions.NothingToUndo):
        tablet.press(Order.UNDO)

    assert (held(database, upper, mug), held(database, tote, mug)) == (2, 22)
    assert all_is_well(database) == []


def test_what_others_took_away_or_wait_for_stays_where_it_lies(
    database, here, tablet, mug, upper, lower, tote, task
):
    shelve(database, mug, lower, 1)
    wish(database, lower, mug, 1, target_id=upper)
    tablet.work()
    carried(tablet, ("T-1", "A-01"))
    before = tablet.stand
    promise(database, here, mug, 2)

    with pytest.raises(actions.CannotUndo):
        tablet.press(Order.UNDO)

    assert (tablet.stand, held(database, upper, mug)) == (before, 2)
    assert row(database, task).state == "done"
    assert all_is_well(database) == []


def test_nothing_was_put_down_so_nothing_is_taken_up(database, tablet, mug, task):
    tablet.work()

    with pytest.raises(actions.NothingToUndo):
        tablet.press(Order.UNDO)

    assert row(database, task).worker_id == tablet.worker.id


def test_everybody_takes_up_only_their_own(database, people, tablet, mug, lower, upper, task):
    shelve(database, mug, lower, 1)
    wish(database, lower, mug, 1, target_id=upper)
    tablet.work()
    carried(tablet, ("T-1", "A-01"))
    tablet.scan("A-02")
    tablet.press(Order.SKIP)
    other = Tablet(database, people[1])
    other.work()

    with pytest.raises(actions.NothingToUndo):
        other.press(Order.UNDO)

    assert held(database, upper, mug) == 2


def test_at_home_the_last_move_is_taken_up_again(database, people, task, mug, upper, tote):
    mia = AtHome(database, people[0])
    home = mia.carries("T-1", "MUG", "MUG", "A-01")

    turn = mia.does(order=Order.UNDO)

    assert (home.process, home.say.id) == ("", "moving.done")
    assert [button.order for button in home.buttons] == [Order.UNDO]
    assert (turn.process, turn.step, turn.say.id) == ("moving", "target", "moving.undone_drop")
    assert (row(database, task).state, held(database, upper, mug)) == ("in_hand", 0)
    turns = [mia.does(order=Order.UNDO), mia.does("T-1"), mia.does("MUG"), mia.does("MUG")]
    assert turns[0].say.id == "moving.put_back_there"
    assert mia.does("A-01").say.id == "moving.done"
    assert held(database, upper, mug) == 2
    assert all_is_well(database) == []


def test_the_last_move_can_be_taken_back_after_a_look_at_something_else(
    database, people, task, mug, upper
):
    mia = AtHome(database, people[0])
    mia.carries("T-1", "MUG", "MUG", "A-01")

    turns = [
        mia.does("MUG"),
        mia.does("nothing like it"),
        mia.does(order=Order.SKIP),
        mia.does(order=Order.MENU),
        mia.does(order=Order.WORK),
    ]

    assert {turn.process for turn in turns} == {""}
    assert [[button.order for button in turn.buttons] for turn in turns] == [[Order.UNDO]] * 5
    assert mia.does("WXCUNDO").say.id == "moving.undone_drop"
    assert all_is_well(database) == []


def test_at_home_nothing_is_taken_back_that_went_on_since(database, here, people, task, mug, upper):
    mia = AtHome(database, people[0])
    mia.carries("T-1", "MUG", "MUG", "A-01")
    promise(database, here, mug, 2)

    with pytest.raises(actions.CannotUndo):
        mia.does(order=Order.UNDO)

    assert held(database, upper, mug) == 2


def test_whoever_put_nothing_down_has_nothing_to_take_back_at_home(database, people, task):
    mia = AtHome(database, people[0])

    home = mia.carries("T-1", "WXCEMPTY")

    assert (home.process, home.buttons) == ("", ())
    assert mia.does(order=Order.UNDO).say.id == "floor.take_work_first"
