"""Labels of real carriers are drawn, and their tracking barcodes can be scanned."""

import os
import time
from pathlib import Path

import pytest

from devices.virtual.zpl import draw
from tests.devices.virtual.zpl.sight import codes

SHARED = Path(os.environ.get("WMS_SHARED_DATA", Path(__file__).parents[5] / "shared" / "data"))
FOLDER = SHARED / "carrier_labels"

if not FOLDER.is_dir():
    pytest.skip("shared data is absent: carrier labels", allow_module_level=True)

FOUND = {
    "dhlpaket": {("]C1", "(22)2200000000000000"), ("]C1", "(403)27660015+99000942000000")},
    "fedex": {("]C0", "9632080400200044387500271053820000")},
    "swisspost": {("]C0", "996000000000000000")},
    "ups": {("]C0", "1Z680RA4DL08720000"), ("]C0", "4210405000")},
    "usps": {
        ("]C1", "(420)98028(92)05590303190000000000"),
        ("]d2", "(420)98028(92)05590303196500000000"),
    },
}


def drawn(name):
    (picture,) = draw((FOLDER / f"{name}.zpl").read_bytes())
    return picture


@pytest.mark.parametrize("name", FOUND)
def test_its_tracking_barcode_can_be_scanned(name):
    assert FOUND[name] <= set(codes(drawn(name)))


def test_the_square_of_fedex_can_be_scanned():
    kinds = {kind for kind, _ in codes(drawn("fedex"))}

    assert "]L2" in kinds


@pytest.mark.parametrize("name", FOUND)
def test_it_covers_its_paper(name):
    picture = drawn(name)

    assert picture.width in {800, 812}
    assert 1218 <= picture.height <= 1600
    share = picture.histogram()[0] / (picture.width * picture.height)
    assert 0.01 < share < 0.3


@pytest.mark.parametrize("name", ["fedex", "ups", "usps"])
def test_four_by_six_inches_are_drawn_in_a_moment(name):
    drawn(name)  # typefaces are read once

    def seconds():
        began = time.process_time()
        drawn(name)
        return time.process_time() - began

    assert min(seconds() for _ in range(3)) < 0.15
