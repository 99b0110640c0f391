"""Two who want something else of the same order in the same moment: one of them is told no, and the books hold."""

import threading

import pytest

from tests.wms.picking.unsteady import on
from wms.kernel.refusal import Refusal
from wms.packing import actions as packing


def at_once(*acts):
    """Do these at the same moment; returns for each whether it was done. What is no refusal is a bug, and raised."""
    barrier, told, trouble = threading.Barrier(len(acts)), {}, []

    def go(number, act):
        barrier.wait()
        try:
            act()
            told[number] = True
        except Refusal:
            told[number] = False
        except BaseException as stuck:  # noqa: BLE001 - told by the thread that judges
            trouble.append(stuck)

    threads = [threading.Thread(target=go, args=pair) for pair in enumerate(acts)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert trouble == []
    return [told[number] for number in range(len(acts))]


@pytest.mark.parametrize("parts", [1, 2])
def test_a_box_leaves_or_its_order_is_cancelled_never_both(bench, parts):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    boxes = [bench.open(fo)]
    boxes += [bench.do(packing.open_package, fo_id=fo, station_id=None) for _ in range(parts - 1)]
    for number, (tote, one) in enumerate(bench.waiting(fo)):
        bench.put_in(boxes[number % parts], tote, one)
    for box in boxes:
        bench.close(box)
        bench.weigh(box)
        bench.label(box)
        bench.do(packing.stage, package_id=box)
    desk = on(bench, bench.database)

    left, cancelled = at_once(
        lambda: bench.do(packing.hand_over, package_id=boxes[0]), lambda: desk.cancel(fo)
    )

    assert left != cancelled
    bench.settle()
    assert bench.broken() == []


def test_of_two_packers_one_puts_the_unit_into_a_box(bench):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    [(tote, mugs)] = bench.waiting(fo)
    other = on(bench, bench.database)

    done = at_once(lambda: bench.put_in(box, tote, mugs), lambda: other.put_in(box, tote, mugs))

    assert sorted(done) == [False, True]
    assert bench.inside(box) == {"MUG": 2}
    assert bench.broken() == []
