"""How many guesses anybody gets, and which passwords and PINs will do."""

from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from wms.people.policy import Role
from wms.people.rules import (
    ADMIN_IDLE,
    ENROL,
    FLOOR_IDLE,
    OFFICE_IDLE,
    SIGN_IN,
    Try,
    idle_for,
    needs_pin,
    unfit_password,
    unfit_pin,
    wait_until,
)

NOON = datetime(2026, 1, 5, 12, 0, tzinfo=UTC)
MINUTE = timedelta(minutes=1)


def wrong(origin, *minutes):
    return [Try(origin, NOON + minute * MINUTE, succeeded=False) for minute in minutes]


def wait(tries, origin="tablet", home=None):
    until = wait_until(tries, SIGN_IN, origin=origin, home=home)
    return (until - NOON) / MINUTE if until else None


def test_four_wrong_tries_wait_for_nothing():
    assert wait(wrong("tablet", 0, 1, 2, 3)) is None


def test_five_wrong_tries_wait_fifteen_minutes_from_the_fifth():
    assert wait(wrong("tablet", 0, 1, 2, 3, 4)) == 19


def test_wrong_tries_on_one_tablet_leave_the_others_alone():
    assert wait(wrong("tablet", 0, 1, 2, 3, 4), origin="other") is None


def test_a_right_one_in_between_begins_anew():
    tries = [*wrong("tablet", 0, 1, 2, 3), Try("tablet", NOON + 4 * MINUTE, succeeded=True)]

    assert wait([*tries, *wrong("tablet", 5, 6, 7, 8)]) is None


def test_after_the_rest_five_more_may_be_tried():
    tries = wrong("tablet", 0, 1, 2, 3, 4, 19, 20, 21, 22)

    assert wait(tries) is None
    assert wait([*tries, *wrong("tablet", 23)]) > 23


def test_guesses_from_everywhere_share_one_allowance():
    tries = [one for n in range(10) for one in wrong(f"tablet {n}", n)]

    assert wait(tries, origin="another") == 60


def test_guesses_elsewhere_lock_out_nobody_at_home():
    tries = [one for n in range(10) for one in wrong(f"tablet {n}", n)]

    assert wait(tries, origin="home", home="home") is None


def test_home_has_an_end_too():
    tries = wrong("home", 0, 1, 2, 3, 4, 19, 20, 21, 22, 23)

    assert wait(tries, origin="home", home="home") == 60


@given(
    st.lists(st.tuples(st.sampled_from("abcdefgh"), st.integers(0, 600), st.booleans())),
    st.sampled_from([None, *"abcdefgh"]),
)
def test_never_more_than_twenty_wrong_tries_an_hour(wishes, home):
    """Whoever may try, tries; what is refused is not tried. However they come, an hour holds twenty at most."""
    tries = []
    for origin, second, lucky in sorted(wishes * 8, key=lambda wish: wish[1]):
        at = NOON + timedelta(seconds=6 * second)
        until = wait_until(tries, SIGN_IN, origin=origin, home=home)
        if until is None or until <= at:
            tries.append(Try(origin, at, succeeded=lucky and origin == home))

    missed = [one.at for one in tries if not one.succeeded]
    for first in missed:
        assert sum(first <= at < first + SIGN_IN.window for at in missed) <= SIGN_IN.in_all


@pytest.mark.parametrize("origins", [1, 50])
def test_ten_thousand_guesses_in_a_day_come_to_twenty_an_hour(origins):
    tries = [Try("home", NOON, succeeded=True)]
    for n in range(10_000):
        at = NOON + timedelta(seconds=8.64 * n)
        recent = [one for one in tries if one.at > at - SIGN_IN.window]
        origin = f"tablet {n % origins}"
        until = wait_until(recent, SIGN_IN, origin=origin, home="home")
        if until is None or until <= at:
            tries.append(Try(origin, at, succeeded=False))

    missed = [one.at for one in tries if not one.succeeded]
    assert max(sum(at <= one < at + SIGN_IN.window for one in missed) for at in missed) <= 20
    assert (wait_until(tries, SIGN_IN, origin="home", home="home") or at) <= at


def test_a_code_of_six_digits_stands_fifty_guesses_in_its_ten_minutes():
    tries = [Try(str(n), NOON, succeeded=False) for n in range(49)]

    assert wait_until(tries, ENROL, origin="new", home=None) is None
    tries.append(Try("last", NOON, succeeded=False))
    assert wait_until(tries, ENROL, origin="new", home=None) == NOON + ENROL.window


@pytest.mark.parametrize(
    ("pin", "says"),
    [
        ("48291", "people.pin_six_digits"),
        ("4829155", "people.pin_six_digits"),
        ("48291a", "people.pin_six_digits"),
        ("٤٨٢٩١٥", "people.pin_six_digits"),
        ("000000", "people.pin_too_easy"),
        ("123456", "people.pin_too_easy"),
        ("987654", "people.pin_too_easy"),
        ("482915", None),
    ],
)
def test_a_pin_is_six_digits_that_nobody_tries_first(pin, says):
    assert unfit_pin(pin) == says


@pytest.mark.parametrize(
    ("password", "says"),
    [
        ("short", "people.password_too_short"),
        ("x" * 201, "people.password_too_long"),
        ("aaaaaaaaaaaa", "people.password_too_easy"),
        ("Ana Ruiz of Dayton", "people.password_too_easy"),
        ("a few words in a row", None),
    ],
)
def test_a_password_is_long_and_nobodys_name(password, says):
    assert unfit_password(password, name="Ana Ruiz of Dayton", login="ana") == says


def test_who_can_change_others_needs_a_pin_and_is_signed_out_sooner():
    assert needs_pin([Role.SUPERVISOR])
    assert needs_pin([Role.PICKER, Role.ADMIN])
    assert not needs_pin([Role.PICKER, Role.PACKER])
    assert idle_for([Role.ADMIN], on_device=False) == ADMIN_IDLE
    assert idle_for([Role.PACKER], on_device=False) == OFFICE_IDLE
    assert idle_for([Role.ADMIN], on_device=True) == FLOOR_IDLE
