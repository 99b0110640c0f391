"""Two parcels of one order at the same moment: never does more come back than left the house."""

import pytest

from tests.kit import NOON, held
from tests.wms.moving.test_races import at_once
from tests.wms.returns.sending import Advised, Goods, act, counted, line_ids, sent, unkept
from wms.returns import actions
from wms.returns.grades import Grade


@pytest.fixture
def pair(people):
    return people[:2]


def take(back, house, who, item, quantity):
    def do(session):
        actions.take_in(
            session,
            return_id=back,
            goods=Goods(item),
            quantity=quantity,
            location_id=house.bench,
            by=who,
            at=NOON,
        )
        return "taken"

    return who, do


def parcel(database, house, order, who):
    return act(database, actions.receive, who, order_id=order, location_id=house.bench)


def test_two_clerks_who_scan_the_last_unit_at_once_do_not_both_take_it_in(
    database, house, mug, pair
):
    order = sent(database, house, (mug, 3))
    parcels = [parcel(database, house, order, who) for who in pair]

    got = at_once(
        database,
        *(take(back, house, who, mug, 2) for back, who in zip(parcels, pair, strict=True)),
    )

    assert sorted(got) == ["returns.too_many_back", "taken"]
    assert held(database, house.bench, mug, "returned_ungraded") == 2
    assert unkept(database) == []


def test_many_single_units_at_once_are_as_many_as_left(database, house, mug, pair):
    order = sent(database, house, (mug, 4))
    parcels = [parcel(database, house, order, who) for who in pair]
    jobs = [
        take(back, house, who, mug, 1)
        for _ in range(3)
        for back, who in zip(parcels, pair, strict=True)
    ]

    got = at_once(database, *jobs)

    assert sorted(got) == [*["returns.too_many_back"] * 2, *["taken"] * 4]
    assert sum(counted(database, back)[0][1] for back in parcels) == 4
    assert unkept(database) == []


def test_a_grade_and_a_scan_at_once_leave_nothing_half_done(database, house, mug, pair):
    order = sent(database, house, (mug, 4))
    who = pair[0]
    back = parcel(database, house, order, who)
    act(
        database,
        actions.take_in,
        who,
        return_id=back,
        goods=Goods(mug),
        quantity=1,
        location_id=house.bench,
    )

    def grade(session):
        return actions.grade(
            session, return_id=back, grade=Grade.LIKE_NEW, by=who, at=NOON
        ).quantity

    got = at_once(database, (who, grade), take(back, house, who, mug, 1))

    assert got[0] in (1, 2)
    assert got[1] == "taken"
    assert unkept(database) == []


def test_a_return_announced_twice_at_once_promises_no_more_than_left(database, house, mug, pair):
    order = sent(database, house, (mug, 3))
    lines = [Advised(line, 2) for line in line_ids(database, order)]

    def announce(who):
        def do(session):
            return actions.announce(session, order_id=order, lines=lines, by=who, at=NOON).number

        return who, do

    got = at_once(database, *(announce(who) for who in pair))

    assert got.count("returns.more_than_left") == 1
    assert unkept(database) == []
