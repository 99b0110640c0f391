"""The slip that lies in a box: printed when the box is closed, void when it is opened again."""

from dataclasses import replace

import pytest

from tests.kit import ADA, TESTER
from tests.wms.packing.packers import PackingBench
from tests.wms.shipping.docking import Dock
from wms.app.house import listeners
from wms.kernel.database import Database
from wms.orders import actions as orders
from wms.packing import actions as packing
from wms.packing.slip import print_slip
from wms.packing.tables import Package
from wms.printing.actions import attempting
from wms.printing.rules import Condition, Outcome


@pytest.fixture
def dock(database):
    return Dock(database)


def slips(dock):
    return [sheet.state for sheet in dock.sheets() if sheet.subject == "package"]


def closed(dock, box):
    """Close a box as the bench does: its slip is printed with it."""
    dock.close(box)
    dock.do(
        lambda session, by, at: print_slip(session, session.get_one(Package, box), by=by, at=at)
    )


def come_out(dock):
    """Let the printer confirm the sheet that waits."""
    claimed = dock.do(lambda session, **who: attempting.claim_next(session, at=who["at"]))
    what = {"outcome": Outcome.CONFIRMED, "condition": Condition.READY, "evidence": {}}
    dock.do(attempting.record, attempt_id=claimed.attempt_id, **what)


def correct_address(dock, box):
    """Say that the order of this box goes to Akron, and let the house react."""
    order_id = dock.order_of(dock.package(box).fo_id)
    dock.do(orders.change_address, order_id=order_id, contact=replace(ADA, city="Akron"))
    dock.settle()


@pytest.mark.parametrize("way_back", [packing.reopen, packing.undo])
def test_the_slip_of_a_box_that_is_opened_again_never_comes_out(dock, way_back):
    [fo] = dock.pick([("MUG", 2)])
    box = dock.fill(fo)
    closed(dock, box)
    first = slips(dock)

    dock.do(way_back, **({"package_id": box} if way_back is packing.reopen else {}))
    closed(dock, box)

    assert first == ["queued"]
    assert slips(dock) == ["cancelled", "queued"]


class PrintingBench(Dock, PackingBench):
    """A bench with packers and a printer."""


@pytest.fixture
def bench(sqlite_url):
    database = Database(sqlite_url, listeners())
    yield PrintingBench(database)
    database.close()


@pytest.mark.parametrize(
    ("opened", "told"),
    [
        (("WXCWEIGH", "WXCNO"), "packing.undone_reopen_with_slip"),
        (("WXCDAMAGED", "WXCYES"), "packing.undone_missing_with_slip"),
    ],
)
def test_a_box_that_is_closed_again_by_undoing_gets_its_void_slip_anew(bench, opened, told):
    _closed_by_scans(bench)

    bench.scans(*opened, by="Bea")
    turn = bench.scan("WXCUNDO", by="Bea")

    assert (turn.step, turn.say.id) == ("weigh", told)
    assert slips(bench) == ["cancelled", "queued"]
    assert [box.state for box in bench.boxes_now()] == ["closed"]
    first, second = [one.label for one in bench.sheets() if one.subject == "package"]
    assert first == second


def test_a_slip_that_lies_in_the_box_is_not_printed_twice(bench):
    _closed_by_scans(bench)
    come_out(bench)

    bench.scans("WXCWEIGH", "WXCNO", by="Bea")
    turn = bench.scan("WXCUNDO", by="Bea")

    assert turn.say.id == "packing.undone_reopen"
    assert slips(bench) == ["confirmed"]


@pytest.mark.parametrize(
    ("corrected", "states"), [(True, ["confirmed", "queued"]), (False, ["confirmed"])]
)
def test_a_box_that_is_closed_again_after_a_correction_gets_a_corrected_slip(
    bench, corrected, states
):
    _closed_by_scans(bench)
    come_out(bench)
    bench.scans("WXCWEIGH", "WXCNO", by="Bea")
    [box] = bench.boxes_now()

    if corrected:
        correct_address(bench, box.id)
    bench.scan("WXCUNDO", by="Bea")

    assert slips(bench) == states
    newest = [one for one in bench.sheets() if one.subject == "package"][-1]
    assert ("Akron" in str(newest.label)) is corrected


def _closed_by_scans(bench):
    """Pack two mugs into a box that is closed and, by the scale, too light: it may be opened and counted."""
    bench.pick([("MUG", 2)])
    bench.sit()
    bench.pack_on({"weigh"})
    bench.put_on_scale(10)


def test_a_slip_says_what_is_in_the_box(dock):
    [fo] = dock.pick([("MUG", 2)])
    closed(dock, dock.fill(fo))

    [sheet] = dock.sheets()

    assert (sheet.kind, sheet.subject) == ("packing_slip", "package")
    assert "MUG" in str(sheet.label)
    assert sheet.asked_by == TESTER


def test_a_corrected_address_has_its_slip_printed_anew_and_the_paper_says_so(dock):
    [fo] = dock.pick([("MUG", 2)])
    box = dock.fill(fo)
    closed(dock, box)
    come_out(dock)

    correct_address(dock, box)

    old, new = dock.sheets()
    assert [old.state, new.state] == ["confirmed", "queued"]
    assert "Packing slip (corrected)" in str(new.label)
    assert "Akron" in str(new.label)
    assert "Akron" not in str(old.label)


def test_a_slip_that_waits_is_printed_with_the_corrected_address_only(dock):
    [fo] = dock.pick([("MUG", 2)])
    box = dock.fill(fo)
    closed(dock, box)

    correct_address(dock, box)

    assert slips(dock) == ["cancelled", "queued"]


def test_a_box_that_is_still_open_gets_its_slip_when_it_is_closed(dock):
    [fo] = dock.pick([("MUG", 2)])
    box = dock.fill(fo)

    correct_address(dock, box)

    assert dock.sheets() == []
