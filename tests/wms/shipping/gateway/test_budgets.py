import pytest

from wms.shipping.gateway.budgets import CLOSED_S, Budget, Question, budgets


class Hand:
    """A clock whose hand the test moves."""

    def __init__(self):
        self.seconds = 100.0

    def __call__(self):
        return self.seconds


@pytest.fixture
def hand():
    return Hand()


def test_a_minutes_questions_may_come_at_once_and_the_next_one_waits(hand):
    budget = Budget(10, hand)

    assert [budget.take() for _ in range(10)] == [0] * 10
    assert budget.take() == pytest.approx(6)


def test_time_fills_it_again_and_never_over_the_brim(hand):
    budget = Budget(10, hand)
    for _ in range(10):
        budget.take()

    hand.seconds += 6
    assert budget.take() == 0
    assert budget.take() > 0

    hand.seconds += 6000
    assert [budget.take() for _ in range(10)] == [0] * 10
    assert budget.take() > 0


def test_waiting_as_long_as_told_is_enough(hand):
    budget = Budget(7, hand)
    for _ in range(7):
        budget.take()

    hand.seconds += budget.take() + 1e-6

    assert budget.take() == 0


@pytest.mark.parametrize(("told", "meant"), [(None, CLOSED_S), (3.0, 3.0), (9999.0, 60.0)])
def test_told_to_slow_down_it_stays_closed_for_so_long(hand, told, meant):
    budget = Budget(10, hand)

    assert budget.close(told) == meant
    assert budget.take() == pytest.approx(meant)

    hand.seconds += meant
    assert budget.take() == 0


def test_keys_know_their_limits():
    def left(key, question):
        budget = budgets(key)[question]
        return next(n for n in range(2000) if budget.take())

    assert left("shippo_test_1", Question.LIST) == 10
    assert left("shippo_test_1", Question.POST) == 50
    assert left("shippo_live_1", Question.LIST) == 50
    assert left("an old key", Question.POST) == 500


def test_a_practice_house_buys_as_fast_as_it_can():
    budget = budgets("shippo_practice_1")[Question.POST]

    assert not any(budget.take() for _ in range(20_000))
