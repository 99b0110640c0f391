"""Element strings, as scanners send them."""

import json
import os
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.codes.gs1 import NOTHING, Carried, read
from wms.codes.rules import guesses
from wms.kernel.settings import ROOT

GTIN = "04006381333931"
VECTORS = (
    Path(os.environ.get("WMS_SHARED_DATA", ROOT.parent / "shared" / "data"))
    / "gs1"
    / "vectors.json"
)


def test_one_scan_tells_item_lot_date_and_weight():
    read_as = read(f"]C101{GTIN}3103001250" + "17271130" + "10LOT-7")

    assert read_as is not None
    assert read_as.gtin == GTIN
    assert read_as.carried == Carried(lot="LOT-7", expires_on=date(2027, 11, 30), weight_g=1250)


def test_a_day_of_zeros_is_the_last_of_its_month():
    read_as = read(f"]d201{GTIN}17280200")

    assert read_as is not None
    assert read_as.carried.expires_on == date(2028, 2, 29)


@pytest.mark.parametrize(
    "scan",
    [
        f"(01){GTIN}(21)S-1(30)12",
        f"]Q301{GTIN}21S-1\x1d3012",
        f"01{GTIN}21S-1\x1d3012",
        f"01{GTIN}21S-1{{GS}}3012",
    ],
)
def test_brackets_a_label_or_a_group_sign_make_an_element_string(scan):
    read_as = read(scan)

    assert read_as is not None
    assert (read_as.gtin, read_as.carried) == (GTIN, Carried(serial="S-1", quantity=12))


def test_the_scanner_may_tell_the_symbology_beside_the_text():
    assert read(f"01{GTIN}") is None
    assert read(f"01{GTIN}", symbology="]C1") is not None
    assert read(f"01{GTIN}", symbology="]C0") is None


def test_a_pallet_label_means_the_pallet_and_not_the_goods_on_it():
    found = guesses("]C100340123450000000000" + f"02{GTIN}3724")

    assert [guess.code for guess in found if guess.carried != NOTHING] == ["340123450000000000"]


@pytest.mark.parametrize(
    "scan",
    [
        "]C10104006381333930",
        f"]C101{GTIN}17271330",
        "]C1010400638133393",
        f"]C1(01{GTIN}",
        "()",
        "(01)",
        "\x1d",
        "]C1",
        "]C101" + "\N{ARABIC-INDIC DIGIT ONE}" * 14,
    ],
)
def test_what_breaks_the_rules_of_gs1_means_no_goods(scan):
    read_as = read(scan)

    assert read_as is None or read_as.gtin is None


@given(
    st.text(st.sampled_from("0123456789()\x1d]C1d2AB^ "), max_size=255),
    st.sampled_from([None, "]C1", "]C0", "e0", ""]),
)
def test_any_noise_is_read_without_stumbling(text, symbology):
    for guess in guesses(text, symbology):
        assert guess.carried.quantity is None or guess.carried.quantity > 0
        assert guess.carried.weight_g is None or guess.carried.weight_g > 0


def vectors(name):
    if not VECTORS.exists():
        pytest.skip("shared data not present")
    return json.loads(VECTORS.read_text())[name]


def test_the_official_element_strings_are_told_from_the_wrong_ones():
    seen = 0
    for holds, message, *_ in vectors("test_processAIdata"):
        if message.startswith("^01"):
            read_as = read(f"]C1{message[1:].replace('^', chr(0x1D))}")
            assert (read_as is not None and read_as.gtin is not None) == holds, message
            seen += 1

    assert seen >= 7


def test_the_official_bracketed_strings_are_told_from_the_wrong_ones():
    for holds, message, *_ in vectors("test_parseAIdata"):
        if "\\" not in message:  # an escaped bracket inside a lot is only ever typed
            assert (read(message) is not None) == holds, message


def test_the_official_scans_give_their_goods_and_lots():
    seen = 0
    for holds, scan, _, expected in vectors("test_testProcessScanData"):
        if holds and expected.startswith("^01"):
            read_as = read(scan)
            assert read_as is not None
            assert read_as.gtin == expected[3:17]
            assert read_as.carried.lot == (
                expected.split("10")[-1].split("^")[0] if "10A" in expected else None
            )
            seen += 1

    assert seen >= 6
