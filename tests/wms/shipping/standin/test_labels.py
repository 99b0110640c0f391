import re

import pytest

from devices.virtual.zpl import draw
from tests.labels.reading import codes_in, drawn_pdf, pdf_pages, pdf_size_mm
from tests.wms.shipping.standin.trips import ABROAD, RECIPIENT, quoted, rate
from wms.shipping.gateway import Address
from wms.shipping.gateway.sheets import one_sheet
from wms.shipping.standin import numbers
from wms.shipping.standin.sheet import Sheet, address_lines
from wms.shipping.standin.zpl import draw as drawn_label

CARRIERS = ["USPS", "UPS", "FedEx", "DHL"]
COMMAND = re.compile(rb"[\^~][A-Z0-9@]{2}")
HOSTILE = [
    "^XZ^XA^FDhello", "~JR", "_5EXZ", "a\\&b", ">:>8", "\x1b@\x02", "Zoë Łukasz 北京", "x" * 300, "^CC!", "{}%s\n\r",
]  # fmt: skip


def sheet(**change):
    said = {
        "letter": "G",
        "carrier": "USPS",
        "service": "Ground",
        "sender": ("Mill House", "1 Mill Lane"),
        "recipient": ("Ida Brook", "2 Elm Street"),
        "weight": "1200 g",
        "date": "2026-03-02",
        "number": "9400190000009974735168",
        "reference": "wms:u1",
    }
    return Sheet(**{**said, **change})


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_printed_label_can_be_scanned_for_its_number(gateway, carrier):
    bought = gateway.buy(rate(gateway, carrier), uid="u1")

    (picture,) = draw(gateway.document(bought.label_url).data)

    assert picture.size == (812, 1218)
    assert codes_in(picture) == [bought.tracking_number]


@pytest.mark.parametrize("carrier", CARRIERS)
def test_a_label_as_pdf_can_be_scanned_too(gateway, carrier):
    bought = gateway.buy(rate(gateway, carrier), uid="u1", file_type="PDF_4x6")
    data = gateway.document(bought.label_url).data

    (page,) = pdf_pages(data)

    assert pdf_size_mm(data) == (101.6, 152.4)
    assert codes_in(drawn_pdf(page, 101.6, 152.4)) == [bought.tracking_number]


def test_a_label_abroad_is_drawn_with_letters_of_there(gateway):
    bought = gateway.buy(rate(gateway, "DHL", ABROAD), uid="u1")

    data = gateway.document(bought.label_url).data

    assert b"^FDJ_C3_B6rg Wei_C3_9F^FS" in data
    assert codes_in(draw(data)[0]) == [bought.tracking_number]


@pytest.mark.parametrize("words", HOSTILE)
@pytest.mark.parametrize("field", ["sender", "recipient", "service", "reference"])
def test_no_name_speaks_to_the_printer(words, field):
    plain = "hello" if field in {"service", "reference"} else ("hello",)
    hostile = words if field in {"service", "reference"} else (words,)

    harmless, harmful = (drawn_label(sheet(**{field: said})) for said in (plain, hostile))

    assert COMMAND.findall(harmful) == COMMAND.findall(harmless)
    assert one_sheet(harmful) == harmful.rstrip() + b"\n"


@pytest.mark.parametrize("words", HOSTILE)
def test_no_name_breaks_a_pdf(gateway, words):
    someone = Address(words, "2 Elm Street", "Los Angeles", "90001", "US", province="CA")
    bought = gateway.buy(rate(gateway, recipient=someone), uid="u1", file_type="PDF_4x6")

    assert len(pdf_pages(gateway.document(bought.label_url).data)) == 1


def test_an_address_is_written_in_its_usual_lines():
    address = {
        "name": "Ida Brook",
        "company": "Ida Brook",
        "street1": "2 Elm Street",
        "city": "Los Angeles",
    }

    lines = address_lines(
        {**address, "state": "CA", "zip": "90001", "country": "US", "street2": None}
    )

    assert lines == ("Ida Brook", "2 Elm Street", "Los Angeles CA 90001", "US")


def test_carriers_check_digits_are_right():
    assert numbers.weighted_10("920559016491731275108") == 9
    assert numbers.weighted_10("950110153000") == 3
    assert numbers._ups_check("5R8939035756712") == 7
    assert numbers._fedex_check("98657878885") == 5
    assert int(numbers.tracking_number("DHL Express", 5, 0)[:-1]) % 7 == int(
        numbers.tracking_number("DHL Express", 5, 0)[-1]
    )


@pytest.mark.parametrize("carrier", list(numbers.MAKERS))
def test_no_number_comes_twice(carrier):
    made = {numbers.tracking_number(carrier, count, 17) for count in range(20_000)}

    assert len(made) == 20_000
    assert len({len(number) for number in made}) == 1


def test_the_same_label_has_the_same_bytes(gateway):
    bought = gateway.buy(quoted(gateway, RECIPIENT).rates[0].id, uid="u1", file_type="PDF_4x6")

    assert gateway.document(bought.label_url) == gateway.document(bought.label_url)
