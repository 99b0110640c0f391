import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.orders import money

CURRENCIES = st.sampled_from(["EUR", "JPY", "KWD", ""])


@pytest.mark.parametrize(
    ("minor", "currency", "written"),
    [(1250, "EUR", "12.50"), (0, "", "0.00"), (1250, "JPY", "1250"), (1250, "KWD", "1.250")],
)
def test_an_amount_is_written_as_its_currency_does(minor, currency, written):
    assert money.written(minor, currency) == written


@pytest.mark.parametrize(
    ("text", "currency", "minor"),
    [("12.5", "EUR", 1250), ("12", "JPY", 12), ("12.5", "JPY", None), ("1.234", "EUR", None)],
)
def test_an_amount_is_kept_in_its_smallest_coin(text, currency, minor):
    assert money.minor(text, currency) == minor


@given(st.integers(0, 10**15), CURRENCIES)
def test_what_is_written_is_read_back(minor, currency):
    assert money.minor(money.written(minor, currency), currency) == minor


@given(st.integers(0, 10**12 - 1), CURRENCIES)
def test_what_is_written_looks_like_an_amount(minor, currency):
    assert money.AMOUNT.fullmatch(money.written(minor, currency))
