"""Whatever is counted, moved, held and promised in whatever order: the books balance, and say what was counted."""

from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.kit import NOON, a_bin, a_lot, an_item, held, outside, shelve
from tests.wms.counting.counters import TESS, UWE, VERA, do, unwell
from wms.bins.places import Outside
from wms.counting import actions
from wms.counting.book import book_at
from wms.counting.things import Thing
from wms.kernel.refusal import Refusal
from wms.stock import actions as stock
from wms.stock.moves import Move, Pile, Reason, StockStatus
from wms.stock.promises import IfShort, Line, Request


class Shift:
    """A day in one bin: every act a minute later than the one before."""

    def __init__(self, database, here, number):
        self.database, self.at, self.here = database, NOON, here
        self.bin = a_bin(database, here, f"N-{number}")
        self.away = a_bin(database, here, f"M-{number}")
        mug = an_item(database, f"MUG-{number}")
        cheese = an_item(database, f"CHEESE-{number}", tracks_lots=True)
        self.things = [Thing(mug), Thing(cheese, a_lot(database, cheese, "L1"))]
        self.supplier = outside(database, here, Outside.SUPPLIER)

    def act(self, do_it, by=TESS):
        self.at += timedelta(minutes=1)
        try:
            return do(
                self.database, lambda s: do_it(s, {"by": by, "at": self.at}), by=by, at=self.at
            )
        except Refusal:
            return None

    def receive(self, thing, units):
        move = Move(thing.item_id, self.supplier, self.bin, units, Reason.RECEIPT, thing.lot_id)
        self.act(lambda s, who: stock.move(s, move, **who))

    def pick(self, thing, units):
        move = Move(thing.item_id, self.bin, self.away, units, Reason.PICK, thing.lot_id)
        self.act(lambda s, who: stock.move(s, move, **who))

    def set_aside(self, thing, units, status):
        pile = Pile(self.bin, *thing)
        self.act(
            lambda s, who: stock.change_status(s, pile=pile, quantity=units, status=status, **who)
        )

    def promise(self, thing, units):
        lines = (Line(thing.item_id, units),)
        request = Request("order", self.here, lines, if_short=IfShort.TAKE_WHAT_IS_THERE)
        self.act(lambda s, who: stock.allocate(s, [request], **who) and 0)

    def count(self, found, cause):
        """Count until the house believes it or a lead lets it stand; returns what the bin must hold then."""
        number = self.act(lambda s, who: actions.ask(s, location_id=self.bin, cause=cause, **who))

        def counting(session, who):
            actions.claim(session, count_id=number, **who)
            for thing, units in found.items():
                actions.note(session, count_id=number, thing=thing, counted=units, **who)
            return actions.submit(session, count_id=number, **who).value

        verdict = self.act(counting, UWE)
        if verdict == "recount":
            verdict = self.act(counting, VERA)
        if verdict == "review":
            self.act(lambda s, who: actions.accept(s, count_id=number, reason="so", **who).id)
        return found

    def book(self):
        with self.database.read() as session:
            kept = book_at(session, self.bin, self.at)
        return {thing: sum(by_status.values()) for thing, by_status in kept.items()}


THING, UNITS = st.integers(0, 1), st.integers(1, 6)
ACTS = st.one_of(
    st.tuples(st.just("receive"), THING, UNITS),
    st.tuples(st.just("pick"), THING, UNITS),
    st.tuples(
        st.just("set_aside"), THING, UNITS, st.sampled_from([StockStatus.HELD, StockStatus.DAMAGED])
    ),
    st.tuples(st.just("promise"), THING, UNITS),
    st.tuples(
        st.just("count"),
        st.dictionaries(THING, st.integers(1, 9), max_size=2),
        st.sampled_from(["asked", "short", "found"]),
    ),
)

numbers = iter(range(1_000_000))


@pytest.mark.usefixtures("people")
@settings(max_examples=30, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(acts=st.lists(ACTS, min_size=1, max_size=12))
def test_after_any_day_the_books_balance_and_say_what_was_counted(database, here, acts):
    shift = Shift(database, here, next(numbers))

    for name, *said in acts:
        if name == "count":
            counted, cause = said
            found = {shift.things[number]: units for number, units in counted.items()}
            shift.count(found, cause)
            assert shift.book() == found
        else:
            getattr(shift, name)(shift.things[said[0]], *said[1:])

    assert unwell(database) == []


def test_a_day_is_a_day(database, people, here):
    shift = Shift(database, here, "X")
    shelve(database, shift.things[0].item_id, shift.bin, 9)

    shift.promise(shift.things[0], 5)
    shift.set_aside(shift.things[0], 2, StockStatus.HELD)
    shift.count({shift.things[0]: 3}, "short")

    assert held(database, shift.bin, shift.things[0].item_id) == 3
    assert unwell(database) == []
