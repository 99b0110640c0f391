"""Every label of ours can be scanned, from the picture, from the PDF and from what a label printer burns."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from labels import pdf, png, zpl
from labels.designs.badge import badge
from labels.designs.bin_label import bin_label
from labels.designs.command_sheet import command_sheet
from labels.designs.item_label import item_label
from labels.designs.tote_label import tote_label
from labels.label import Barcode, Symbology
from labels.paper import Paper
from tests.labels.reading import codes_in, codes_in_png, drawn_pdf, drawn_zpl, pdf_pages, zpl_texts

LONG = "REGAL-OBERGESCHOSS-LINKS-VORN-ÄÖ-0012 HINTEN"
LABELS = {
    "bin": (bin_label(code="A-03-12", scans_as="WXLA-03-12", note="Zone A"), "WXLA-03-12"),
    "bin with a long code": (bin_label(code=LONG, scans_as=f"WXL{LONG}"), f"WXL{LONG}"),
    "tote": (tote_label(code="T-0017", scans_as="WXTT-0017", kind="Tote"), "WXTT-0017"),
    "item by its number": (
        item_label(name="Mug", sku="MUG-1", scans_as="04006381333931", units="12 units"),
        "4006381333931",
    ),
    "item by its UPC": (item_label(name="Mug", sku="M", scans_as="012345678905"), "0012345678905"),
    "item by its SKU": (item_label(name="Große Tasse", sku="85123A", scans_as="85123A"), "85123A"),
    "badge": (
        badge(name="Frieda Müller", code="WXU4Q7ZK2M9X3T6B8N5R1V0C", house="Nord", ending="1V0C"),
        "WXU4Q7ZK2M9X3T6B8N5R1V0C",
    ),
}


@pytest.mark.parametrize("name", LABELS)
def test_a_label_is_read_back_from_everything_it_is_printed_on(name):
    label, code = LABELS[name]

    assert codes_in_png(png.render(label)) == [code]
    assert codes_in(drawn_zpl(zpl.render(label))) == [code]
    page = pdf_pages(pdf.render(label))[0]
    assert codes_in(drawn_pdf(page, label.width_mm, label.height_mm)) == [code]


def test_a_code_too_long_for_lines_becomes_a_qr_code():
    def kinds(code: str) -> list[Symbology]:
        parts = bin_label(code=code, scans_as=code).parts
        return [part.symbology for part in parts if isinstance(part, Barcode)]

    assert kinds("A-03-12") == [Symbology.CODE128]
    assert kinds("A" * 60) == [Symbology.QR]
    assert kinds("Ä-1") == [Symbology.QR]


def test_a_badge_shows_its_code_in_the_bars_alone():
    label, code = LABELS["badge"]

    assert code not in zpl_texts(zpl.render(label))


@pytest.mark.parametrize("paper", Paper)
def test_a_sheet_of_commands_reads_in_full(paper):
    words = ["DONE", "UNDO", "SKIP", "SHORT", "DAMAGED", "EMPTY", "FULL", "QTY", "YES", "NO"]
    commands = [(f"WXC{word}", word.title()) for word in words]

    found = command_sheet(commands, title="Picking", paper=paper)
    read = [code for sheet in found for code in codes_in_png(png.render(sheet, dpi=300))]

    assert sorted(read) == sorted(code for code, _ in commands)


@given(st.text(min_size=1, max_size=64).filter(str.isprintable), st.text(max_size=200))
@settings(deadline=None, max_examples=60)
def test_whatever_a_place_or_an_item_is_called_a_label_comes_out(code, words):
    made = [
        bin_label(code=code, scans_as=code, note=words),
        tote_label(code=code, scans_as=code, kind=words),
        item_label(name=words, sku=code, scans_as=code, units=words),
    ]

    for label in made:
        assert pdf.render(label)
        assert zpl.render(label)
