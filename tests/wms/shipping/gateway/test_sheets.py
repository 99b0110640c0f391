import os
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.shipping.gateway import UnfitDocument
from wms.shipping.gateway.sheets import looked_at, one_sheet

SHARED = Path(os.environ.get("WMS_SHARED_DATA", Path(__file__).parents[5] / "shared" / "data"))
LABELS = SHARED / "carrier_labels"
SHEET = b"^XA^FO10,10^A0N,30,30^FDhello^FS^XZ"


@pytest.mark.parametrize("carrier", ["dhlpaket", "fedex", "swisspost", "ups", "usps"])
def test_labels_of_real_carriers_are_one_sheet_and_stay_as_they_are(carrier):
    file = LABELS / f"{carrier}.zpl"
    if not file.exists():
        pytest.skip(f"shared data: {file} is absent")
    data = file.read_bytes()

    assert one_sheet(data) == data.replace(b"^SZ2", b"").lstrip()


@pytest.mark.parametrize(
    ("data", "media_type"),
    [
        (SHEET, "application/zpl"),
        (b"%PDF-1.7 ...", "application/pdf"),
        (b"\x89PNG\r\n\x1a\n..", "image/png"),
    ],
)
def test_a_label_is_known_by_its_bytes(data, media_type):
    assert looked_at(data).media_type == media_type


@pytest.mark.parametrize("data", [b"", b"<html>^FD</html>", b"GIF89a", b"\x1b@hello"])
def test_what_is_no_label_is_refused(data):
    with pytest.raises(UnfitDocument):
        looked_at(data)


@pytest.mark.parametrize(
    "command",
    [
        b"~JR", b"^JUS", b"~JA", b"^JZN", b"~HS", b"^HH", b"~HQES", b"^KPsecret", b"^NC1", b"~SD30", b"~TA000", b"^PP",
        b"^IDR:*.*", b"^SC9600", b"~EG", b"^ZZ"[:0] + b"^PQ500", b"^PQ2,0,1,Y", b"~jr", b"^SX", b"~WC", b"^MA1",
    ],
)  # fmt: skip
def test_what_would_outlast_the_sheet_is_left_out(command):
    assert one_sheet(command + SHEET) == SHEET
    assert one_sheet(SHEET[:3] + command + SHEET[3:]) == SHEET


@pytest.mark.parametrize(
    "command", [b"^PQ1", b"^PQ1,0,1,Y", b"^PON", b"^LH0,0", b"^MNW", b"^CI28", b"^TBN,200,100"]
)
def test_what_shapes_the_sheet_stays(command):
    data = SHEET[:3] + command + SHEET[3:]

    assert one_sheet(data) == data


@pytest.mark.parametrize(
    "data",
    [
        SHEET + SHEET,
        b"^XA^XZ",
        b"^XA^FDnever closed",
        b"^XA^DFR:FORM.ZPL^FDx^FS^XZ",
        b"^XA^XFR:FORM.ZPL^FN1^FDx^FS^XZ",
        b"~DYE:LOGO,P,P,10,,abc" + SHEET,
        b"~DUR:FONT,10,abc" + SHEET,
        b"~DGE:LOGO.GRF,1,1,FF" + SHEET,
        b"^CC!" + SHEET,
        b"~CT#" + SHEET,
        b"^XA^CD;^FDx^FS^XZ",
    ],
)
def test_what_is_not_one_sheet_from_its_own_bytes_is_refused(data):
    with pytest.raises(UnfitDocument):
        one_sheet(data)


def test_the_usual_signs_may_be_set_again():
    assert one_sheet(b"~CC^~CT~^CD," + SHEET) == SHEET


def test_a_picture_of_bare_bytes_may_hold_any_sign():
    picture = b"^GFB,9,9,1,^XZ~JR^XA^FS"

    assert one_sheet(b"^XA" + picture + b"^XZ") == b"^XA" + picture + b"^XZ"


def test_a_picture_that_lies_about_its_length_ends_with_the_label():
    with pytest.raises(UnfitDocument):
        one_sheet(b"^XA^GFB,99999,9,1,abc^XZ")


PARTS = st.sampled_from(
    [
        b"^XA",
        b"^XZ",
        b"^FDx^FS",
        b"~JR",
        b"^JUS",
        b"^",
        b"~",
        b"^PQ9",
        b"^GFB,3,3,1,",
        b"^CC",
        b"\xff",
        b"^gb1,1",
        b" ",
    ]
)


@given(st.lists(PARTS, max_size=12).map(b"".join))
def test_what_is_let_through_once_is_let_through_again_unchanged(data):
    try:
        once = one_sheet(data)
    except UnfitDocument:
        return

    assert one_sheet(once) == once
