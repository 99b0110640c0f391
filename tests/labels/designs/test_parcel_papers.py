"""The papers of a parcel: every row is on them, every code can be scanned, and nothing stands over the edge."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels import pdf, png, zpl
from labels.designs.house_label import house_label
from labels.designs.manifest import manifest
from labels.designs.packing_slip import packing_slip
from labels.designs.parcel_paper import HEIGHT_MM, WIDTH_MM, Row
from labels.designs.return_slip import return_slip
from labels.label import Barcode, Image, Line, Text
from tests.labels.reading import codes_in, codes_in_png, drawn_pdf, drawn_zpl, pdf_pages, zpl_texts

TO = ("Wei Zhang", "88 Harbor Way", "Fremont CA 94538", "United States")
SHOP = ("Lakeside Gifts", "14 Mill Lane", "Dayton OH 45402")


def a_house_label(code="WXS1027", words="Own courier"):
    return house_label(
        service=words, lane="OWN", to=TO, sender=SHOP, code=code, about="10468", weight="2.784 kg"
    )


def a_slip(rows, note=""):
    return packing_slip(
        title="Packing slip", order="Order 10468", box="Box 1 of 2", to=TO, rows=rows, note=note
    )


def a_return(rows=(), code="WXR000017"):
    return return_slip(
        title="Return",
        order="Order 10468",
        what_to_do="Lay this in.",
        to=SHOP,
        code=code,
        rows=rows,
    )


def a_manifest(rows):
    return manifest(
        title="M-000012", about="UPS", total="3 parcels", signed=("Driver", "Dock"), rows=rows
    )


@pytest.mark.parametrize(
    ("label", "code"), [(a_house_label(), "WXS1027"), (a_return()[0], "WXR000017")]
)
def test_its_code_is_read_back_from_everything_it_is_printed_on(label, code):
    assert codes_in_png(png.render(label)) == [code]
    assert codes_in(drawn_zpl(zpl.render(label))) == [code]
    page = pdf_pages(pdf.render(label))[0]
    assert codes_in(drawn_pdf(page, label.width_mm, label.height_mm)) == [code]


@pytest.mark.parametrize("count", [0, 1, 11, 12, 40])
@pytest.mark.parametrize("made", [a_slip, a_return, a_manifest])
def test_every_row_is_on_one_of_the_sheets_and_only_there(made, count):
    rows = [Row(f"Item number {n}", f"SKU{n}", f"{n} x") for n in range(count)]

    sheets = made(rows)

    told = [text for sheet in sheets for text in zpl_texts(zpl.render(sheet))]
    assert [word for word in told if word.startswith("Item number")] == [row.what for row in rows]


def test_what_was_written_for_a_gift_lies_in_the_box():
    (sheet,) = a_slip([Row("Mug")], note="Happy birthday, Ada")

    assert "Happy birthday, Ada" in zpl_texts(zpl.render(sheet))


def test_who_signs_signs_on_the_last_sheet():
    sheets = a_manifest([Row(f"P-{n:06}") for n in range(40)])

    signed = ["Driver" in zpl_texts(zpl.render(sheet)) for sheet in sheets]

    assert signed == [False] * (len(sheets) - 1) + [True]


@given(st.text(max_size=200), st.integers(0, 30))
@settings(deadline=None, max_examples=25)
def test_whatever_is_written_stays_on_the_paper(words, count):
    rows = [Row(words, words, words)] * count
    made = [a_house_label(words=words), *a_slip(rows, words), *a_return(rows), *a_manifest(rows)]

    for label in made:
        for part in label.parts:
            assert min(part.x, part.y) >= 0, part
            assert _right(part) <= WIDTH_MM, part
            assert _low(part) <= HEIGHT_MM, part


def _right(part):
    if isinstance(part, Line):
        return part.x if part.is_upright else part.x + part.length
    return part.x + part.width


def _low(part):
    if isinstance(part, Line):
        return part.y + part.length if part.is_upright else part.y
    return part.y + part.height if isinstance(part, Text | Barcode | Image) else part.y
