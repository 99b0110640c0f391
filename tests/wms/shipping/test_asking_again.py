"""A box whose label was not had, or is opened and weighed again: whatever is told first, it ends with one label."""

import pytest

from wms.kernel.lifecycle import NotNow
from wms.packing import actions as packing


def bench_knows(dock, box):
    """Return what the bench knows of a box and its label."""
    package = dock.package(box)
    return package.state, package.label_state


def refused(dock):
    """Return a box whose carriers refused both labels that were tried by themselves."""
    box = dock.weighed()
    dock.trouble("error_201", times=2)
    dock.buy()
    return box


def test_a_label_that_was_refused_is_asked_for_once_more_with_the_box_as_it_is(dock):
    box = refused(dock)
    before = dock.package(box)

    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    wished = bench_knows(dock, box)
    dock.buy()

    after = dock.package(box)
    assert bench_knows(dock, box) == ("labelled", "bought")
    assert wished == ("weighed", "asked")
    assert (after.weighed_at, after.expected_g) == (before.weighed_at, before.expected_g)
    assert dock.broken() == []


def test_who_asks_twice_for_the_label_asks_once(lite_dock):
    box = refused(lite_dock)
    lite_dock.do(packing.ask_again, package_id=box)

    with pytest.raises(NotNow):
        lite_dock.do(packing.ask_again, package_id=box)


def test_opened_and_weighed_again_before_anybody_heard_of_it_the_box_gets_its_new_label(dock):
    box = refused(dock)
    dock.do(packing.reopen, package_id=box)
    dock.close(box)
    dock.weigh(box)

    dock.settle()
    dock.buy()

    assert [row.state for row in dock.labels()] == ["failed", "failed", "bought"]
    assert bench_knows(dock, box) == ("labelled", "bought")


def test_a_label_that_a_lead_took_back_can_be_asked_for_at_the_bench(dock):
    box = dock.labelled()
    dock.void(box)
    told = bench_knows(dock, box)

    dock.do(packing.ask_again, package_id=box)
    dock.settle()
    dock.buy()

    assert told == ("weighed", "refused")
    assert bench_knows(dock, box) == ("labelled", "bought")
    assert dock.ledger()["kept"] == 1
