"""Waves from the proposal to their end."""

from datetime import timedelta

import pytest
from sqlalchemy import select

from tests.kit import NOON, TESTER, done
from tests.wms.waves.making import EVENING, a_hold, an_order, becomes
from wms.kernel.decisions import registry, replay
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Stale
from wms.kernel.tables import Decision, StoredEvent
from wms.orders.events import FulfillmentCancelled
from wms.waves import actions, queries
from wms.waves.actions import NothingToPlan, NothingWaits, StillOut, UnknownWave
from wms.waves.plan import Filters, Plan, Size
from wms.waves.rules.grouping import PLAN
from wms.waves.tables import Wave

WHO = {"by": TESTER, "at": NOON}


def proposed(database, here, filters=None):
    """A draft of what waits."""

    def do(session):
        return actions.propose(session, warehouse_id=here, filters=filters or Filters(), **WHO).id

    return done(database, do)


def planned(database, here):
    """A wave of what waits, laid out."""
    wave_id = proposed(database, here)
    act(database, actions.plan, wave_id)
    return wave_id


def released(database, here):
    """A wave of what waits, with the pickers."""
    wave_id = planned(database, here)
    act(database, actions.begin_release, wave_id)
    return wave_id


def act(database, action, wave_id, **facts):
    """Do something with a wave."""
    return done(database, lambda session: action(session, wave_id=wave_id, **facts, **WHO))


def wave(database, wave_id):
    """The wave as it is."""
    with database.read() as session:
        return session.get_one(Wave, wave_id)


def those_in(database, wave_id):
    """The fulfillment orders in a wave."""
    with database.read() as session:
        return list(queries.live_members(session, wave_id))


def facts(database):
    """What was announced about waves."""
    with database.read() as session:
        query = select(StoredEvent.type).where(StoredEvent.subject == "wave")
        return [kind.split(".")[1] for kind in session.scalars(query.order_by(StoredEvent.id))]


def test_a_proposal_takes_every_order_that_waits(database, here):
    orders = [an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-22", 1))]

    wave_id = proposed(database, here)

    assert those_in(database, wave_id) == orders
    assert (wave(database, wave_id).state, wave(database, wave_id).number) == ("draft", "0001")


def test_an_order_is_in_one_wave_at_a_time(database, here):
    an_order(database, ("ITEM-11", 2))
    proposed(database, here)

    with pytest.raises(NothingWaits):
        proposed(database, here)


def test_orders_that_are_stopped_or_wait_for_goods_are_left_where_they_are(database, here):
    a_hold(database, an_order(database, ("ITEM-11", 2)))
    a_hold(database, an_order(database, ("ITEM-11", 2)), blocks="accept")
    an_order(database, ("ITEM-11", 9), state="backordered")

    with pytest.raises(NothingWaits):
        proposed(database, here)


def test_a_hold_on_a_later_step_stops_no_release(database, here):
    a_hold(database, an_order(database, ("ITEM-11", 2)), blocks="label")

    assert len(those_in(database, proposed(database, here))) == 1


def test_a_wave_takes_what_its_filters_say(database, here):
    later = an_order(database, ("ITEM-11", 2), ship_by=EVENING + timedelta(days=1))
    fedex = an_order(database, ("ITEM-11", 2), carrier="FedEx")
    single = an_order(database, ("ITEM-12", 1))
    large = an_order(database, ("ITEM-12", 103))
    market = an_order(database, ("ITEM-12", 5), channel="market")
    everything = {later, fedex, single, large, market}

    def taken(**asked):
        with database.read() as session:
            return {one.fo_id for one in queries.waiting(session, here, Filters(**asked))}

    assert taken() == everything
    assert taken(ship_by=EVENING) == everything - {later}
    assert taken(carrier="FedEx") == {fedex}
    assert taken(channel_id=2) == {market}
    assert taken(size=Size.SINGLE) == {single}
    assert taken(size=Size.SMALL) == {later, fedex, market}
    assert taken(size=Size.LARGE) == {large}


def test_the_most_urgent_orders_come_first(database, here):
    plain = an_order(database, ("ITEM-11", 2))
    whenever = an_order(database, ("ITEM-11", 2), ship_by=None)
    sooner = an_order(database, ("ITEM-11", 2), ship_by=EVENING - timedelta(hours=2))
    ahead = an_order(database, ("ITEM-11", 2), priority=5, ship_by=EVENING + timedelta(days=9))

    with database.read() as session:
        waiting = [one.fo_id for one in queries.waiting(session, here, Filters())]

    assert waiting == [ahead, sooner, plain, whenever]


def test_a_plan_says_where_to_stop_how_far_it_is_and_how_long_it_takes(database, here):
    an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    an_order(database, ("ITEM-12", 4))

    plan = act(database, actions.plan, proposed(database, here))

    [run] = plan.runs
    assert (plan.stops, plan.lines, plan.units, run.totes) == (3, 3, 9, 2)
    off_the_path, up, across, down = 1_606, 8_000, 2_000 + 3_000 + 2_000, 8_000 + 3_000
    assert plan.metres == round((off_the_path + up + across + down + off_the_path) / 1_000)
    assert plan.seconds > 60


def test_a_plan_is_kept_and_its_choice_can_be_made_again(database, here):
    an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    wave_id = planned(database, here)

    kept = wave(database, wave_id)

    assert (kept.state, kept.plan_version) == ("planned", 1)
    assert Plan.from_plain(kept.plan).units == 5
    with database.read() as session:
        choices = session.scalars(select(Decision).where(Decision.subject == "wave")).all()
        assert [(one.rule, one.subject_id) for one in choices] == [("waves.plan", wave_id)]
        others = (one for one in replay(session, registry([PLAN])) if one == choices[0].id)
        assert list(others) == []


def test_a_wave_can_be_planned_again(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = planned(database, here)

    act(database, actions.plan, wave_id)

    assert wave(database, wave_id).plan_version == 2


def test_an_order_that_was_stopped_since_leaves_when_it_is_planned_again(database, here):
    stays, stopped = an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-12", 2))
    wave_id = planned(database, here)
    a_hold(database, stopped)

    act(database, actions.plan, wave_id)

    assert those_in(database, wave_id) == [stays]


def test_a_wave_of_which_nothing_can_be_picked_is_not_planned(database, here):
    a_hold_later = an_order(database, ("ITEM-11", 2))
    wave_id = proposed(database, here)
    a_hold(database, a_hold_later)

    with pytest.raises(NothingToPlan):
        act(database, actions.plan, wave_id)

    assert wave(database, wave_id).state == "draft"
    assert those_in(database, wave_id) == [a_hold_later]


def test_who_plans_an_older_wave_than_there_is_is_told_so(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = planned(database, here)

    with pytest.raises(Stale):
        act(database, actions.plan, wave_id, version=1)


def test_a_release_hands_out_the_plan(database, here):
    fo_id = an_order(database, ("ITEM-11", 2))
    wave_id = planned(database, here)

    plan = act(database, actions.begin_release, wave_id)

    assert plan.fo_ids == {fo_id}
    assert wave(database, wave_id).state == "released"
    assert wave(database, wave_id).plan_version == 1
    assert facts(database) == ["WaveProposed", "WavePlanned", "WaveReleased"]


def test_a_release_plans_again_where_orders_have_changed(database, here):
    stays, goes = an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-12", 2))
    wave_id = planned(database, here)
    becomes(database, goes, "cancelled")

    plan = act(database, actions.begin_release, wave_id)

    assert plan.fo_ids == {stays}
    assert those_in(database, wave_id) == [stays]
    assert wave(database, wave_id).plan_version == 2


def test_a_wave_is_released_once(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)

    with pytest.raises(NotNow):
        act(database, actions.begin_release, wave_id)


def test_a_wave_that_is_taken_back_can_be_released_again(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)

    act(database, actions.unrelease, wave_id)

    assert (wave(database, wave_id).state, wave(database, wave_id).released_at) == ("planned", None)
    act(database, actions.begin_release, wave_id)
    assert wave(database, wave_id).state == "released"


def test_a_wave_that_somebody_picks_cannot_be_taken_back(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)
    act(database, actions.started, wave_id)

    with pytest.raises(NotNow):
        act(database, actions.unrelease, wave_id)


def test_orders_of_a_cancelled_wave_wait_for_another(database, here):
    fo_id = an_order(database, ("ITEM-11", 2))
    first = planned(database, here)

    act(database, actions.cancel, first)

    assert (wave(database, first).state, wave(database, first).ended_at) == ("cancelled", NOON)
    assert those_in(database, proposed(database, here)) == [fo_id]


def test_a_released_wave_is_taken_back_before_it_is_cancelled(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)

    with pytest.raises(StillOut):
        act(database, actions.cancel, wave_id)


def test_a_wave_goes_on_with_its_work(database, here):
    fo_id = an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)

    act(database, actions.started, wave_id)
    act(database, actions.started, wave_id)
    act(database, actions.all_picked, wave_id)
    act(database, actions.all_picked, wave_id)
    assert wave(database, wave_id).state == "picked"
    done(database, lambda session: actions.leave(session, fo_id=fo_id, **WHO))

    assert wave(database, wave_id).state == "closed"
    assert facts(database)[3:] == ["WaveStarted", "WavePicked", "WaveLeft", "WaveClosed"]


def test_a_pick_that_is_taken_back_opens_the_wave_again(database, here):
    an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)
    act(database, actions.started, wave_id)
    act(database, actions.all_picked, wave_id)

    act(database, actions.started, wave_id)

    assert wave(database, wave_id).state == "picking"


def test_a_wave_in_mid_pick_that_everybody_left_closes_with_its_last_task(database, here):
    fo_id = an_order(database, ("ITEM-11", 2))
    wave_id = released(database, here)
    act(database, actions.started, wave_id)

    done(database, lambda session: actions.leave(session, fo_id=fo_id, **WHO))
    assert wave(database, wave_id).state == "picking"
    act(database, actions.all_picked, wave_id)

    assert wave(database, wave_id).state == "closed"


def test_a_cancelled_order_leaves_its_wave_and_the_last_one_ends_it(database, here):
    first, last = an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-12", 2))
    wave_id = planned(database, here)

    for fo_id in (first, last, last):
        done(
            database,
            lambda session, fo_id=fo_id: actions.let_go(
                session, FulfillmentCancelled(fo_id=fo_id, order_id=1), TESTER, NOON
            ),
        )

    assert wave(database, wave_id).state == "cancelled"
    assert those_in(database, wave_id) == []


def test_an_order_can_be_left_for_another_wave(database, here):
    stays, waits = an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-12", 2))
    wave_id = planned(database, here)

    act(database, actions.leave_out, wave_id, fo_id=waits)

    assert those_in(database, wave_id) == [stays]
    assert Plan.from_plain(wave(database, wave_id).plan).fo_ids == {stays}
    assert those_in(database, proposed(database, here)) == [waits]


def test_an_unknown_wave_is_named(database, here):
    with pytest.raises(UnknownWave):
        act(database, actions.plan, 99)
