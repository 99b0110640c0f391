"""What the platform says is read without ever raising, whatever is missing or new in it."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.shipping.gateway import Bought, NoAnswer, Queued, RefundState, Refused
from wms.shipping.gateway.carriers import house_name, tracking_word
from wms.shipping.gateway.complaints import MOST, read_errors, read_messages
from wms.shipping.gateway.purchases import read_purchase, read_purchases
from wms.shipping.gateway.quotes import minor, read_quote
from wms.shipping.gateway.tracks import read_track

LABEL = {
    "object_id": "t1",
    "status": "SUCCESS",
    "tracking_number": "9400",
    "tracking_url_provider": "https://carrier.example/9400",
    "label_url": "https://labels.example/t1.zpl",
    "rate": "r1",
    "metadata": "wms:4f1c",
}
BOUGHT = Bought("t1", "9400", "https://carrier.example/9400", "https://labels.example/t1.zpl")

WORDS = [
    "object_id", "status", "tracking_number", "label_url", "rate", "metadata", "messages", "rates", "amount",
    "currency", "servicelevel", "estimated_days", "tracking_history", "tracking_status", "substatus", "location",
    "status_date", "text", "source", "results",
]  # fmt: skip
ANYTHING = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats()
    | st.text(st.characters(exclude_categories=()), max_size=20)
    | st.sampled_from(["NaN", "1e999"]),
    lambda inner: (
        st.lists(inner, max_size=3) | st.dictionaries(st.sampled_from(WORDS), inner, max_size=8)
    ),
    max_leaves=12,
)
ANY_BODY = st.dictionaries(st.sampled_from(WORDS), ANYTHING)


@given(ANY_BODY)
def test_nothing_that_comes_can_stop_us_from_reading_it(body):
    read_purchase(body)
    read_quote(body)
    read_track(body)
    read_messages(body)
    read_errors(body)


def test_halves_of_signs_and_nul_are_not_kept():
    told = json.loads(
        '{"object_id": "t\\u00001", "label_url": "u", "tracking_number": "9\\ud8001"}'
    )

    assert read_purchase(told).outcome == Bought("t1", "9?1", "", "u")
    assert read_errors({"detail": "\ud800x"}) == ("?x",)


def test_a_bought_label_knows_its_rate_and_our_number():
    purchase = read_purchase(LABEL)

    assert (purchase.rate_id, purchase.uid, purchase.outcome) == ("r1", "4f1c", BOUGHT)


def test_a_rate_may_be_told_whole_and_metadata_may_be_somebody_elses():
    purchase = read_purchase({**LABEL, "rate": {"object_id": "r1"}, "metadata": "order 1"})

    assert (purchase.rate_id, purchase.uid) == ("r1", "")


@pytest.mark.parametrize(
    ("change", "outcome"),
    [
        ({"status": "DONE_AND_DUSTED"}, BOUGHT),
        ({"status": None}, BOUGHT),
        ({"status": "QUEUED", "label_url": None}, Queued("t1")),
        ({"status": "WAITING", "tracking_number": "", "label_url": ""}, Queued("t1")),
        ({"status": "SUCCESS", "label_url": ""}, Queued("t1")),
        ({"status": "SOMETHING_NEW", "tracking_number": None}, Queued("t1")),
        (
            {"status": "ERROR", "messages": [{"source": "UPS", "text": "No."}]},
            Refused(("UPS: No.",), "t1"),
        ),
        ({"status": "error", "messages": None}, Refused((), "t1")),
    ],
)
def test_what_became_of_a_purchase(change, outcome):
    assert read_purchase({**LABEL, **change}).outcome == outcome


@pytest.mark.parametrize(
    ("status", "refund"),
    [
        ("REFUNDPENDING", RefundState.PENDING),
        ("REFUNDED", RefundState.REFUNDED),
        ("REFUNDREJECTED", RefundState.REJECTED),
    ],
)
def test_a_refunded_label_was_bought(status, refund):
    assert read_purchase({**LABEL, "status": status}).outcome.refund is refund


def test_a_purchase_without_its_number_is_none():
    assert read_purchase({**LABEL, "object_id": None}) is None


def test_a_list_with_one_purchase_that_cannot_be_told_apart_is_no_list():
    with pytest.raises(NoAnswer):
        read_purchases({"results": [LABEL, {}]})


def test_rates_without_a_price_or_number_are_left_out():
    fit = {"object_id": "r1", "amount": "5.50", "currency": "usd", "provider": "USPS"}
    told = {"object_id": "s1", "rates": [fit, {**fit, "amount": "free"}, {**fit, "object_id": ""}]}

    (rate,) = read_quote(told).rates

    assert (rate.amount_minor, rate.currency, rate.days, rate.service) == (550, "USD", None, "")


@pytest.mark.parametrize(
    ("amount", "currency", "units"),
    [
        ("5.5", "USD", 550), ("5.50", "EUR", 550), ("0", "USD", 0), ("1200", "JPY", 1200), ("12.345", "USD", None),
        ("-1", "USD", None), ("NaN", "USD", None), ("Infinity", "USD", None), ("1e400", "USD", 10**402),
        ("", "USD", None), ("1,5", "USD", None),
    ],
)  # fmt: skip
def test_money_is_counted_in_its_smallest_unit(amount, currency, units):
    assert minor(amount, currency) == units


@pytest.mark.parametrize(
    ("body", "sentences"),
    [
        ({"detail": "Not found."}, ("Not found.",)),
        ({"rate": ["Too old."]}, ("rate: Too old.",)),
        ({"address_to": [{"zip": ["Wanted.", "Wanted."]}]}, ("address_to.zip: Wanted.",)),
        ({"message": "No.", "details": [{"a": "b"}]}, ("No.", "a: b")),
        ("No.", ("No.",)),
        ({"__all__": ["No."]}, ("No.",)),
        (None, ()),
        ({"code": 7}, ()),
    ],
)
def test_complaints_come_in_four_shapes(body, sentences):
    assert read_errors(body) == sentences


def test_complaints_are_not_endless():
    told = read_errors({f"field{number}": ["x" * 5000] for number in range(500)})

    assert len(told) == MOST
    assert max(map(len, told)) == 300


def test_messages_say_who_says_them():
    told = [{"source": "UPS", "code": "1", "text": "Too heavy."}, {"code": "7"}, "Bare.", {}]

    assert read_messages({"messages": told}) == ("UPS: Too heavy.", "7", "Bare.")


@pytest.mark.parametrize(
    ("told", "name", "word"),
    [
        ("USPS", "USPS", "usps"),
        ("usps", "USPS", "usps"),
        ("FedEx", "FedEx", "fedex"),
        ("DHL Express", "DHL", "dhl_express"),
        ("dhl_ecommerce", "DHL", "dhl_express"),
        ("Canada Post", "Canada Post", "canada_post"),
    ],
)
def test_carriers_have_one_name_in_the_house(told, name, word):
    assert house_name(told) == name
    assert tracking_word(name) == word
