"""The house's own labels, as ZPL, come out of a printer as they look on the screen."""

import pytest
from PIL import ImageChops, ImageFilter

from devices.virtual.zpl import draw
from labels import png, zpl
from labels.designs.bin_label import bin_label
from labels.designs.tote_label import tote_label
from labels.label import Barcode, Box, Label, Line, Symbology, Text
from tests.devices.virtual.zpl.sight import codes, ink


def printed(label, dpi=203):
    (picture,) = draw(zpl.render(label, dpi=dpi), dpi)
    return picture


@pytest.mark.parametrize("dpi", [203, 300, 600])
@pytest.mark.parametrize(
    ("symbology", "data", "kind"),
    [
        (Symbology.CODE128, "WXLA-03-12", "]C0"),
        (Symbology.GS1_128, "(01)09501101530003(10)AB-12", "]C1"),
        (Symbology.QR, "WXLÄÖ-12 日", "]Q1"),
        (Symbology.DATAMATRIX, "WXTT-0017 ß", "]d1"),
        (Symbology.EAN13, "4006381333931", "]E0"),
    ],
)
def test_its_barcode_can_be_scanned_at_any_dpi(dpi, symbology, data, kind):
    label = Label(100, 50, (Barcode(4, 4, 90, 40, symbology, data),))

    ((found_kind, found),) = codes(printed(label, dpi))

    assert (found_kind[:2], found) == (kind[:2], data)


@pytest.mark.parametrize(
    "label",
    [
        Label(100, 50, (Barcode(4, 4, 90, 40, Symbology.CODE128, "WXLA-03-12"),)),
        Label(100, 50, (Box(5, 5, 80, 30, 1), Line(5, 40, 80, thickness=0.5))),
    ],
)
def test_bars_and_boxes_are_those_of_the_screen(label):
    apart = ImageChops.difference(printed(label), png.drawn(label, dpi=203))

    # A dot at an edge may be rounded the other way; nothing two dots wide may differ.
    assert apart.filter(ImageFilter.MinFilter(3)).getbbox() is None


def test_words_stay_in_their_box():
    for text in ("Förde & Söhne", "WWWWWWWWWWWWWWWW", "a_b^c~d\\e"):
        label = Label(100, 50, (Text(10, 10, 60, 8, text, 6),))

        left, top, right, bottom = ink(printed(label))

        assert 10 * 8 - 8 <= left < right <= 70 * 8 + 8
        assert 10 * 8 - 8 <= top < bottom <= 18 * 8 + 8


@pytest.mark.parametrize(
    ("label", "scans_as"),
    [
        (tote_label(code="T-0017", scans_as="WXTT-0017", kind="Tote"), "WXTT-0017"),
        (bin_label(code="A-03-12", scans_as="WXLA-03-12"), "WXLA-03-12"),
    ],
)
def test_labels_of_bins_and_totes_can_be_scanned(label, scans_as):
    assert [code for _, code in codes(printed(label))] == [scans_as]
