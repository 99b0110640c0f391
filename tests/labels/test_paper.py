import pytest

from labels import pdf, png
from labels.designs.bin_label import bin_label
from labels.label import Box, Label
from labels.paper import Paper, sheets
from tests.labels.reading import codes_in_png, pdf_pages, pdf_size_mm


def bins(count: int) -> list[Label]:
    codes = [f"A-01-{number:02}" for number in range(1, count + 1)]
    return [bin_label(code=code, scans_as=f"WXL{code}") for code in codes]


@pytest.mark.parametrize("paper", Paper)
def test_no_label_stands_across_the_edge_of_the_paper(paper):
    for sheet in sheets(bins(3), paper=paper, title="Zone A"):
        wide, high = paper.value
        for part in (part for part in sheet.parts if isinstance(part, Box)):
            assert part.x >= 0 <= part.y
            assert part.x + part.width <= wide
            assert part.y + part.height <= high


def test_every_label_of_a_zone_is_on_a_sheet_and_can_be_scanned_there():
    found = sheets(bins(11), paper=Paper.A4)

    printed = pdf.pages(found)
    read = [code for sheet in found for code in codes_in_png(png.render(sheet, dpi=203))]

    assert len(found) == len(pdf_pages(printed)) == 3
    assert pdf_size_mm(printed) == (210, 297)
    assert sorted(read) == [f"WXLA-01-{number:02}" for number in range(1, 12)]


def test_nothing_to_print_takes_no_paper():
    assert sheets([], paper=Paper.A4) == ()


def test_a_label_larger_than_the_paper_is_refused():
    with pytest.raises(ValueError, match="does not fit on A4"):
        sheets([Label(400, 20, ())], paper=Paper.A4)
