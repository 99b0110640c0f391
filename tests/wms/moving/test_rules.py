"""Where units go best, and why not elsewhere."""

import pytest

from wms.floor.turn import Order
from wms.moving.dialogue import Act, Job, Said, Step, Where, hear
from wms.moving.lifecycle import LIFECYCLE, State
from wms.moving.rules import choose, misfit

LOAD = {"units": 3, "weight_g": 900}


def room(number, **facts):
    plain = {
        "id": number,
        "code": f"A-{number:02}",
        "pick_face": False,
        "mixing": "any",
        "empty": True,
        "same": False,
        "units_free": None,
        "g_free": None,
        "other_item": False,
        "other_lot": False,
        "way_mm": 1000 * number,
    }
    return plain | facts


def chosen(*rooms):
    choice = choose({"load": LOAD, "rooms": list(rooms)})
    return choice["took"], choice["why"], choice["passed"]


def test_units_go_beside_their_like_however_far_it_is():
    like = room(9, same=True, empty=False)

    assert chosen(room(1), like) == (9, "same_item", [[1, "without_its_like"]])


def test_a_pick_face_with_its_like_comes_before_reserve():
    face = room(9, same=True, empty=False, pick_face=True)

    assert chosen(room(1, same=True, empty=False), face)[0] == 9


def test_without_its_like_the_nearest_free_bin_is_best():
    assert chosen(room(2), room(1), room(3)) == (
        1,
        "nearest_free",
        [[2, "farther"], [3, "farther"]],
    )


def test_what_is_set_aside_lies_beside_whatever_lies_there():
    apart = room(4, empty=False, other_item=True, other_lot=True, apart=True)

    assert chosen(apart)[:2] == (4, "set_aside")
    assert chosen(apart | {"units_free": 2})[:2] == (None, "none")


def test_where_no_way_leads_comes_last():
    assert chosen(room(1, way_mm=None), room(2))[0] == 2


def test_bins_that_do_not_take_the_units_say_why():
    rooms = (
        room(1, units_free=2),
        room(2, g_free=899),
        room(3, other_item=True, other_lot=True, empty=False, mixing="one_item"),
        room(4, other_lot=True, empty=False, mixing="one_lot"),
        room(5, other_item=True, empty=False),
    )

    assert chosen(*rooms) == (
        None,
        "none",
        [[1, "full"], [2, "too_heavy"], [3, "one_item"], [4, "one_lot"], [5, "holds_others"]],
    )


def test_goods_of_unknown_weight_are_not_kept_out_by_weight():
    assert misfit({"units": 3, "weight_g": None}, room(1, g_free=0)) is None


def test_a_move_in_hand_ends_only_by_being_put_down():
    assert {verb.value for verb in LIFECYCLE.may(State.IN_HAND)} == {
        "drop",
        "redirect",
        "put_down_source",
    }


JOB = Job(source_id=1, source="T-1", item_id=7, sku="MUG", asked=3, target_id=2, target="A-01")


@pytest.mark.parametrize("step", list(Step))
def test_a_scan_that_means_nothing_here_changes_nothing(step):
    where = Where(step)

    answer = hear(JOB, where, Said(code="?"))

    assert (answer.where, answer.act) == (where, None)


def test_what_is_in_hand_is_not_skipped():
    assert hear(JOB, Where(Step.TARGET), Said(order=Order.SKIP)).act is None
    assert hear(JOB, Where(Step.ITEM), Said(order=Order.SKIP)).act is Act.LEAVE
