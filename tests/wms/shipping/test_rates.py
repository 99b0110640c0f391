"""The cheapest that arrives when it was promised, and what is said of the others."""

from hypothesis import given
from hypothesis import strategies as st

from wms.kernel.decisions import registry
from wms.shipping.rules.rates import CHOOSE, Offer, Wanted, inputs
from wms.wiring import RULES

SLOW = Offer("slow", "USPS", "Ground", 500, "USD", 5)
QUICK = Offer("quick", "UPS", "Next Day", 2900, "USD", 1)
MIDDLE = Offer("middle", "USPS", "Priority", 900, "USD", 2, token="usps_priority")


def choose(*offers, **wanted):
    return CHOOSE.choose(inputs(offers, Wanted(**wanted)))


def test_without_a_promise_the_cheapest_wins():
    made = choose(QUICK, SLOW, MIDDLE)

    assert (made["rate_id"], made["why"]) == ("slow", "cheapest")
    assert made["passed"] == {"quick": "dearer", "middle": "dearer"}


def test_with_a_promise_the_cheapest_in_time_wins():
    made = choose(QUICK, SLOW, MIDDLE, days_left=2)

    assert (made["rate_id"], made["why"]) == ("middle", "cheapest_in_time")
    assert made["passed"] == {"quick": "dearer", "slow": "too_late"}


def test_where_none_arrives_in_time_no_money_is_spent_on_being_late():
    made = choose(QUICK, SLOW, days_left=0)

    assert (made["rate_id"], made["why"]) == ("slow", "none_in_time")


def test_a_carrier_that_does_not_say_how_long_it_takes_is_not_in_time():
    silent = Offer("silent", "USPS", "Media", 100, "USD", None)

    assert choose(silent, MIDDLE, days_left=3)["rate_id"] == "middle"
    assert choose(silent, MIDDLE)["rate_id"] == "silent"


def test_only_carriers_that_have_a_lane_are_taken_however_they_are_written():
    made = choose(SLOW, QUICK, carriers=("ups",))

    assert (made["rate_id"], made["passed"]) == ("quick", {"slow": "other_carrier"})


def test_the_service_that_was_ordered_is_taken_by_its_name_or_its_word():
    assert choose(SLOW, MIDDLE, service="priority")["rate_id"] == "middle"
    assert choose(SLOW, MIDDLE, service="USPS_PRIORITY")["rate_id"] == "middle"
    assert choose(SLOW, MIDDLE, service="By balloon")["rate_id"] == "slow"


def test_what_was_refused_before_is_not_tried_again():
    assert choose(SLOW, MIDDLE, refused=("USPS/Ground",))["rate_id"] == "middle"


def test_amounts_of_another_currency_are_not_compared():
    odd = Offer("odd", "USPS", "Ground", 1, "JPY", 5)

    assert choose(odd, SLOW, MIDDLE)["rate_id"] == "slow"


def test_a_carrier_that_was_asked_for_is_taken_in_its_own_money():
    paket = Offer("paket", "DHL", "Paket", 700, "EUR", 2)

    made = choose(SLOW, QUICK, paket, carriers=("DHL",))

    assert (made["rate_id"], made["why"]) == ("paket", "cheapest")
    assert made["passed"] == {"slow": "other_carrier", "quick": "other_carrier"}


def test_what_was_chosen_before_carriers_were_looked_at_first_comes_out_the_same_again():
    paket = Offer("paket", "DHL", "Paket", 700, "EUR", 2)
    weighed = inputs([SLOW, QUICK, paket], Wanted(carriers=("DHL",)))

    made = registry(RULES)["shipping.choose_rate", 1].choose(weighed)

    assert (made["rate_id"], made["why"]) == (None, "nothing")
    assert made["passed"] == {
        "paket": "other_money",
        "quick": "other_carrier",
        "slow": "other_carrier",
    }


def test_nothing_offered_is_nothing_chosen():
    assert choose()["rate_id"] is None
    assert choose(SLOW, carriers=("DHL",))["rate_id"] is None


OFFERS = st.lists(
    st.builds(
        Offer,
        id=st.integers(1, 99).map(str),
        carrier=st.sampled_from(["UPS", "USPS"]),
        service=st.sampled_from(["A", "B"]),
        amount_minor=st.integers(0, 9_999),
        currency=st.just("USD"),
        days=st.none() | st.integers(0, 9),
    ),
    unique_by=lambda offer: offer.id,
    max_size=8,
)


@given(OFFERS, st.none() | st.integers(0, 9))
def test_every_offer_is_either_taken_or_passed_over_for_a_reason(offers, days_left):
    made = choose(*offers, days_left=days_left)

    told = {made["rate_id"], *made["passed"]} - {None}
    assert told == {offer.id for offer in offers}
    assert made == choose(*reversed(offers), days_left=days_left)
