"""Where a parcel is, by the carrier's clock: never downgraded, whatever arrives when."""

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from wms.shipping.lifecycle import Told, Tracking
from wms.shipping.rules.tracking import Said, where

DAY = datetime(2026, 1, 5, tzinfo=UTC)


def said(*words):
    return [Said(word, DAY + timedelta(hours=hour)) for hour, word in enumerate(words)]


def test_a_parcel_goes_its_way():
    way = said(Told.PRE_TRANSIT, Told.IN_TRANSIT, Told.OUT_FOR_DELIVERY, Told.DELIVERED)

    assert [where(way[:n]) for n in range(5)] == [
        Tracking.UNKNOWN,
        Tracking.PRE_TRANSIT,
        Tracking.IN_TRANSIT,
        Tracking.OUT_FOR_DELIVERY,
        Tracking.DELIVERED,
    ]


def test_delivered_yields_only_to_returned():
    assert where(said(Told.DELIVERED, Told.IN_TRANSIT, Told.FAILURE)) is Tracking.DELIVERED
    assert where(said(Told.DELIVERED, Told.RETURNED)) is Tracking.RETURNED
    assert where(said(Told.RETURNED, Told.DELIVERED)) is Tracking.RETURNED


def test_what_was_on_its_way_is_not_announced_again():
    assert where(said(Told.IN_TRANSIT, Told.PRE_TRANSIT)) is Tracking.IN_TRANSIT


@given(st.permutations(list(Told)), st.randoms())
def test_the_order_of_arrival_changes_nothing(words, chance):
    told = said(*words)
    mixed = [*told, *told]
    chance.shuffle(mixed)

    assert where(mixed) is where(told)
