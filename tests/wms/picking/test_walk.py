"""A trip from the first tote to the lane, scan by scan."""

from wms.floor.turn import Order, Tone


def two_orders(floor):
    first = floor.order(("MUG", 2), ("LAMP", 1))
    second = floor.order(("MUG", 1), ("CLOCK", 7))
    floor.release()
    return first, second


def test_a_cluster_of_two_orders_is_picked_into_their_totes(floor):
    first, second = two_orders(floor)

    floor.work()
    last = floor.follow()

    assert last.step == "done"
    assert floor.fo_state(first) == floor.fo_state(second) == "picked"
    assert floor.in_totes(first) == {"MUG": 2, "LAMP": 1}
    assert floor.in_totes(second) == {"MUG": 1, "CLOCK": 7}
    floor.settle()
    assert floor.broken() == []
