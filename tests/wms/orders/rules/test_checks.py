import json
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.kit import ADA
from wms.orders.drafts import Contact, Payment
from wms.orders.holds import HoldKind, Step
from wms.orders.rules import checks

GOOD = checks.inputs_of(ADA, payment="paid", risk="", personalised=0)

FIELDS = st.text(alphabet="ab 1", max_size=3)

CONTACTS = st.builds(
    Contact,
    name=FIELDS,
    company=FIELDS,
    street1=FIELDS,
    city=FIELDS,
    zip=FIELDS,
    country=st.sampled_from(["", "US", "DE", "HK", "IE", "X"]),
)

INPUTS = st.builds(
    checks.inputs_of,
    CONTACTS,
    payment=st.sampled_from([one.value for one in Payment]),
    risk=st.sampled_from(["", "low", "Medium", "HIGH", "high", "unheard of"]),
    personalised=st.integers(0, 3),
)


def test_nothing_stops_a_good_order():
    assert checks.choose(GOOD) == {"accepted": True, "holds": []}


@pytest.mark.parametrize("field", ["street1", "city", "zip", "province", "country"])
def test_a_parcel_does_not_arrive_without_it(field):
    assert checks.missing(replace(ADA, **{field: ""})) == [field]


def test_a_company_is_somebody_too():
    assert checks.missing(replace(ADA, name="", company="Byron Ltd")) == []
    assert checks.missing(replace(ADA, name="", company="")) == ["name"]


def test_money_that_is_on_its_way_stops_before_release_and_money_that_went_back_at_once():
    stops = {one.value: checks.payment_stops(one.value) for one in Payment}

    assert stops == {
        "unpaid": Step.RELEASE,
        "authorized": Step.RELEASE,
        "failed": Step.RELEASE,
        "paid": None,
        "partly_refunded": None,
        "voided": Step.ACCEPT,
        "refunded": Step.ACCEPT,
    }


@given(INPUTS)
def test_an_order_is_accepted_exactly_where_nothing_stops_it_from_the_start(inputs):
    choice = checks.choose(inputs)

    assert choice["accepted"] == all(blocks != "accept" for _, blocks in choice["holds"])
    assert {kind for kind, _ in choice["holds"]} <= {kind.value for kind in HoldKind}
    assert {blocks for _, blocks in choice["holds"]} <= {step.value for step in Step}


@given(INPUTS)
def test_one_reason_is_told_once(inputs):
    kinds = [kind for kind, _ in checks.choose(inputs)["holds"]]

    assert len(kinds) == len(set(kinds))


@given(INPUTS)
def test_the_choice_is_made_again_the_same_from_what_was_kept(inputs):
    kept = json.loads(json.dumps(inputs))

    assert checks.choose(kept) == checks.choose(inputs)


@given(INPUTS)
def test_whatever_is_missing_stops_it(inputs):
    named = dict(checks.choose(inputs)["holds"])

    assert ("address" in named) == bool(inputs["missing"])
    assert ("fraud" in named) == (inputs["risk"] in {"high", "medium"})
    assert ("personalisation" in named) == bool(inputs["personalised"])


@given(CONTACTS)
def test_what_is_kept_of_an_address_is_only_what_is_not_there(contact):
    inputs = checks.inputs_of(contact, payment="paid", risk="", personalised=0)

    assert set(inputs["missing"]) <= {"name", "street1", "city", "zip", "province", "country"}
