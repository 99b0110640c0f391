"""The slip that lies in a box: printed when the box is closed, void when it is opened again."""

import pytest

from tests.kit import TESTER
from tests.wms.shipping.docking import Dock
from wms.packing import actions as packing
from wms.packing.slip import print_slip
from wms.packing.tables import Package


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


def test_a_slip_says_what_is_in_the_box(dock):
    [fo] = dock.pick([("MUG", 2)])
    closed(dock, dock.fill(fo))

    [sheet] = dock.sheets()

    assert (sheet.kind, sheet.subject) == ("packing_slip", "package")
    assert "MUG" in str(sheet.label)
    assert sheet.asked_by == TESTER
