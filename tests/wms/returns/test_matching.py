"""Parcels that nobody knew, found to be of an order later."""

import pytest

from tests.kit import held
from tests.wms.returns.sending import act, begun, counted, line_ids, one, sent, taken, unkept
from tests.wms.returns.test_actions import cases, finish, grade
from wms.cases.tables import ExceptionCase
from wms.kernel.refusal import Stale
from wms.returns import actions
from wms.returns.grades import Grade
from wms.returns.queries import owing


def blind(database, house, *things, is_over=True):
    """A parcel without an order, with these things in it, each graded like new."""
    back = begun(database, house, None, parcel_code="1Z999")
    for item, quantity in things:
        taken(database, house, back, item, quantity)
        grade(database, back, Grade.LIKE_NEW)
    if is_over:
        finish(database, back)
    return back


def match(database, back, order, **facts):
    act(database, actions.match, return_id=back, order_id=order, **facts)


def left(database, order):
    with database.read() as session:
        return [line.left for line in owing(session, order)]


def test_a_parcel_that_nobody_knew_counts_on_its_order_from_then_on(database, house, mug, bowl):
    order = sent(database, house, (mug, 3), (bowl, 1))
    back = blind(database, house, (mug, 1), (mug, 1), (bowl, 1))

    match(database, back, order)

    assert one(database, back).order_id == order
    assert left(database, order) == [1, 0]
    assert [row[:2] for row in counted(database, back)] == [(0, 2), (0, 1)]
    assert held(database, house.bench, mug, "quarantine") == 2
    with database.read() as session:
        case = session.query(ExceptionCase).one()
    assert (case.kind, case.state, case.outcome[:15]) == (
        "blind_return",
        "closed",
        "It is of order ",
    )
    assert unkept(database) == []


def test_it_is_matched_while_somebody_looks_at_it_and_can_be_taken_back_still(database, house, mug):
    order = sent(database, house, (mug, 3))
    back = blind(database, house, (mug, 1), is_over=False)
    match(database, back, order)

    act(database, actions.undo, return_id=back)
    act(database, actions.undo, return_id=back)

    assert left(database, order) == [3]
    assert unkept(database) == []


def test_things_on_two_lines_of_an_order_count_where_there_is_room(database, house, mug):
    order = sent(database, house, (mug, 1), (mug, 2))
    back = blind(database, house, (mug, 1), (mug, 2))

    match(database, back, order)

    assert left(database, order) == [0, 0]
    assert len(line_ids(database, order)) == 2
    assert unkept(database) == []


@pytest.mark.parametrize(
    ("things", "no"),
    [
        ([("MUG", 2)], actions.MoreThanThatOrder),
        ([("MUG", 1), ("MUG", 1)], actions.MoreThanThatOrder),
        ([("MUG", 1), ("BOWL", 1)], actions.NotOfThatOrder),
    ],
)
def test_an_order_that_it_cannot_be_of_is_refused_and_nothing_changes(database, house, things, no):
    order = sent(database, house, (house.items["MUG"], 1))
    back = blind(database, house, *((house.items[sku], units) for sku, units in things))
    before = counted(database, back)

    with pytest.raises(no):
        match(database, back, order)

    assert (one(database, back).order_id, counted(database, back)) == (None, before)
    assert left(database, order) == [1]
    assert cases(database) == ["blind_return"]


def test_an_order_that_is_known_stays_and_a_page_that_is_old_is_told(database, house, mug):
    order = sent(database, house, (mug, 3))
    back = blind(database, house, (mug, 1))
    with pytest.raises(Stale):
        match(database, back, order, expected=99)
    match(database, back, order)

    with pytest.raises(actions.KnownAlready):
        match(database, back, order)


def test_a_wrong_item_in_it_stays_nobodys(database, house, mug, bowl):
    order = sent(database, house, (mug, 1))
    back = begun(database, house, None, parcel_code="1Z999")
    taken(database, house, back, bowl, 1)
    act(database, actions.flag_wrong, return_id=back)
    taken(database, house, back, mug, 1)
    grade(database, back, Grade.WORN)
    finish(database, back)

    match(database, back, order)

    assert left(database, order) == [0]
    assert held(database, house.bench, bowl, "quarantine") == 1
    assert unkept(database) == []
