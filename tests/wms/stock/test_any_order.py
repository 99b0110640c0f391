"""Whatever is done to stock in whatever order: it goes as pencil and paper say, and the books balance."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import timedelta
from itertools import count

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit import (
    NOON,
    TESTER,
    a_bin,
    a_place,
    an_item,
    broken,
    done,
    held,
    outside,
    promisable,
)
from wms.bins.places import Kind, Outside
from wms.kernel.refusal import Refusal
from wms.stock.actions import adjust, allocate, post, promote, release, reverse
from wms.stock.moves import Move, Pile, Promises, Reason
from wms.stock.promises import Hardness, Line, Request
from wms.stock.tables import Allocation, StockBalance

LATER = NOON + timedelta(hours=1)
NUMBERS = count(1)
PLACES = ("upper", "lower", "bench")


@dataclass
class Floor:
    """The warehouse, and what pencil and paper say of it."""

    database: object
    here: int
    items: list
    at: dict
    holds: Counter = field(default_factory=Counter)
    promises: dict = field(default_factory=dict)
    """By number: item, place or None, units."""
    moves: list = field(default_factory=list)

    def sellable(self, item):
        return self.holds["upper", item] + self.holds["lower", item]

    def promised(self, item, place=None):
        return sum(
            units
            for its, where, units in self.promises.values()
            if its == item and place in (None, where)
        )

    def free(self, item):
        return self.sellable(item) - self.promised(item)

    def can_leave(self, item, source, target, units):
        spare = self.holds[source, item] - self.promised(item, source)
        leaves_sale = source in ("upper", "lower") and target not in ("upper", "lower")
        return spare >= units and (not leaves_sale or self.free(item) >= units)

    def go(self, item, source, target, units):
        self.holds[source, item] -= units
        self.holds[target, item] += units

    def do(self, action):
        """Do it; returns what came of it, or None when it was refused."""
        try:
            return done(self.database, action)
        except Refusal:
            return None


def receive(floor, item, place, units):
    move = Move(item, floor.at["supplier"], floor.at[place], units, Reason.RECEIPT)
    [number] = floor.do(lambda s: post(s, [move], by=TESTER, at=NOON))
    floor.go(item, "supplier", place, units)
    floor.moves.append((number, item, "supplier", place, units))


def carry(floor, item, source, target, units):
    if source == target:
        return
    expected = floor.can_leave(item, source, target, units)
    move = Move(item, floor.at[source], floor.at[target], units, Reason.MOVE)
    numbers = floor.do(lambda s: post(s, [move], by=TESTER, at=NOON))
    assert (numbers is not None) == expected
    if numbers:
        floor.go(item, source, target, units)
        floor.moves.append((numbers[0], item, source, target, units))


def undo(floor, which):
    if not floor.moves:
        return
    number, item, source, target, units = floor.moves.pop(which % len(floor.moves))
    back_outside = target == "supplier"
    expected = back_outside or floor.can_leave(item, target, source, units)
    numbers = floor.do(lambda s: reverse(s, [number], by=TESTER, at=NOON))
    assert (numbers is not None) == expected
    if numbers:
        floor.go(item, target, source, units)


def reserve(floor, item, units, hardness):
    expected = floor.free(item) >= units
    ends = LATER if hardness is Hardness.SOFT else None
    request = Request("10482", floor.here, (Line(item, units),), hardness, ends)
    [outcome] = floor.do(lambda s: allocate(s, [request], by=TESTER, at=NOON))
    assert bool(outcome.promises) == expected
    note_promises(floor, outcome)


def note_promises(floor, outcome):
    names = {number: name for name, number in floor.at.items()}
    with floor.database.read() as session:
        for promise in outcome.promises:
            balance = promise.balance_id and session.get(StockBalance, promise.balance_id)
            place = names[balance.location_id] if balance else None
            floor.promises[promise.allocation_id] = (promise.item_id, place, promise.quantity)


def give_back(floor, which):
    if not floor.promises:
        return
    number = sorted(floor.promises)[which % len(floor.promises)]
    done(floor.database, lambda s: release(s, [number], by=TESTER, at=NOON))
    del floor.promises[number]


def find_bins(floor, which):
    soft = sorted(number for number, one in floor.promises.items() if one[1] is None)
    if not soft:
        return
    number = soft[which % len(soft)]
    [outcome] = done(floor.database, lambda s: promote(s, [number], by=TESTER, at=NOON))
    note_promises(floor, outcome)


def take(floor, which, units):
    hard = sorted(number for number, one in floor.promises.items() if one[1])
    if not hard:
        return
    number = hard[which % len(hard)]
    item, place, left = floor.promises[number]
    move = Move(item, floor.at[place], floor.at["bench"], units, Reason.PICK, allocation_id=number)
    numbers = floor.do(lambda s: post(s, [move], by=TESTER, at=NOON))
    assert (numbers is not None) == (units <= left)
    if numbers:
        floor.go(item, place, "bench", units)
        floor.promises.pop(number)
        if units < left:
            floor.promises[number] = (item, place, left - units)


def lose(floor, item, place, units):
    units = min(units, floor.holds[place, item])
    if not units:
        return
    pile = Pile(floor.at[place], item)
    done(
        floor.database,
        lambda s: adjust(
            s,
            pile=pile,
            difference=-units,
            reason=Reason.LOST,
            promises=Promises.BREAK,
            by=TESTER,
            at=NOON,
        ),
    )
    floor.holds[place, item] -= units
    with floor.database.read() as session:
        for number in list(floor.promises):
            if session.get(Allocation, number).state == "released":
                del floor.promises[number]


ITEM, PLACE, UNITS, WHICH = (
    st.integers(0, 1),
    st.sampled_from(PLACES),
    st.integers(1, 6),
    st.integers(0, 9),
)

ACTS = st.one_of(
    st.tuples(st.just(receive), ITEM, PLACE, UNITS),
    st.tuples(st.just(carry), ITEM, PLACE, PLACE, UNITS),
    st.tuples(st.just(undo), WHICH),
    st.tuples(st.just(reserve), ITEM, UNITS, st.sampled_from(Hardness)),
    st.tuples(st.just(give_back), WHICH),
    st.tuples(st.just(find_bins), WHICH),
    st.tuples(st.just(take), WHICH, UNITS),
    st.tuples(st.just(lose), ITEM, PLACE, UNITS),
)

WITH_ITEM = (receive, carry, reserve, lose)


@pytest.fixture
def floor(database, here):
    at = {
        "supplier": outside(database, here, Outside.SUPPLIER),
        "upper": a_bin(database, here, "A-01"),
        "lower": a_bin(database, here, "A-02"),
        "bench": a_place(database, here, "BENCH-1", Kind.BENCH),
    }
    return Floor(database, here, [], at)


@settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(st.lists(ACTS, max_size=25))
def test_any_sequence_of_acts_goes_as_paper_says_and_leaves_the_books_balanced(floor, acts):
    # Each sequence brings its own goods, so that none depends on what an earlier one left in the bins.
    names = [f"{name}-{next(NUMBERS)}" for name in ("MUG", "CUP")]
    items = [an_item(floor.database, name) for name in names]
    floor = Floor(floor.database, floor.here, items, floor.at)

    for act, *facts in acts:
        if act in WITH_ITEM:
            facts[0] = floor.items[facts[0]]
        act(floor, *facts)

    for item in floor.items:
        assert [held(floor.database, floor.at[place], item) for place in PLACES] == [
            floor.holds[place, item] for place in PLACES
        ]
        soft = sum(n for its, where, n in floor.promises.values() if its == item and not where)
        hard = floor.promised(item) - soft
        assert promisable(floor.database, floor.here, item) == (floor.sellable(item), soft, hard)
    assert broken(floor.database) == []
