"""Goods that come back: announced, taken in, graded, taken back, finished."""

import pytest
from sqlalchemy import select

from tests.kit import TESTER, a_bin, a_lot, an_item, held, promisable, shelve
from tests.wms.returns.sending import (
    Advised,
    act,
    announced,
    begun,
    counted,
    line_ids,
    one,
    sent,
    taken,
    units,
    unkept,
)
from wms.cases.tables import ExceptionCase
from wms.counting import actions as counting
from wms.counting import queries as counts
from wms.kernel.lifecycle import NotNow
from wms.moving import actions as moving
from wms.moving import queries as moves
from wms.returns import actions
from wms.returns.actions import Goods
from wms.returns.grades import Grade
from wms.returns.queries import State, owing
from wms.stock import actions as stock
from wms.stock.actions import GradedOnTheReturn
from wms.stock.moves import Pile, StockStatus
from wms.stock.tables import StockMove


def grade(database, back, grade):
    act(database, actions.grade, return_id=back, grade=grade)


def finish(database, back):
    act(database, actions.finish, return_id=back)


def undo(database, back):
    act(database, actions.undo, return_id=back)


def reverse_one(session, *, move_id, by, at):
    stock.reverse(session, [move_id], by=by, at=at)


def open_moves(database):
    with database.read() as session:
        return moves.tasks(session, moves.TasksAsked(open_only=True), limit=50).rows


def counts_waiting(database):
    with database.read() as session:
        return counts.waiting(session, TESTER)


def cases(database):
    with database.read() as session:
        return [case.kind for case in session.query(ExceptionCase).order_by(ExceptionCase.id)]


def test_what_comes_back_lies_on_the_bench_and_is_promised_to_nobody(database, house, mug):
    order = sent(database, house, (mug, 3))
    before = promisable(database, house.warehouse, mug)
    back = begun(database, house, order)

    taken(database, house, back, mug, 2)

    assert held(database, house.bench, mug, "returned_ungraded") == 2
    assert promisable(database, house.warehouse, mug) == before
    assert (one(database, back).state, counted(database, back)) == (
        State.INSPECTING,
        [(0, 2, 0, 0, 0)],
    )
    assert unkept(database) == []


def test_like_new_goes_back_to_a_shelf_by_a_move_and_is_promised_only_there(database, house, mug):
    order = sent(database, house, (mug, 3))
    before = promisable(database, house.warehouse, mug)
    back = begun(database, house, order)
    taken(database, house, back, mug, 2)

    grade(database, back, Grade.LIKE_NEW)

    [move] = open_moves(database)
    assert (move.kind, move.why, move.asked, move.source, move.reference) == (
        "putaway",
        "returned",
        2,
        "RET-1",
        one(database, back).number,
    )
    assert held(database, house.bench, mug) == 2
    assert promisable(database, house.warehouse, mug) == before
    assert unkept(database) == []


def test_carried_to_a_shelf_it_can_be_promised_again(database, house, mug):
    order = sent(database, house, (mug, 3))
    sellable, *_ = promisable(database, house.warehouse, mug)
    back = begun(database, house, order)
    taken(database, house, back, mug, 2)
    grade(database, back, Grade.LIKE_NEW)
    [move] = open_moves(database)

    for verb, facts in (
        (moving.claim, {}),
        (moving.lift, {}),
        (moving.drop, {"location_id": house.shelf}),
    ):
        act(database, verb, move_task_id=move.id, **facts)

    assert promisable(database, house.warehouse, mug)[0] == sellable + 2
    assert unkept(database) == []


def test_a_bench_is_counted_when_nothing_on_it_waits_for_a_grade(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    asked = house.do(counting.ask, location_id=house.bench, cause="asked")
    waiting = counts_waiting(database)
    taken(database, house, back, mug, 2)

    with pytest.raises(counting.BeingGraded):
        act(database, counting.claim, count_id=asked)
    assert act(database, counting.claim_next) is None
    assert (waiting, counts_waiting(database)) == (1, 0)

    grade(database, back, Grade.LIKE_NEW)
    assert act(database, counting.claim_next) == asked


def test_what_is_taken_in_while_a_bench_is_counted_stays_in_the_clerks_hands(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    asked = house.do(counting.ask, location_id=house.bench, cause="asked")
    act(database, counting.claim, count_id=asked)

    taken(database, house, back, mug, 1)
    act(database, counting.submit, count_id=asked)
    grade(database, back, Grade.UNSELLABLE)

    assert counted(database, back) == [(0, 1, 0, 0, 1)]
    assert unkept(database) == []


@pytest.mark.parametrize("given", [Grade.OPENED, Grade.WORN])
def test_opened_and_worn_are_set_aside(database, house, mug, given):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)

    grade(database, back, given)

    assert held(database, house.bench, mug, "quarantine") == 1
    assert counted(database, back) == [(0, 1, 0, 1, 0)]
    [move] = open_moves(database)
    assert (move.kind, move.status, move.source) == ("relocate", "quarantine", "RET-1")
    assert unkept(database) == []


def test_set_aside_it_is_carried_where_nothing_is_sold_from_and_released_from_there(
    database, house, mug
):
    apart = a_bin(database, house.warehouse, "Q-01", role="quarantine")
    back = begun(database, house, sent(database, house, (mug, 3)))
    sellable, *_ = promisable(database, house.warehouse, mug)
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.OPENED)
    [move] = open_moves(database)
    act(database, moving.claim, move_task_id=move.id)
    act(database, moving.lift, move_task_id=move.id)
    act(database, moving.drop, move_task_id=move.id, location_id=apart)

    pile = Pile(apart, mug, status=StockStatus.QUARANTINE)
    act(database, moving.release_to_sale, pile=pile, quantity=1, note="like new after all")

    assert held(database, apart, mug) == 1
    [away] = open_moves(database)
    assert (away.kind, away.status, away.source) == ("putaway", "available", "Q-01")
    for verb, facts in (
        (moving.claim, {}),
        (moving.lift, {}),
        (moving.drop, {"location_id": house.shelf}),
    ):
        act(database, verb, move_task_id=away.id, **facts)
    assert promisable(database, house.warehouse, mug)[0] == sellable + 1
    assert unkept(database) == []


def test_a_lead_sells_nothing_that_waits_for_its_grade(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)
    pile = Pile(house.bench, mug, status=StockStatus.RETURNED_UNGRADED)

    with pytest.raises(GradedOnTheReturn):
        act(database, moving.release_to_sale, pile=pile, quantity=1, note="looks fine")

    assert held(database, house.bench, mug) == 0
    grade(database, back, Grade.LIKE_NEW)
    assert held(database, house.bench, mug) == 1
    assert unkept(database) == []


def test_a_grade_that_was_taken_back_is_not_given_again_by_the_ledger(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.LIKE_NEW)
    undo(database, back)
    with database.read() as session:
        newest = session.scalars(select(StockMove.id).order_by(StockMove.id.desc())).first()

    with pytest.raises(GradedOnTheReturn):
        act(database, reverse_one, move_id=newest)

    assert held(database, house.bench, mug) == 0
    assert held(database, house.bench, mug, "returned_ungraded") == 1


def test_what_is_carried_aside_keeps_its_grade_and_what_waits_gets_it_back(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.WORN)

    undo(database, back)

    assert open_moves(database) == []
    assert held(database, house.bench, mug, "returned_ungraded") == 1
    assert unkept(database) == []


def test_unsellable_leaves_the_house_as_scrap(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 2)

    grade(database, back, Grade.UNSELLABLE)

    assert held(database, house.bench, mug, "returned_ungraded") == 0
    assert held(database, house.bench, mug, "damaged") == 0
    assert counted(database, back) == [(0, 2, 0, 0, 2)]
    assert unkept(database) == []


def test_no_more_comes_back_than_left_the_house(database, house, mug):
    order = sent(database, house, (mug, 3))
    first = begun(database, house, order)
    taken(database, house, first, mug, 2)
    second = begun(database, house, order)

    with pytest.raises(actions.TooManyBack) as no:
        taken(database, house, second, mug, 2)

    assert no.value.values == {"sku": "MUG", "left": 1, "quantity": 2}
    taken(database, house, second, mug, 1)
    assert unkept(database) == []


def test_what_was_not_in_the_order_does_not_come_back_with_it(database, house, mug, bowl):
    back = begun(database, house, sent(database, house, (mug, 3)))

    with pytest.raises(actions.NotOfOrder):
        taken(database, house, back, bowl)


def test_a_wrong_item_is_set_aside_with_a_case_and_counts_on_no_line(database, house, mug, bowl):
    order = sent(database, house, (mug, 3))
    back = begun(database, house, order)

    act(
        database,
        actions.set_aside,
        return_id=back,
        goods=Goods(bowl),
        quantity=1,
        location_id=house.bench,
    )

    assert held(database, house.bench, bowl, "quarantine") == 1
    assert cases(database) == ["wrong_item_back"]
    with database.read() as session:
        assert [line.left for line in owing(session, order)] == [3]
    assert unkept(database) == []


def test_a_code_on_the_wrong_thing_is_flagged_and_its_line_is_owed_again(database, house, mug):
    order = sent(database, house, (mug, 3))
    back = begun(database, house, order)
    taken(database, house, back, mug, 2)

    act(database, actions.flag_wrong, return_id=back)

    assert held(database, house.bench, mug, "quarantine") == 2
    with database.read() as session:
        assert [line.left for line in owing(session, order)] == [3]
    assert unkept(database) == []


def test_a_parcel_that_nobody_knows_opens_a_case_and_stays_aside_whatever_its_grade(
    database, house, mug
):
    back = begun(database, house, None, parcel_code="1Z999")
    taken(database, house, back, mug, 1)

    grade(database, back, Grade.LIKE_NEW)
    finish(database, back)

    assert cases(database) == ["blind_return"]
    assert held(database, house.bench, mug, "quarantine") == 1
    [move] = open_moves(database)
    assert (move.kind, one(database, back).state) == ("relocate", State.DISPOSED)
    assert unkept(database) == []


def test_the_last_scan_is_taken_back(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)
    taken(database, house, back, mug, 1)

    undo(database, back)

    assert held(database, house.bench, mug, "returned_ungraded") == 1
    assert (units(database), counted(database, back)) == ([1], [(0, 1, 0, 0, 0)])
    assert unkept(database) == []


def test_one_scan_that_counts_on_two_lines_is_taken_back_whole(database, house, mug):
    order = sent(database, house, (mug, 1), (mug, 2))
    back = begun(database, house, order)
    taken(database, house, back, mug, 3)
    lay = units(database)

    undo(database, back)

    assert (sorted(lay), units(database)) == ([1, 2], [])
    assert held(database, house.bench, mug, "returned_ungraded") == 0
    with database.read() as session:
        assert sorted(line.left for line in owing(session, order)) == [1, 2]
    assert unkept(database) == []


@pytest.mark.parametrize("given", list(Grade))
def test_a_grade_is_taken_back_with_all_that_came_of_it(database, house, mug, given):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)
    taken(database, house, back, mug, 2)
    grade(database, back, given)

    undo(database, back)

    assert held(database, house.bench, mug, "returned_ungraded") == 3
    assert (counted(database, back), open_moves(database)) == ([(0, 3, 0, 0, 0)], [])
    assert unkept(database) == []


def test_everything_can_be_taken_back_one_after_the_other(database, house, mug, bowl):
    back = begun(database, house, sent(database, house, (mug, 3), (bowl, 1)))
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.OPENED)
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.LIKE_NEW)
    taken(database, house, back, bowl, 1)
    grade(database, back, Grade.UNSELLABLE)

    for _ in range(6):
        undo(database, back)

    assert units(database) == []
    with pytest.raises(actions.NothingScannedYet):
        undo(database, back)
    assert unkept(database) == []


def test_a_flag_is_taken_back_to_where_the_units_lay_before(database, house, mug):
    order = sent(database, house, (mug, 3))
    back = begun(database, house, order)
    taken(database, house, back, mug, 1)
    taken(database, house, back, mug, 2)
    act(database, actions.flag_wrong, return_id=back)

    undo(database, back)

    assert held(database, house.bench, mug, "returned_ungraded") == 3
    assert (units(database), open_moves(database)) == ([1, 2], [])
    with database.read() as session:
        assert [case.state for case in session.query(ExceptionCase)] == ["closed"]
    with database.read() as session:
        assert [line.left for line in owing(session, order)] == [0]
    for _ in range(2):
        undo(database, back)
    assert units(database) == []
    assert unkept(database) == []


def test_a_wrong_item_is_taken_back_whole(database, house, mug, bowl):
    back = begun(database, house, sent(database, house, (mug, 3)))
    act(
        database,
        actions.set_aside,
        return_id=back,
        goods=Goods(bowl),
        quantity=1,
        location_id=house.bench,
    )

    undo(database, back)

    assert held(database, house.bench, bowl, "quarantine") == 0
    assert units(database) == []
    assert unkept(database) == []


def test_what_somebody_carries_already_keeps_its_grade(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.LIKE_NEW)
    [move] = open_moves(database)
    act(database, moving.claim, move_task_id=move.id)
    act(database, moving.lift, move_task_id=move.id)

    with pytest.raises(actions.CarriedAlready):
        undo(database, back)


def test_a_number_that_is_typed_takes_more_in_or_back(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 9)))
    taken(database, house, back, mug, 1)

    act(database, actions.count_to, return_id=back, quantity=7, location_id=house.bench)
    more = held(database, house.bench, mug, "returned_ungraded")
    act(database, actions.count_to, return_id=back, quantity=3, location_id=house.bench)

    assert (more, held(database, house.bench, mug, "returned_ungraded")) == (7, 3)
    assert unkept(database) == []


def test_nothing_is_finished_before_all_of_it_is_graded(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))
    taken(database, house, back, mug, 2)

    with pytest.raises(actions.NotAllGraded):
        finish(database, back)


def test_an_empty_parcel_ends_with_a_case(database, house, mug):
    back = begun(database, house, sent(database, house, (mug, 3)))

    finish(database, back)

    assert (one(database, back).state, cases(database)) == (State.DISPOSED, ["empty_return"])
    assert unkept(database) == []


def test_an_announced_return_waits_for_its_parcel(database, house, mug, bowl):
    order = sent(database, house, (mug, 3), (bowl, 1))
    back = announced(database, order, 2, 1, reason="Too blue")

    its = one(database, back)
    assert (its.state, its.number, its.reason) == (State.ANNOUNCED, f"R-{back:06}", "Too blue")
    assert counted(database, back) == [(2, 0, 0, 0, 0), (1, 0, 0, 0, 0)]
    assert unkept(database) == []


def test_no_more_is_announced_than_can_come_back(database, house, mug):
    order = sent(database, house, (mug, 3))
    announced(database, order, 2)

    with pytest.raises(actions.MoreThanLeft) as no:
        announced(database, order, 2)

    assert [(fault.where, dict(fault.values)) for fault in no.value.faults] == [
        ("lines.0.quantity", {"left": 1, "quantity": 2})
    ]


def test_the_same_line_told_twice_counts_together(database, house, mug):
    order = sent(database, house, (mug, 3))
    [line] = line_ids(database, order)

    with pytest.raises(actions.MoreThanLeft):
        act(
            database,
            actions.announce,
            order_id=order,
            lines=[Advised(line, 2), Advised(line, 2)],
        )


def test_a_return_that_does_not_come_frees_what_it_announced(database, house, mug):
    order = sent(database, house, (mug, 3))
    back = announced(database, order, 3)

    act(database, actions.cancel, return_id=back)

    assert one(database, back).state is State.CANCELLED
    assert announced(database, order, 3) != back
    assert unkept(database) == []


def test_what_is_here_cannot_be_called_off(database, house, mug):
    back = announced(database, sent(database, house, (mug, 3)), 3)
    act(database, actions.arrive, return_id=back, location_id=house.bench)

    with pytest.raises(NotNow):
        act(database, actions.cancel, return_id=back)


def test_units_count_on_the_line_that_was_announced(database, house, mug):
    order = sent(database, house, (mug, 2), (mug, 2))
    back = announced(database, order, 0, 1)
    act(database, actions.arrive, return_id=back, location_id=house.bench)

    taken(database, house, back, mug, 2)

    assert counted(database, back) == [(1, 1, 0, 0, 0), (0, 1, 0, 0, 0)]
    assert unkept(database) == []


def test_lots_come_back_as_they_left(database, house):
    milk = an_item(database, "MILK", tracks_lots=True)
    lot = a_lot(database, milk, "L7")
    shelve(database, milk, house.shelf, 5, lot_id=lot)
    back = begun(database, house, sent(database, house, (milk, 2)))

    taken(database, house, back, milk, 2, lot_id=lot)
    grade(database, back, Grade.LIKE_NEW)

    [move] = open_moves(database)
    assert (move.lot, move.asked) == ("L7", 2)
    assert unkept(database) == []


def test_nobody_acts_on_a_parcel_that_another_looks_at(database, house, mug, people):
    back = begun(database, house, sent(database, house, (mug, 3)))
    other = next(who for who in people if who != TESTER)

    with pytest.raises(actions.NotYourParcel):
        taken(database, house, back, mug, 1, who=other)


def test_a_parcel_put_aside_is_taken_up_by_whoever_scans_it(database, house, mug, people):
    back = begun(database, house, sent(database, house, (mug, 3)))
    other = next(who for who in people if who != TESTER)
    taken(database, house, back, mug)
    act(database, actions.put_aside, return_id=back)

    act(database, actions.arrive, other, return_id=back, location_id=house.bench)

    assert (one(database, back).worker_id, one(database, back).state) == (other, State.INSPECTING)
    assert unkept(database) == []
