"""What is printed can be scanned again, however it was printed; words stay in their boxes and are never commands."""

from io import BytesIO

import pytest
from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st
from PIL import Image as Picture
from PIL import ImageFont

from labels import pdf, png, zpl
from labels.fitting import fit
from labels.label import Align, Barcode, Box, Image, Label, Line, Symbology, Text
from labels.letters import LEADING, file_of, width_of
from labels.symbols import Unprintable, bars, fits, symbol
from tests.labels.reading import (
    codes_in,
    codes_in_png,
    drawn_pdf,
    drawn_zpl,
    pdf_pages,
    pdf_size_mm,
    zpl_fields,
    zpl_texts,
)

SAID = [
    (Symbology.CODE128, "WXLA-03-12"),
    (Symbology.CODE128, "~^FS >0 _5E"),
    (Symbology.GS1_128, "(01)09501101530003(10)AB-12"),
    (Symbology.QR, "WXLÄÖ-12 日"),
    (Symbology.DATAMATRIX, "WXTT-0017 ß"),
    (Symbology.EAN13, "4006381333931"),
]

odd = st.text(
    st.one_of(
        st.characters(),
        st.sampled_from(list("^~_\\&äÖß\t\n😀日Łő")),
        st.sampled_from("abcdefgh "),
    ),
    max_size=120,
)


def carrying(symbology: Symbology, data: str) -> Label:
    return Label(100, 50, (Barcode(3, 5, 94, 40, symbology, data),))


@pytest.mark.parametrize(("symbology", "data"), SAID)
@pytest.mark.parametrize("dpi", [203, 300, 600])
def test_a_barcode_reads_the_same_from_every_printer(symbology, data, dpi):
    label = carrying(symbology, data)

    assert codes_in_png(png.render(label, dpi=dpi)) == [data]
    assert codes_in(drawn_zpl(zpl.render(label, dpi=dpi))) == [data]
    page = pdf_pages(pdf.render(label, dpi=dpi))[0]
    assert codes_in(drawn_pdf(page, 100, 50)) == [data]


@pytest.mark.parametrize(
    ("symbology", "data"),
    [
        (Symbology.CODE128, ""),
        (Symbology.CODE128, "Ä-01"),
        (Symbology.CODE128, "A\n01"),
        (Symbology.CODE128, "A" * 80),
        (Symbology.GS1_128, "(01)095011"),
        (Symbology.GS1_128, "no brackets"),
        (Symbology.EAN13, "4006381333932"),
        (Symbology.EAN13, "400638133393"),
        (Symbology.QR, "A\x1d1"),
        (Symbology.QR, "A" * 5_000),
        (Symbology.DATAMATRIX, "A" * 3_000),
    ],
)
@pytest.mark.parametrize("render", [png.render, pdf.render, zpl.render])
def test_what_no_scanner_could_read_is_refused(render, symbology, data):
    with pytest.raises(Unprintable):
        render(carrying(symbology, data))


def test_bars_are_whole_dots_and_stay_in_their_box():
    part = Barcode(3, 5, 94, 40, Symbology.CODE128, "WXLA-03-12")
    found = bars(part, 203)
    module = min(bar.width for bar in found)

    assert all(bar.width % module == 0 for bar in found)
    assert min(bar.x for bar in found) >= 3 * 203 / 25.4
    assert max(bar.x + bar.width for bar in found) <= 97 * 203 / 25.4


def test_a_quiet_zone_of_ten_modules_stands_on_each_side_of_code_128():
    row = symbol(Symbology.CODE128, "A").rows[0]

    assert not any(row[:10])
    assert not any(row[-10:])
    assert row[10]


def test_whether_a_code_fits_is_known_before():
    assert fits(Symbology.CODE128, "WXLA-03-12", width_mm=94, height_mm=20)
    assert not fits(Symbology.CODE128, "WXLA-03-12", width_mm=30, height_mm=20)
    assert not fits(Symbology.EAN13, "123", width_mm=94, height_mm=20)


boxes = st.builds(
    Text,
    x=st.just(2.0),
    y=st.just(2.0),
    width=st.floats(5, 90),
    height=st.floats(3, 40),
    text=odd,
    size_mm=st.floats(2, 16),
    smallest_mm=st.floats(1.5, 4),
    lines=st.integers(1, 4),
    bold=st.booleans(),
    align=st.sampled_from(Align),
)


@given(boxes)
@example(Text(0, 0, 5, 3, "W" * 50, 9, smallest_mm=8))
def test_words_never_leave_their_box(text):
    found = fit(text)

    assert len(found.lines) <= text.lines
    assert len(found.lines) * found.size_mm * LEADING <= text.height + 1e-6
    assert all(
        width_of(line, found.size_mm, bold=text.bold) <= text.width + 1e-6 for line in found.lines
    )


@given(boxes)
@settings(max_examples=40, suppress_health_check=[HealthCheck.too_slow], deadline=None)
def test_any_words_can_be_printed_and_no_dot_falls_outside(text):
    label = Label(100, 50, (text,))
    picture = Picture.open(BytesIO(png.render(label)))
    ink = picture.point(lambda dot: 255 - dot).getbbox()

    assert pdf.render(label)
    assert zpl.render(label)
    if ink:
        dots = 203 / 25.4
        assert ink[0] >= int(text.x * dots) - 1
        assert ink[2] <= (text.x + text.width) * dots + 2
        assert ink[1] >= int(text.y * dots) - 1
        assert ink[3] <= (text.y + text.height) * dots + 2


@given(boxes)
@settings(deadline=None)
def test_words_are_never_commands_to_a_label_printer(text):
    printed = zpl.render(Label(100, 50, (text,)))
    found = fit(text)

    assert zpl_texts(printed) == list(found.lines)
    assert printed.count(b"^XA") == printed.count(b"^XZ") == 1
    assert (
        printed.count(b"^FD") == printed.count(b"^FS") == printed.count(b"^FO") == len(found.lines)
    )
    assert b"~" not in printed
    assert set(printed.decode().split("^", 1)[1].split("^")) >= {"CI28\n"}


def test_a_name_that_looks_like_a_command_is_only_a_name():
    label = Label(100, 50, (Text(0, 0, 100, 10, "A^FS^XZ~JR\\&_5E", 4),))

    assert zpl_texts(zpl.render(label)) == ["A^FS^XZ~JR\\&_5E"]
    assert b"^FDA_5EFS_5EXZ_7EJR_5C&_5F5E^FS" in zpl.render(label)


def test_words_shrink_first_and_end_in_dots_at_last():
    def fitted(text: str) -> tuple[tuple[str, ...], float]:
        found = fit(Text(0, 0, 30, 10, text, 5, smallest_mm=3, lines=2))
        return found.lines, found.size_mm

    assert fitted("Mug")[1] > fitted("Mug of white porcelain")[1] > 3
    assert fitted("Mug of white porcelain")[0] == ("Mug of white", "porcelain")
    lines, size = fitted("Mug of white porcelain, hand painted, in a box of straw")
    assert size == 3
    assert lines[-1].endswith("…")


def test_a_letter_that_the_typeface_lacks_is_told_by_a_question_mark_and_its_accent_may_fall_off():
    def line(text: str) -> tuple[str, ...]:
        return fit(Text(0, 0, 90, 10, text, 4)).lines

    assert line("Größe Łódź") == ("Größe Łódz",)
    assert line("日😀!") == ("??!",)
    assert line("two\nlines\t\x00here") == ("two lines here",)


def test_every_letter_we_measure_is_as_wide_as_it_is_drawn():
    font = ImageFont.truetype(file_of(bold=True), 400, layout_engine=ImageFont.Layout.BASIC)

    assert font.getlength("A-03-12 Größe") == pytest.approx(
        width_of("A-03-12 Größe", 400, bold=True), rel=0.01
    )


def test_frames_lines_and_pictures_stand_where_they_should():
    dark = BytesIO()
    Picture.new("L", (40, 20), 0).save(dark, "PNG")
    label = Label(
        50,
        30,
        (
            Box(1, 1, 48, 28, 0.5),
            Box(10, 10, 5, 5, 5),
            Line(5, 20, 30),
            Line(40, 5, 20, is_upright=True),
            Image(20, 8, 10, 10, dark.getvalue()),
        ),
    )
    picture = Picture.open(BytesIO(png.render(label, dpi=254)))
    fields = [rest for _, _, rest in zpl_fields(zpl.render(label, dpi=254))]

    assert picture.size == (500, 300)
    assert picture.getpixel((11, 150)) == 0
    assert picture.getpixel((125, 125)) == 0
    assert picture.getpixel((200, 201)) == 0
    assert picture.getpixel((401, 100)) == 0
    assert picture.getpixel((250, 130)) == 0
    assert picture.getpixel((250, 90)) == 255
    assert picture.getpixel((60, 60)) == 255
    assert fields[:4] == ["^GB480,280,5", "^GB50,50,50", "^GB300,3,3", "^GB3,200,3"]
    assert codes_in(picture) == []
    assert pdf_size_mm(pdf.render(label)) == (50, 30)


def test_the_same_label_gives_the_same_bytes():
    label = Label(100, 50, (Text(0, 0, 90, 10, "Größe", 4), *carrying(*SAID[0]).parts))

    assert pdf.render(label) == pdf.render(label)
    assert png.render(label) == png.render(label)


def test_no_picture_is_larger_than_any_paper():
    with pytest.raises(ValueError, match="larger than any paper"):
        png.render(Label(1_000, 1_000, ()), dpi=600)
