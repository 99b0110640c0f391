"""Guesses are claimed before a secret is compared: never more than allowed, and never at a colleague's cost."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from tests.visitors import a_person, done, events
from wms.people.actions import TooManyTries, claim_try, forget_tries, try_failed, try_succeeded
from wms.people.rules import SIGN_IN


def attempt(session, house, origin, about="pin:1"):
    return claim_try(session, about=about, origin=origin, at=house.clock.now())


def tried(session, house, origins):
    """How many of these guesses were let through to be compared."""
    count = 0
    for origin in origins:
        try:
            attempt(session, house, origin)
        except TooManyTries:
            continue
        count += 1
    return count


def succeed(house, origin):
    done(house, lambda s: try_succeeded(s, attempt_id=attempt(s, house, origin)))


def test_a_thousand_guesses_from_fifty_tablets_come_to_twenty_an_hour(lite_house):
    house = lite_house
    succeed(house, "device:7")

    def guess(session):
        per_hour = []
        for _hour in range(2):
            count = 0
            for _ in range(10):
                count += tried(session, house, [f"device:{n}" for n in range(100, 150)])
                house.clock.forward(timedelta(minutes=6))
            per_hour.append(count)
        return per_hour

    per_hour = done(house, guess)

    assert 0 < max(per_hour) <= SIGN_IN.in_all
    done(house, lambda session: attempt(session, house, "device:7"))


def test_guessing_elsewhere_never_locks_out_a_colleague_at_their_own_tablet(house):
    succeed(house, "device:7")

    assert done(house, lambda s: tried(s, house, [f"device:{n}" for n in range(10, 60)])) == 10

    succeed(house, "device:7")


def test_a_colleague_who_mistypes_is_back_after_fifteen_minutes(lite_house):
    house = lite_house
    assert done(house, lambda s: tried(s, house, ["device:7"] * 9)) == 5

    house.clock.forward(timedelta(minutes=15))

    succeed(house, "device:7")


def test_the_refusal_says_how_long_to_wait(lite_house):
    house = lite_house
    done(house, lambda s: tried(s, house, ["device:7"] * 5))
    house.clock.forward(timedelta(minutes=5))

    with pytest.raises(TooManyTries) as refused:
        done(house, lambda s: attempt(s, house, "device:7"))

    assert refused.value.values == {"n": 10, "wait_s": 600}


def test_thirty_guesses_at_once_are_counted_one_after_the_other(house):
    def guess(number):
        try:
            return done(house, lambda s: attempt(s, house, f"device:{number}"))
        except TooManyTries:
            return None

    with ThreadPoolExecutor(30) as many:
        let_through = [one for one in many.map(guess, range(30)) if one]

    assert len(let_through) == 10


def test_a_guess_whose_outcome_nobody_told_counts_as_wrong(lite_house):
    house = lite_house
    for _ in range(5):
        done(house, lambda s: attempt(s, house, "device:7"))

    with pytest.raises(TooManyTries):
        done(house, lambda s: attempt(s, house, "device:7"))


def test_the_fifth_wrong_try_is_announced_once(lite_house):
    house = lite_house
    mia = a_person(house)

    def guess(session):
        number = attempt(session, house, "device:7", f"pin:{mia}")
        try_failed(session, attempt_id=number, user_id=mia, at=house.clock.now())

    for _ in range(5):
        done(house, guess)

    (fact,) = events(house, "people.SignInBlocked")
    assert fact.data == {"user_id": mia, "origin": "device:7", "minutes": 15}


def test_old_tries_are_forgotten_and_young_ones_kept(lite_house):
    house = lite_house
    done(house, lambda s: attempt(s, house, "device:7"))
    house.clock.forward(timedelta(days=31))
    done(house, lambda s: tried(s, house, ["device:7"] * 5))

    done(house, lambda s: forget_tries(s, at=house.clock.now()))

    with pytest.raises(TooManyTries):
        done(house, lambda s: attempt(s, house, "device:7"))
