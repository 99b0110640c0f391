import pytest

from wms.bins.places import Kind, Place, Role, holds_sellable
from wms.bins.rules.places import faults, is_sscc, nesting

BIN = Place(code="A-01", kind=Kind.BIN)


@pytest.mark.parametrize(
    ("kind", "role", "promised"),
    [
        (Kind.BIN, Role.PLAIN, True),
        (Kind.BIN, Role.RESERVE, True),
        (Kind.BIN, Role.PROBLEM, False),
        (Kind.BIN, Role.QUARANTINE, False),
        (Kind.TOTE, Role.PLAIN, False),
        (Kind.BENCH, Role.PLAIN, False),
        (Kind.PERSON, Role.PLAIN, False),
        (Kind.OUTSIDE, Role.PLAIN, False),
    ],
)
def test_only_what_lies_in_ordinary_bins_is_promised(kind, role, promised):
    assert holds_sellable(kind, role) is promised


def test_an_ordinary_bin_makes_sense():
    assert list(faults(BIN)) == []


@pytest.mark.parametrize(
    ("facts", "where", "sentence"),
    [
        ({"code": ""}, "code", "bins.code_missing"),
        ({"code": "A" * 65}, "code", "bins.code_long"),
        ({"code": "A\n1"}, "code", "bins.code_unprintable"),
        ({"code": " A1"}, "code", "bins.code_unprintable"),
        ({"kind": Kind.OUTSIDE}, "kind", "bins.outside_is_made"),
        (
            {"kind": Kind.DOCK, "is_pick_face": True},
            "is_pick_face",
            "bins.only_bins_are_pick_faces",
        ),
        ({"kind": Kind.DOCK, "role": Role.RESERVE}, "role", "bins.only_bins_are_reserve"),
        ({"x_mm": 5}, "y_mm", "bins.half_a_point"),
        ({"y_mm": 5}, "x_mm", "bins.half_a_point"),
        ({"side": "M"}, "side", "bins.unknown_side"),
        ({"capacity_units": 0}, "capacity_units", "bins.out_of_range"),
        ({"capacity_g": -1}, "capacity_g", "bins.out_of_range"),
        ({"level": 10_000}, "level", "bins.out_of_range"),
        ({"x_mm": 10_000_001, "y_mm": 0}, "x_mm", "bins.out_of_range"),
    ],
)
def test_what_does_not_hold_together_is_named_by_field(facts, where, sentence):
    place = Place(**{"code": "A-01", "kind": Kind.BIN} | facts)

    assert [(fault.where, fault.sentence) for fault in faults(place)] == [(where, sentence)]


def test_a_tote_never_stands_in_itself():
    assert nesting(7, [9, 7], 0) == "bins.would_hold_itself"


def test_layers_end():
    assert nesting(1, [2, 3], 1) is None
    assert nesting(1, [2, 3], 2) == "bins.too_deep"
    assert nesting(1, [2, 3, 4, 5], 0) == "bins.too_deep"


@pytest.mark.parametrize(
    ("text", "fits"),
    [
        ("106141412345678908", True),  # GS1 General Specifications, figure 2.2.1-1
        ("106141412345678907", False),
        ("10614141234567890", False),
        ("10614141234567890x", False),
        ("\N{FULLWIDTH DIGIT ONE}06141412345678908", False),
    ],
)
def test_an_sscc_checks_itself(text, fits):
    assert is_sscc(text) is fits
