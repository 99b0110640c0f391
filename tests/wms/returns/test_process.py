"""Returns at the bench, by scans alone: the parcel, what is in it, how it is."""

from datetime import date

import pytest

from tests.kit import NOON, a_lot, a_serial, an_item, an_order, done, held, shelve
from tests.wms.returns.clerk import Clerk
from tests.wms.returns.sending import announced, counted, one, sent, unkept
from wms.app.house import listeners
from wms.cases.tables import ExceptionCase
from wms.catalog import actions as catalog
from wms.catalog.queries import BarcodeKind
from wms.floor.turn import Amount, Order, Tone
from wms.kernel.database import Database
from wms.moving.process import MOVING
from wms.moving.tables import MoveTask
from wms.orders.queries import order as order_row
from wms.packing.tables import Package
from wms.returns.actions import CountedElsewhere
from wms.returns.queries import State


@pytest.fixture
def database(sqlite_url):
    """Both kinds of database would tell the same: the acts are tried on each."""
    database = Database(sqlite_url, listeners())
    yield database
    database.close()


@pytest.fixture
def clerk(database, house):
    """Return a clerk at the returns bench, who has scanned its label."""
    clerk = Clerk(database)
    clerk.work()
    clerk.scan("RET-1")
    return clerk


def number_of(database, order):
    with database.read() as session:
        return order_row(session, order).number


def label_of(database, back):
    return f"WXR{one(database, back).number}"


def last_return(database, clerk):
    assert clerk.stand.ref
    return clerk.stand.ref


def _counts(database, back):
    """Return what counts on the lines of a return on which something counts."""
    return [line for line in counted(database, back) if any(line)]


def test_the_whole_way_of_a_parcel_by_scans(database, house, mug, clerk):
    back = announced(database, sent(database, house, (mug, 2)), 2, reason="Too blue")

    steps = [clerk.turn.step]
    steps += [clerk.scan(code).step for code in (label_of(database, back), "MUG", "MUG", "WXCGOOD")]
    last = clerk.scan("WXCDONE")

    assert steps == ["parcel", "item", "grade", "grade", "item"]
    assert (last.step, last.say.id, last.tone) == ("parcel", "returns.done", Tone.TASK)
    assert counted(database, back) == [(2, 2, 2, 0, 0)]
    assert one(database, back).state is State.DISPOSED
    assert unkept(database) == []


def test_each_step_says_which_codes_would_be_right(database, house, mug, bowl):
    back = announced(database, sent(database, house, (mug, 1), (bowl, 2)), 1, 1)
    label = label_of(database, back)
    clerk = Clerk(database)

    expected = [clerk.work().expects]
    expected += [
        clerk.scan(code).expects for code in ("RET-1", label, "MUG", "WXCOPENED", "BOWL", "WXCGOOD")
    ]

    grades = ("WXCGOOD", "WXCOPENED", "WXCWORN", "WXCSCRAP")
    assert expected == [
        ("RET-1", "BENCH-1"),
        (label, "1Z0000000000000001"),
        ("MUG", "BOWL"),
        grades,
        ("BOWL",),
        grades,
        ("WXCDONE", "BOWL"),
    ]


def test_the_card_says_whose_parcel_it_is_and_what_they_say(database, house, mug, clerk):
    back = announced(database, sent(database, house, (mug, 2)), 2, reason="Too blue")

    turn = clerk.scan(label_of(database, back))

    assert (turn.thing.name, turn.thing.more) == ("Ada Byron", ("Too blue", "MUG × 2"))
    assert turn.progress == Amount(0, 2)


def test_an_order_nobody_announced_is_found_by_its_label_and_its_number(
    database, house, mug, clerk
):
    order = sent(database, house, (mug, 3))

    by_number = clerk.scan(number_of(database, order)).step
    clerk.press(Order.SKIP)
    by_label = clerk.scan(f"WXO{order}").step

    assert (by_number, by_label) == ("item", "item")
    assert one(database, last_return(database, clerk)).order_id == order


def test_a_number_that_is_typed_counts_all_that_lie_there(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 9))), "MUG")

    turn = clerk.press(Order.QUANTITY, 7)
    too_many = clerk.press(Order.QUANTITY, 10)

    assert (turn.amount, too_many.say.id) == (Amount(7, 9), "returns.most_of_it")
    assert held(database, house.bench, mug, "returned_ungraded") == 7


def test_a_case_barcode_counts_what_it_stands_for_and_never_more_than_left(
    database, house, mug, clerk
):
    def box(session):
        catalog.add_barcode(
            session,
            item_id=mug,
            code="4006381333931",
            quantity_per_scan=6,
            kind=BarcodeKind.CASE,
            by=1,
            at=NOON,
        )

    order = sent(database, house, (mug, 9))
    done(database, box)
    clerk.scan(number_of(database, order))

    first = clerk.scan("4006381333931")
    second = clerk.scan("4006381333931")

    assert (first.amount, second.say.id) == (Amount(6, 9), "returns.scan_single")


def test_nobody_knows_the_parcel_so_it_is_taken_in_blind(database, house, mug, clerk):
    unknown = clerk.scan("1Z999AA10123456784")
    begun = clerk.scan("WXCNO")
    clerk.scan("MUG", "WXCGOOD", "WXCDONE")

    assert (unknown.say.id, unknown.expects[0], begun.step) == (
        "returns.none_found",
        "WXCNO",
        "item",
    )
    assert held(database, house.bench, mug, "quarantine") == 1
    with database.read() as session:
        [case] = session.query(ExceptionCase)
        assert (case.kind, case.values["code"]) == ("blind_return", "1Z999AA10123456784")
    assert unkept(database) == []


def test_another_code_on_the_parcel_may_be_the_right_one(database, house, mug, clerk):
    order = sent(database, house, (mug, 1))

    clerk.scan("1Z999AA10123456784")

    assert clerk.scan(number_of(database, order)).step == "item"


def test_a_parcel_without_any_label_is_taken_in_too(database, house, mug, clerk):
    assert clerk.press(Order.UNREADABLE).step == "item"


def test_no_is_no_answer_before_anything_was_asked(database, house, mug, clerk):
    assert clerk.press(Order.NO).step == "parcel"


def test_an_order_that_did_not_leave_the_house_is_told(database, house, mug, clerk):
    number = number_of(database, an_order(database, (mug, 1)))

    turn = clerk.scan(number)

    assert (turn.step, turn.say.id, turn.tone) == (
        "parcel",
        "returns.not_shipped",
        Tone.ATTENTION,
    )


def test_what_is_all_back_is_told(database, house, mug, clerk):
    number = number_of(database, sent(database, house, (mug, 1)))
    clerk.scan(number, "MUG", "WXCSCRAP", "WXCDONE")

    assert clerk.scan(number).say.id == "returns.all_back"


def test_a_thing_of_another_order_is_asked_about_and_set_aside(database, house, mug, bowl, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))))

    asked = clerk.scan("BOWL")
    aside = clerk.scan("WXCYES")

    assert (asked.step, asked.say.id, asked.expects) == (
        "foreign",
        "returns.foreign",
        ("WXCYES", "WXCNO"),
    )
    assert (aside.step, held(database, house.bench, bowl, "quarantine")) == ("item", 1)
    assert unkept(database) == []


def test_the_same_scan_again_means_yes(database, house, mug, bowl, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))), "BOWL", "BOWL")

    assert held(database, house.bench, bowl, "quarantine") == 1


def test_no_leaves_a_foreign_thing_in_the_parcel(database, house, mug, bowl, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))), "BOWL")

    turn = clerk.scan("WXCNO")

    assert (turn.step, held(database, house.bench, bowl, "quarantine")) == ("item", 0)


def test_one_too_many_is_asked_about_while_the_others_wait_for_their_grade(
    database, house, mug, clerk
):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))), "MUG")

    asked = clerk.scan("MUG")
    aside = clerk.scan("WXCYES")

    assert (asked.say.id, aside.step) == ("returns.too_many", "grade")
    assert held(database, house.bench, mug, "quarantine") == 1
    assert held(database, house.bench, mug, "returned_ungraded") == 1
    assert unkept(database) == []


def test_a_wrong_item_is_a_flag_and_not_a_grade(database, house, mug, clerk):
    order = sent(database, house, (mug, 2))
    clerk.scan(number_of(database, order), "MUG")

    turn = clerk.press(Order.WRONG_ITEM)

    assert (turn.step, held(database, house.bench, mug, "quarantine")) == ("item", 1)
    assert turn.thing.more[-1] == "MUG × 2"
    assert unkept(database) == []


def test_a_thing_nobody_knows_is_laid_aside_for_a_lead(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))))

    told = clerk.scan("WHAT-IS-THIS")
    asked = clerk.press(Order.WRONG_ITEM)

    assert (told.say.id, asked.say.id) == ("returns.unknown_thing", "returns.lead_asked")
    with database.read() as session:
        [case] = session.query(ExceptionCase)
        assert (case.kind, case.values["code"]) == ("unknown_thing_back", "WHAT-IS-THIS")


def test_undo_goes_back_scan_by_scan(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 3))), "MUG", "MUG", "WXCGOOD")

    turns = [clerk.press(Order.UNDO) for _ in range(4)]

    assert [(turn.step, turn.say.id) for turn in turns] == [
        ("grade", "returns.undone_grade"),
        ("grade", "returns.undone_scan"),
        ("item", "returns.undone_scan"),
        ("item", "returns.nothing_to_undo"),
    ]
    assert held(database, house.bench, mug, "returned_ungraded") == 0
    assert unkept(database) == []


def test_undo_of_not_right_lays_the_units_before_the_clerk_again(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 3))), "MUG", "MUG")
    back = last_return(database, clerk)
    before = (clerk.again(), _counts(database, back), held(database, house.bench, mug))
    clerk.press(Order.WRONG_ITEM)
    flagged = held(database, house.bench, mug, "quarantine")

    turn = clerk.press(Order.UNDO)

    assert (flagged, turn.step, turn.say.id) == (2, "grade", "returns.undone_flag")
    assert (clerk.again(), _counts(database, back), held(database, house.bench, mug)) == before
    assert held(database, house.bench, mug, "returned_ungraded") == 2
    assert held(database, house.bench, mug, "quarantine") == 0
    with database.read() as session:
        assert {task.state for task in session.query(MoveTask)} == {"cancelled"}
        assert [case.state for case in session.query(ExceptionCase)] == ["closed"]
    assert [clerk.scan(code).step for code in ("WXCGOOD", "WXCDONE")] == ["item", "parcel"]
    assert unkept(database) == []


def test_undo_of_what_was_set_aside_puts_it_back_into_the_parcel(database, house, mug, bowl, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))), "MUG", "WXCOPENED")
    back = last_return(database, clerk)
    before = (clerk.again(), _counts(database, back))
    clerk.scan("BOWL", "WXCYES")

    turn = clerk.press(Order.UNDO)

    assert (turn.step, turn.say.id) == ("item", "returns.undone_scan")
    assert (clerk.again(), _counts(database, back)) == before
    assert held(database, house.bench, bowl, "quarantine") == 0
    with database.read() as session:
        assert [case.state for case in session.query(ExceptionCase)] == ["closed"]
    assert unkept(database) == []


def test_the_case_stays_as_long_as_one_thing_is_set_aside(database, house, mug, bowl, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))), "BOWL", "WXCYES")
    clerk.scan("MUG")
    clerk.press(Order.WRONG_ITEM)

    clerk.press(Order.UNDO)

    with database.read() as session:
        assert [case.state for case in session.query(ExceptionCase)] == ["open"]
    assert held(database, house.bench, bowl, "quarantine") == 1
    assert unkept(database) == []


def test_what_another_parcel_brought_meanwhile_is_not_counted_twice(database, house, mug, clerk):
    number = number_of(database, sent(database, house, (mug, 1)))
    clerk.scan(number, "MUG")
    clerk.press(Order.WRONG_ITEM)
    other = Clerk(database, by=house.people["Sam"].id)
    other.work()
    other.scan("RET-1", number, "MUG")

    with pytest.raises(CountedElsewhere):
        clerk.press(Order.UNDO)

    assert held(database, house.bench, mug, "quarantine") == 1
    assert unkept(database) == []


def test_an_empty_parcel_is_asked_about(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))))

    asked = clerk.scan("WXCDONE")
    over = clerk.scan("WXCYES")

    assert (asked.step, over.step, over.say.id) == ("empty", "parcel", "returns.was_empty")
    assert unkept(database) == []


def test_while_something_has_no_grade_nothing_else_goes_on(database, house, mug, bowl, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1), (bowl, 1))), "MUG")

    turns = [clerk.scan("BOWL"), clerk.scan("WXCDONE"), clerk.scan("RET-1")]

    assert [(turn.step, turn.tone) for turn in turns] == [("grade", Tone.WRONG)] * 3


def test_another_parcel_waits_until_this_one_is_done(database, house, mug, clerk):
    number = number_of(database, sent(database, house, (mug, 1)))
    clerk.scan(number)

    assert clerk.scan(number_of(database, sent(database, house, (mug, 1)))).say.id == (
        "returns.finish_first"
    )


def test_somebody_else_takes_the_parcel_over_and_the_first_is_told(
    database, house, mug, clerk, people
):
    number = number_of(database, sent(database, house, (mug, 2)))
    clerk.scan(number, "MUG")
    other = Clerk(database, people[1])
    other.work()
    other.scan("RET-1", label_of(database, last_return(database, clerk)))

    turn = clerk.scan("WXCGOOD")

    assert (turn.step, turn.say.id, turn.tone) == (
        "parcel",
        "returns.taken_away",
        Tone.STOPPED,
    )
    assert (other.turn.step, other.turn.amount) == ("grade", Amount(1, 2))


def test_a_second_parcel_of_the_same_order_is_a_return_of_its_own(
    database, house, mug, clerk, people
):
    number = number_of(database, sent(database, house, (mug, 2)))
    clerk.scan(number, "MUG")
    other = Clerk(database, people[1])
    other.work()
    other.scan("RET-1", number, "MUG")

    assert (clerk.stand.ref, other.stand.ref) == (1, 2)
    assert (clerk.scan("WXCGOOD").step, other.scan("WXCSCRAP").step) == ("item", "item")
    assert unkept(database) == []


def test_a_clerk_who_comes_back_goes_on_with_the_parcel_in_hand(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 2))), "MUG")

    assert clerk.again() == clerk.turn.__class__(
        **{**vars(clerk.turn), "say": None, "tone": Tone.QUIET}
    )


def test_a_parcel_is_found_by_the_label_it_left_with(database, house, mug, clerk):
    order = sent(database, house, (mug, 1))
    [label] = [box.label_code for box in boxes_of(database)]

    clerk.scan(label)

    assert one(database, last_return(database, clerk)).order_id == order


def boxes_of(database):
    with database.read() as session:
        return list(session.query(Package))


@pytest.fixture
def milk(database, house):
    item = an_item(database, "MILK", tracks_lots=True)
    shelve(database, item, house.shelf, 5, lot_id=a_lot(database, item, "L7"))
    return item


def test_the_only_lot_that_left_is_not_asked_for(database, house, milk, clerk):
    clerk.scan(number_of(database, sent(database, house, (milk, 2))))

    taken = clerk.scan("MILK")

    assert (taken.step, taken.amount) == ("grade", Amount(1, 2))
    assert unkept(database) == []


def test_a_lot_nobody_can_read_is_called_by_the_return(database, house, milk, clerk):
    clerk.scan("1Z999AA10123456784", "WXCNO", "MILK", "WXCNO")

    assert clerk.turn.step == "grade"
    assert held(database, house.bench, milk, "returned_ungraded") == 1
    assert unkept(database) == []


def test_a_unit_of_a_lot_nobody_can_read_is_never_sold_as_one_that_keeps(database, house, clerk):
    milk = an_item(database, "MILK", tracks_lots=True)
    for code, units in (("L7", 1), ("L8", 4)):
        lot = a_lot(database, milk, code, expires_on=date(2026, 6, 1))
        shelve(database, milk, house.shelf, units, lot_id=lot)

    asked = clerk.scan(number_of(database, sent(database, house, (milk, 5))), "MILK")
    foreign = clerk.scan("WXCNO")
    aside = clerk.scan("WXCYES")

    assert (asked.step, asked.expects) == ("lot", ("L7", "L8", "WXCNO"))
    assert (foreign.step, foreign.say.id) == ("foreign", "returns.unread_lot")
    assert (aside.step, aside.say.id) == ("item", "returns.set_aside")
    assert held(database, house.bench, milk, "quarantine") == 1
    assert held(database, house.bench, milk, "returned_ungraded") == 0
    assert unkept(database) == []


def test_a_single_piece_comes_back_by_its_number(database, house, clerk):
    lamp = an_item(database, "TORCH", tracks_serials=True)
    serial = a_serial(database, lamp, "S-1")
    shelve(database, lamp, house.shelf, 1, serial_id=serial)
    order = sent(database, house, (lamp, 1))

    asked = clerk.scan(number_of(database, order), "TORCH")
    other = clerk.scan("S-9")
    clerk.scan("WXCNO", "TORCH", "s-1")

    assert (asked.step, asked.expects) == ("serial", ("S-1", "WXCNO"))
    assert (other.step, other.say.id) == ("foreign", "returns.other_serial")
    assert clerk.turn.step == "grade"
    assert unkept(database) == []


def test_what_is_like_new_is_carried_to_a_shelf_by_scans(database, house, mug, clerk):
    clerk.scan(number_of(database, sent(database, house, (mug, 1))), "MUG", "WXCGOOD", "WXCDONE")
    before = held(database, house.shelf, mug)
    carrier = Clerk(database, process=MOVING)

    turn = carrier.work()
    while turn.step:
        turn = carrier.scan(turn.expects[0])
        if not carrier.stand.process:
            break

    assert held(database, house.shelf, mug) == before + 1
    assert held(database, house.bench, mug) == 0
    assert unkept(database) == []
