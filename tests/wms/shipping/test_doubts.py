"""Nobody knows whether a label was bought: the carrier's own list settles it, and nobody buys twice meanwhile."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.wms.shipping.docking import Dock
from tests.wms.shipping.standin.trips import KEY
from wms.cases import actions as cases
from wms.cases.tables import ExceptionCase
from wms.kernel.lifecycle import NotNow
from wms.shipping import actions as shipping
from wms.shipping.gateway import Gateway
from wms.shipping.gateway.wire import TOO_LATE
from wms.shipping.worker import Buyer

TELL = "shipping: tell of purchases long in doubt"


@pytest.fixture
def hasty(database, platform):
    """A dock that waits half a second for an answer."""
    return Dock(database, platform, read_s=0.5)


@pytest.fixture
def lite_hasty(lite, platform):
    return Dock(lite, platform, read_s=0.5)


@pytest.mark.parametrize("kind", ["hang_after", "reset_after", "500_after", "garbage_after"])
def test_a_label_bought_without_an_answer_is_found_and_never_bought_again(lite_hasty, kind):
    box = lite_hasty.weighed()
    lite_hasty.trouble(kind, seconds=2)
    lite_hasty.buy()
    doubt = lite_hasty.label_of(box).state, lite_hasty.package(box).label_state

    lite_hasty.wait(6)

    assert doubt == ("in_doubt", "in_doubt")
    assert lite_hasty.label_of(box).state == "bought"
    assert lite_hasty.package(box).state == "labelled"
    assert lite_hasty.ledger()["sold"] == 1
    assert len(lite_hasty.labels()) == 1


def test_a_label_that_was_never_bought_is_bought_once_more_when_the_grace_period_is_over(hasty):
    box = hasty.weighed()
    hasty.trouble("hang_before", seconds=2)
    hasty.buy()
    states = []

    for seconds in (6, 60, 54, 31):
        hasty.wait(seconds)
        states.append(hasty.labels()[0].state)

    first, second = hasty.labels()
    assert states == ["in_doubt", "in_doubt", "in_doubt", "failed"]
    assert (first.trouble, second.replaces_id, second.state) == (
        "shipping.never_bought",
        first.id,
        "bought",
    )
    assert hasty.ledger()["sold"] == 1
    assert hasty.package(box).state == "labelled"
    assert hasty.broken() == []


def test_what_is_never_bought_twice_over_waits_for_a_person(lite_hasty):
    box = lite_hasty.weighed()
    lite_hasty.trouble("reset_before", times=2)
    lite_hasty.buy()
    for _ in range(8):
        lite_hasty.wait(100)

    assert [row.state for row in lite_hasty.labels()] == ["failed", "failed"]
    assert lite_hasty.package(box).label_state == "refused"
    with lite_hasty.database.read() as session:
        assert [case.kind for case in session.query(ExceptionCase)] == ["no_label"]


class Dies(Gateway):
    """The machine is switched off when the purchase is through."""

    def buy(self, *given, **named):
        super().buy(*given, **named)
        raise KeyboardInterrupt


def test_a_house_that_begins_anew_asks_at_once_what_became_of_a_purchase(lite_hasty):
    box = lite_hasty.weighed()
    with pytest.raises(KeyboardInterrupt):
        Buyer(Dies("shippo_practice_1", lite_hasty.standin.url)).step(
            lite_hasty.database, lite_hasty.clock
        )

    lite_hasty.act(_end_leases)
    lite_hasty.buy()
    doubt = lite_hasty.label_of(box).state
    lite_hasty.wait(6)

    assert doubt == "in_doubt"
    assert lite_hasty.label_of(box).state == "bought"
    assert lite_hasty.ledger()["sold"] == 1
    assert lite_hasty.broken() == []


def _end_leases(session, *, by, at):
    del by
    shipping.end_leases(session, at=at)


def test_a_worker_that_dies_while_it_buys_leaves_a_doubt_and_no_second_purchase(hasty):
    box = hasty.weighed()

    with pytest.raises(KeyboardInterrupt):
        Buyer(Dies("shippo_practice_1", hasty.standin.url)).step(hasty.database, hasty.clock)
    left = hasty.label_of(box).state
    hasty.buy()
    asleep = hasty.label_of(box).state
    hasty.begin_anew()
    hasty.wait(91)
    hasty.wait(40)

    assert (left, asleep) == ("buying", "buying")
    assert hasty.label_of(box).state == "bought"
    assert hasty.ledger()["sold"] == 1
    assert hasty.broken() == []


def test_a_worker_that_comes_back_after_its_lease_writes_nothing(lite_dock):
    box = lite_dock.weighed()

    class Sleeps(Gateway):
        """So slow that somebody else sees to the label meanwhile."""

        def buy(self, *given, **named):
            outcome = super().buy(*given, **named)
            lite_dock.clock.forward(timedelta(seconds=300))
            lite_dock.buy()
            return outcome

    Buyer(Sleeps("shippo_practice_1", lite_dock.standin.url)).step(
        lite_dock.database, lite_dock.clock
    )
    lite_dock.wait(10)

    assert [row.state for row in lite_dock.labels()] == ["bought"]
    assert lite_dock.package(box).state == "labelled"
    assert lite_dock.ledger()["sold"] == 1


class Stopped(Gateway):
    """Stopped for so long between the intent and the purchase, while another worker goes on."""

    def __init__(self, dock, seconds):
        super().__init__(KEY, dock.standin.url)
        self.dock, self.pauses = dock, seconds

    def buy(self, *given, **named):
        while self.pauses:
            self.dock.wait(self.pauses.pop(0))
        return super().buy(*given, **named)


def test_a_worker_that_was_stopped_before_it_asked_does_not_buy_what_was_bought_anew(lite_dock):
    box = lite_dock.weighed()
    stopped = Stopped(lite_dock, [60] * 8)

    Buyer(stopped).step(lite_dock.database, lite_dock.clock)
    lite_dock.buy()

    first, second = lite_dock.labels()
    assert (first.state, first.trouble) == ("failed", "shipping.never_bought")
    assert (second.state, second.replaces_id) == ("bought", first.id)
    assert lite_dock.package(box).state == "labelled"
    assert lite_dock.ledger()["count"] == 1


def test_a_worker_that_comes_too_late_to_a_label_of_its_own_buys_it_later(lite_dock):
    box = lite_dock.weighed()

    class Overslept(Gateway):
        """Nobody else is there."""

        def buy(self, *given, **named):
            lite_dock.clock.forward(timedelta(seconds=90))
            return super().buy(*given, **named)

    Buyer(Overslept(KEY, lite_dock.standin.url)).step(lite_dock.database, lite_dock.clock)
    late, asked = lite_dock.label_of(box), lite_dock.ledger()["count"]
    lite_dock.wait(6)

    assert (late.state, late.trouble, asked) == ("rated", TOO_LATE, 0)
    assert [row.state for row in lite_dock.labels()] == ["bought"]
    assert lite_dock.ledger()["count"] == 1


def test_a_long_doubt_is_told_to_a_person_once(lite_hasty):
    box = lite_hasty.weighed()
    lite_hasty.trouble("reset_before", times=9)
    lite_hasty.trouble("500", place="list", times=99)
    lite_hasty.buy()
    lite_hasty.tick(TELL)
    lite_hasty.clock.forward(timedelta(minutes=6))

    lite_hasty.tick(TELL)
    lite_hasty.tick(TELL)

    with lite_hasty.database.read() as session:
        cases = session.query(ExceptionCase).all()
    assert [(case.kind, case.subject_id) for case in cases] == [
        ("purchase_in_doubt", lite_hasty.label_of(box).id)
    ]


def a_long_doubt(dock):
    """Buy a label whose purchase nobody can settle, and tell of it; returns the box."""
    box = dock.weighed()
    dock.trouble("reset_before", times=9)
    dock.trouble("500", place="list", times=99)
    dock.buy()
    dock.clock.forward(timedelta(minutes=6))
    dock.tick(TELL)
    return box


def told(dock):
    """Return the cases of the house with what became of them, oldest first."""
    with dock.database.read() as session:
        found = session.scalars(select(ExceptionCase).order_by(ExceptionCase.id))
        return [(case.kind, case.state, case.outcome) for case in found]


def cases_of(dock):
    """Return the numbers of the cases of the house."""
    with dock.database.read() as session:
        return session.scalars(select(ExceptionCase.id)).all()


def test_a_case_of_a_doubt_is_over_when_the_doubt_is_settled(hasty):
    box = a_long_doubt(hasty)
    before = told(hasty)
    hasty.ask(shipping.was_not_bought, shipment_id=hasty.label_of(box).id)
    hasty.tick(TELL)

    assert before == [("purchase_in_doubt", "open", None)]
    assert told(hasty) == [
        ("purchase_in_doubt", "closed", "It is known now whether the label was bought."),
        ("no_label", "open", None),
    ]


def test_a_case_that_a_person_closed_is_not_opened_anew_while_the_doubt_lasts(hasty):
    box = a_long_doubt(hasty)
    [case] = cases_of(hasty)
    asked = "I have asked the carrier, they answer tomorrow."
    hasty.act(cases.close, case_id=case, outcome=asked)

    for _ in range(3):
        hasty.tick(TELL)
        hasty.clock.forward(timedelta(minutes=1))

    assert hasty.label_of(box).state == "in_doubt"
    assert told(hasty) == [("purchase_in_doubt", "closed", asked)]


def test_each_purchase_in_doubt_is_told_of(hasty):
    box = a_long_doubt(hasty)
    first = hasty.label_of(box).id
    hasty.ask(shipping.was_not_bought, shipment_id=first)
    hasty.ask(shipping.try_again, shipment_id=first)
    hasty.buy()
    hasty.clock.forward(timedelta(minutes=6))
    hasty.tick(TELL)

    doubts = [state for kind, state, _ in told(hasty) if kind == "purchase_in_doubt"]
    assert (hasty.label_of(box).state, doubts) == ("in_doubt", ["closed", "open"])


def test_a_person_who_looked_at_the_carrier_may_settle_a_doubt_and_try_again(lite_hasty):
    box = lite_hasty.weighed()
    lite_hasty.trouble("reset_before")
    lite_hasty.buy()
    first = lite_hasty.label_of(box)

    settled = lite_hasty.ask(shipping.was_not_bought, shipment_id=first.id)
    lite_hasty.buy()
    alone = len(lite_hasty.labels())
    lite_hasty.ask(shipping.try_again, shipment_id=first.id)
    lite_hasty.buy()

    assert (settled, alone) == ("failed", 1)
    assert lite_hasty.label_of(box).state == "bought"


def test_what_is_not_in_doubt_cannot_be_settled_so(lite_dock):
    box = lite_dock.labelled()

    with pytest.raises(NotNow):
        lite_dock.ask(shipping.was_not_bought, shipment_id=lite_dock.label_of(box).id)
    with pytest.raises(NotNow):
        lite_dock.ask(shipping.look_now, shipment_id=lite_dock.label_of(box).id)


def test_the_carrier_is_asked_at_once_when_somebody_says_so(lite_hasty):
    box = lite_hasty.weighed()
    lite_hasty.trouble("reset_after")
    lite_hasty.buy()

    lite_hasty.ask(shipping.look_now, shipment_id=lite_hasty.label_of(box).id)
    lite_hasty.buy()

    assert lite_hasty.label_of(box).state == "bought"


def test_nothing_is_voided_while_it_may_be_bought(lite_hasty):
    box = lite_hasty.weighed()
    lite_hasty.trouble("reset_after")
    lite_hasty.buy()

    with pytest.raises(NotNow):
        lite_hasty.void(box)
    with pytest.raises(shipping.HasLabel):
        lite_hasty.ask(shipping.try_again, shipment_id=lite_hasty.label_of(box).id)
