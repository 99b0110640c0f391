"""Which scans are the label of a box, however carriers wrap their numbers."""

import pytest

from wms.packing import queries
from wms.packing.rules.labels import label_forms, usps_number
from wms.packing.tables import Package

USPS = "9205500000000000000000"
FEDEX = "794612345678"


@pytest.mark.parametrize(
    ("scanned", "number"),
    [
        ("1z999aa10123456784", "1Z999AA10123456784"),
        (f"42045402{USPS}", USPS),
        (f"420454021234{USPS}", USPS),
        (f"]C142045402\x1d{USPS}", USPS),
        (f"(420)45402(92){USPS[2:]}", USPS),
        (f"9622001900000000000000{FEDEX}", FEDEX),
        ("9611020987654312345672", "987654312345672"),
        (" JD014600003889000000 ", "JD014600003889000000"),
    ],
)
def test_a_number_is_known_in_whatever_its_carrier_wraps_it(scanned, number):
    assert queries.is_label_of(Package(label_code=number), scanned)


@pytest.mark.parametrize(
    "scanned", ["1Z999AA10123456785", f"4204540{USPS}", "", f"96220019{FEDEX}", "P-000001"]
)
def test_another_number_is_not(scanned):
    assert not queries.is_label_of(Package(label_code="1Z999AA10123456784"), scanned)
    assert not queries.is_label_of(Package(label_code=USPS), scanned)


@pytest.mark.parametrize(
    ("scanned", "number"),
    [
        (f"42045402{USPS}", USPS),
        (f"(420)45402(92){USPS[2:]}", USPS),
        (USPS, ""),
        ("1Z999AA10123456784", ""),
        ("", ""),
    ],
)
def test_the_postal_code_before_a_usps_number_is_no_part_of_it(scanned, number):
    assert usps_number(scanned) == number


def test_a_box_without_a_label_has_none_that_could_be_scanned():
    assert not queries.is_label_of(Package(label_code=""), "")


def test_a_plain_number_stands_for_itself_alone():
    assert label_forms("1Z999AA10123456784") == ("1Z999AA10123456784",)
