"""Cells of order files: every way of writing the same moment, amount and country, and none that could mean two."""

from datetime import UTC, datetime, timedelta, timezone
from decimal import Decimal
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.channels import cells
from wms.kernel.sheets import Misread
from wms.kernel.sheets.columns import Figure

LONDON = ZoneInfo("Europe/London")
BERLIN = timezone(timedelta(hours=2))


@pytest.mark.parametrize(
    ("said", "meant"),
    [
        ("2025-10-07 09:50:26 +0200", datetime(2025, 10, 7, 9, 50, 26, tzinfo=BERLIN)),
        ("2025-10-07T09:50:26+02:00", datetime(2025, 10, 7, 9, 50, 26, tzinfo=BERLIN)),
        ("2025-10-07T09:50:26Z", datetime(2025, 10, 7, 9, 50, 26, tzinfo=UTC)),
        ("2025-10-07 09:50:26 UTC", datetime(2025, 10, 7, 9, 50, 26, tzinfo=UTC)),
        ("2025-10-07 9:50", datetime(2025, 10, 7, 9, 50, tzinfo=UTC)),
        ("2025-10-07", datetime(2025, 10, 7, tzinfo=UTC)),
        (Figure("45937.41"), datetime(2025, 10, 7, 9, 50, 24, tzinfo=UTC)),
    ],
)
def test_a_moment_is_read_as_it_was_meant(said, meant):
    assert cells.moment()(said) == meant


def test_a_moment_without_an_offset_is_the_shops_own():
    assert cells.moment(LONDON)("2011-07-01 08:00:00") == datetime(2011, 7, 1, 7, tzinfo=UTC)


@pytest.mark.parametrize(
    "said",
    [
        "07/10/2025 09:50",
        "2025-13-01 09:50",
        "2025-10-07 25:00",
        "0000-01-01 00:00",
        "yesterday",
        "2025-10-07 09:50 +9900",
        Figure("99999999999"),
        Figure("-1"),
        "\u0662025-10-07",
    ],
)
def test_what_could_be_two_moments_or_none_is_not_guessed(said):
    with pytest.raises(Misread):
        cells.moment()(said)


@pytest.mark.parametrize(
    ("said", "currency", "minor"),
    [
        ("12.50", "EUR", 1250),
        ("12,5", "EUR", 1250),
        ("0.03", "GBP", 3),
        ("1500", "JPY", 1500),
        ("1.234", "BHD", 1234),
        ("0.005", "EUR", 1),
        ("7", "", 700),
    ],
)
def test_money_is_kept_in_the_smallest_coin(said, currency, minor):
    assert cells.minor(cells.money()(said), currency) == minor


@pytest.mark.parametrize("said", ["€5", "1,234.50", "-1", "1e3", "", "NaN", "9999999999", "\u0665"])
def test_what_is_no_amount_is_named(said):
    with pytest.raises(Misread):
        cells.money()(said)


@given(st.decimals(0, 1_000_000, places=2))
def test_whatever_is_written_with_two_places_comes_back_to_the_cent(amount):
    assert cells.minor(cells.money()(f"{amount:.2f}"), "EUR") == int(amount * 100)
    assert isinstance(cells.money()(f"{amount:.2f}"), Decimal)


@pytest.mark.parametrize(
    ("said", "code"),
    [("de", "DE"), ("Germany", "DE"), ("Deutschland", "DE"), ("UK", "GB"), ("United States", "US")],
)
def test_a_country_is_known_by_its_letters_and_its_names(said, code):
    assert cells.country()(said) == code


@pytest.mark.parametrize("said", ["XX", "EU", "ZZ", "Atlantis", "DEU"])
def test_what_is_no_country_is_named(said):
    with pytest.raises(Misread):
        cells.country()(said)


@pytest.mark.parametrize(
    ("said", "bare"),
    [("'75008", "75008"), ("'SW1A 1AA", "SW1A 1AA"), ("'+44 113", "+44 113"), ("x'y", "x'y")],
)
def test_the_apostrophe_of_a_spreadsheet_is_no_part_of_a_postcode(said, bare):
    assert cells.bare(40)(said) == bare
