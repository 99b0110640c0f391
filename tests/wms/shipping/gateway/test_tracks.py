from datetime import UTC, datetime

import pytest

from wms.shipping.gateway import Status
from wms.shipping.gateway.tracks import read_time, read_track


def said(status, code="", at="2026-01-02T10:00:00Z", **more):
    return {"status": status, "substatus": {"code": code}, "status_date": at, **more}


def way(*steps, now=None):
    told = {"carrier": "usps", "tracking_number": "9400", "tracking_history": list(steps)}
    return read_track({**told, "tracking_status": now})


@pytest.mark.parametrize(
    ("status", "code", "meant"),
    [
        ("PRE_TRANSIT", "information_received", Status.PRE_TRANSIT),
        ("TRANSIT", "package_arrived", Status.IN_TRANSIT),
        ("TRANSIT", "out_for_delivery", Status.OUT_FOR_DELIVERY),
        ("DELIVERED", "delivered", Status.DELIVERED),
        ("RETURNED", "return_to_sender", Status.RETURNED),
        ("FAILURE", "package_lost", Status.FAILURE),
        ("UNKNOWN", "other", Status.UNKNOWN),
        ("TELEPORTED", "out_for_delivery", Status.UNKNOWN),
    ],
)
def test_the_platforms_words_are_ours_and_others_are_not_guessed(status, code, meant):
    assert way(said(status, code)).steps[0].status is meant


def test_steps_keep_the_order_in_which_they_are_told_whatever_their_times():
    steps = way(
        said("DELIVERED", at="2026-01-05T10:00:00Z"), said("FAILURE", at="2026-01-09T10:00:00Z")
    ).steps

    assert [step.status for step in steps] == [Status.DELIVERED, Status.FAILURE]


def test_what_is_told_again_has_the_same_key_and_comes_once():
    last = said("TRANSIT", object_id="x")

    first, second = way(last), way(last, now={**last, "object_id": "y"})

    assert len(second.steps) == 1
    assert first.steps[0].key == second.steps[0].key


@pytest.mark.parametrize(
    "other",
    [
        said("TRANSIT", "package_arrived"),
        said("TRANSIT", at="2026-01-02T10:00:01Z"),
        said("DELIVERED"),
    ],
)
def test_other_things_have_other_keys(other):
    assert len(way(said("TRANSIT"), other).steps) == 2


@pytest.mark.parametrize(
    ("step", "needs"),
    [
        (said("TRANSIT", "package_held"), True),
        (said("TRANSIT", "package_departed"), False),
        ({"status": "TRANSIT", "substatus": {"code": "new", "action_required": True}}, True),
        ({"status": "TRANSIT", "substatus": None}, False),
    ],
)
def test_some_words_need_somebody_to_act(step, needs):
    assert way(step).steps[0].needs_action is needs


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("2026-01-02T10:00:00Z", datetime(2026, 1, 2, 10, tzinfo=UTC)),
        ("2026-01-02T10:00:00.123+02:00", datetime(2026, 1, 2, 8, 0, 0, 123000, tzinfo=UTC)),
        ("2026-01-02T10:00:00", datetime(2026, 1, 2, 10, tzinfo=UTC)),
        ("2026-01-02 15:04:05.999 +0000 UTC", None),
        ("0001-01-01T00:00:00+14:00", None),
        ("", None),
    ],
)
def test_times_are_read_or_left_out(written, meant):
    assert read_time(written) == meant


def test_places_are_written_as_people_write_them():
    where = {"city": "Newark", "state": "NJ", "zip": "07101", "country": "US"}

    assert way(said("TRANSIT", location=where)).steps[0].place == "Newark, NJ, 07101, US"
    assert way(said("TRANSIT", location=None)).steps[0].place == ""


def test_halves_of_signs_are_no_words():
    assert way(said("TRANSIT\ud800", "\udfff")).steps[0].status is Status.UNKNOWN
