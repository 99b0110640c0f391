"""What goes to a printer: a label in its language, a carrier's label as it came, and nothing that sets printers up."""

import os
from io import BytesIO
from pathlib import Path

import pytest
import zxingcpp

from devices.virtual import zpl
from labels import plain
from tests.wms.printing.printers import a_label
from wms.printing.drawing import ZPL_LIMIT, Sheet, Undrawable, data
from wms.printing.rules import Language, language, prints

SHARED = Path(os.environ.get("WMS_SHARED_DATA", Path(__file__).parents[4] / "shared" / "data"))

CARRIERS = b"^XA^PW812^LL1218^LH20,20^FO40,40^A0N,40,40^FDTO^FS^FO50,200^BY3^BCN,200^FD1Z999^FS^XZ"


def ours(generation=1, code="WXS1"):
    return Sheet(plain.kept(a_label(code)), None, "", generation)


def theirs(document=CARRIERS, generation=1, media_type="application/zpl"):
    return Sheet(None, document, media_type, generation)


def read(document, dpi=203):
    """What a scanner reads on the last sheet."""
    return [found.text for found in zxingcpp.read_barcodes(zpl.draw(document, dpi)[-1])]


@pytest.mark.parametrize("dpi", [203, 300])
def test_a_label_of_ours_reads_the_same_on_coarse_and_fine_printers(dpi):
    assert read(data(ours(), Language.ZPL, dpi), dpi) == ["WXS1"]


def test_a_label_of_ours_goes_to_an_office_printer_as_pdf():
    assert data(ours(), Language.PDF, 203).startswith(b"%PDF")


def test_a_carriers_label_goes_out_to_the_letter():
    assert data(theirs(), Language.ZPL, 203) == CARRIERS


@pytest.mark.parametrize("sheet", [ours(2), theirs(generation=2)], ids=["ours", "theirs"])
def test_a_second_sheet_says_so_and_still_reads(sheet):
    drawn = data(sheet, Language.ZPL, 203)

    assert b"REPRINT 2" in drawn
    assert len(read(drawn)) == 1


def test_the_mark_stands_at_the_top_edge_wherever_the_label_begins():
    marked = data(theirs(generation=3), Language.ZPL, 203)

    plain_page, marked_page = (zpl.draw(one, 203)[-1] for one in (CARRIERS, marked))
    changed = [
        y
        for y in range(plain_page.height)
        if plain_page.crop((0, y, 812, y + 1)).tobytes()
        != marked_page.crop((0, y, 812, y + 1)).tobytes()
    ]

    assert changed
    assert max(changed) < 18


def test_a_picture_of_a_label_fills_four_by_six_inches():
    file = BytesIO()
    zpl.draw(CARRIERS, 203)[-1].convert("L").save(file, "PNG")

    drawn = data(theirs(file.getvalue(), media_type="image/png"), Language.ZPL, 203)

    assert zpl.draw(drawn, 203)[-1].size == (812, 1218)
    assert read(drawn) == ["1Z999"]


@pytest.mark.parametrize("generation", [1, 2])
@pytest.mark.parametrize("carrier", ["dhlpaket", "fedex", "swisspost", "ups", "usps"])
def test_labels_of_real_carriers_go_out_and_read_the_same_when_marked(carrier, generation):
    file = SHARED / "carrier_labels" / f"{carrier}.zpl"
    if not file.exists():
        pytest.skip(f"shared data: {file} is absent")
    whole = file.read_bytes()

    drawn = data(theirs(whole, generation), Language.ZPL, 203)

    assert (b"REPRINT 2" in drawn) is (generation == 2)
    assert read(drawn)
    assert sorted(read(drawn)) == sorted(read(whole))


@pytest.mark.parametrize(
    "harm",
    [
        b"~JR",
        b"~JA",
        b"^JUS",
        b"^DFR:X",
        b"^XFR:X",
        b"~DYE:X",
        b"^IDR:*",
        b"^KN1",
        b"~SXN",
        b"^NC1",
    ],
)
def test_commands_that_set_up_printers_are_never_sent(harm):
    with pytest.raises(Undrawable) as no:
        data(theirs(CARRIERS.replace(b"^XZ", harm + b"^XZ")), Language.ZPL, 203)

    assert harm[:3].decode() in no.value.values["reason"]


@pytest.mark.parametrize(
    "document",
    [
        b"",
        b"hello",
        b"^XA^FDhalf",
        CARRIERS * 4,
        CARRIERS + b"^XA",
        CARRIERS.replace(b"^XZ", b"^PQ2^XZ"),
        b"^XA" + b"x" * ZPL_LIMIT + b"^XZ",
    ],
    ids=["nothing", "words", "half", "four", "one and a half", "copies", "endless"],
)
def test_what_is_not_one_label_is_never_sent(document):
    with pytest.raises(Undrawable):
        data(theirs(document), Language.ZPL, 203)


def test_a_format_that_sets_up_one_label_comes_with_it():
    both = b"^XA^MCY^XZ" + CARRIERS.replace(b"^XZ", b"^PQ1^XZ")

    assert data(theirs(both), Language.ZPL, 203) == both


@pytest.mark.parametrize("sheet", [ours(), theirs()])
def test_a_printer_whose_language_nobody_speaks_gets_nothing(sheet):
    with pytest.raises(Undrawable):
        data(sheet, None, 203)


def test_a_picture_that_is_none_cannot_be_printed():
    with pytest.raises(Undrawable):
        data(theirs(b"no picture", media_type="image/png"), Language.ZPL, 203)


def test_a_label_that_no_barcode_can_say_cannot_be_printed():
    with pytest.raises(Undrawable):
        data(ours(code="ü" * 300), Language.ZPL, 203)


@pytest.mark.parametrize(
    ("address", "media_type", "fits"),
    [
        ("zebra+tcp://h:9100", None, True),
        ("zebra+tcp://h:9100", "application/zpl", True),
        ("zebra.old+file:///dev/usb/lp0", "image/png", True),
        ("zebra+tcp://h:9100", "application/pdf", False),
        ("pdf+queue://office", "application/pdf", True),
        ("pdf+queue://office", "application/zpl", False),
        ("escpos+tcp://h:9100", None, False),
        (None, "application/zpl", True),
    ],
)
def test_printers_take_what_they_understand(address, media_type, fits):
    assert prints(address, media_type) is fits


def test_a_kind_of_printer_that_nobody_speaks_to_has_no_language():
    assert language("tspl+tcp://h:9100") is None


def test_a_carriers_picture_of_bare_bytes_and_small_letters_goes_out_to_the_letter():
    bare = b"^xa^FO0,0^GFB,12,12,4,^JUS~JR^XZ^XA^FS^xz"

    assert data(theirs(bare), Language.ZPL, 203) == bare
    assert data(theirs(bare, 2), Language.ZPL, 203).endswith(b"^FDREPRINT 2^FS^xz")
