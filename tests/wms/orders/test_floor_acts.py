"""What the floor does with a fulfillment order: released, picked, short, undone, taken back, settled."""

import pytest

from tests.kit import (
    NOON,
    TESTER,
    a_bin,
    a_channel,
    a_place,
    an_item,
    an_order,
    done,
    promisable,
    shelve,
)
from tests.wms.orders.asking import facts, state_of, unkept
from tests.wms.orders.fos import (
    WHO,
    counted,
    fo_id,
    fo_ids,
    one_of_two_short,
    parts,
    pick,
    promised,
    released,
    short,
)
from wms.bins.places import Kind
from wms.kernel.lifecycle import NotNow
from wms.orders import actions
from wms.orders.actions import HeldBack, NotOnAWalk, NotReleasable, NotSoMany
from wms.orders.gate import FoState, StopKind
from wms.orders.holds import HoldKind, Step
from wms.stock import actions as stock


@pytest.fixture
def bench(database, here):
    return a_place(database, here, "BENCH-1", Kind.BENCH)


def hold(database, order, blocks):
    def do(session):
        return actions.hold(
            session, order_id=order, kind=HoldKind.MANUAL, blocks=blocks, reason="Wait", **WHO
        )

    return done(database, do)


def test_released_the_order_is_in_fulfillment_and_back_again(database, mug):
    order = an_order(database, (mug, 3))
    fo = released(database, order)

    assert (parts(database, order), state_of(database, order)) == (["released"], "in_fulfillment")

    done(database, lambda session: actions.unrelease(session, [fo], **WHO))

    assert (parts(database, order), state_of(database, order)) == (["allocated"], "accepted")
    assert facts(database, order)[-2:] == ["OrderStateFollowed", "OrderStateFollowed"]
    assert unkept(database) == []


def test_a_hold_keeps_an_order_from_the_floor_and_names_itself(database, mug):
    order = an_order(database, (mug, 3), number="1001")
    number = hold(database, order, Step.RELEASE)

    with pytest.raises(HeldBack) as no:
        released(database, order)

    assert no.value.values == {"fo": "1001-1", "order": "1001", "hold": "manual", "hold_id": number}


def test_only_what_is_promised_whole_goes_to_the_floor(database, here, shop):
    cup = an_item(database, "CUP")
    order = an_order(database, (cup, 1))

    with pytest.raises(NotReleasable):
        released(database, order)


def test_the_gate_is_red_for_what_was_cancelled_and_for_what_is_held(database, mug):
    cancelled, stopped, packed = (an_order(database, (mug, 1)) for _ in range(3))
    fos = [released(database, order) for order in (cancelled, stopped, packed)]
    done(
        database,
        lambda session: actions.cancel(session, order_id=cancelled, reason="No", **WHO),
    )
    hold_id = hold(database, stopped, Step.PICK)
    hold(database, packed, Step.PACK)

    gates = done(database, lambda session: [actions.gate(session, fo) for fo in fos])

    assert [gate.stop and gate.stop.kind for gate in gates] == [
        StopKind.CANCELLED,
        StopKind.HELD,
        None,
    ]
    assert (gates[1].stop.reason, gates[1].stop.hold_id) == ("manual", hold_id)


def test_units_are_counted_as_they_are_picked(database, here, mug, bench):
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    [promise] = promised(database, fo)

    done(database, lambda session: pick(session, promise, bench, 2))
    assert (counted(database, fo), parts(database, order)) == ([(3, 1, 2, 0)], ["picking"])
    assert done(database, lambda s: actions.resolve(s, fo, **WHO)) is FoState.PICKING
    done(database, lambda session: pick(session, promise, bench, 1))

    assert done(database, lambda s: actions.resolve(s, fo, **WHO)) is FoState.PICKED
    assert counted(database, fo) == [(3, 0, 3, 0)]
    assert promisable(database, here, mug) == (97, 0, 0)
    assert unkept(database) == []


def test_no_more_is_picked_than_was_promised(database, mug, bench):
    order = an_order(database, (mug, 1))
    fo = released(database, order)
    [promise] = promised(database, fo)

    with pytest.raises(NotSoMany):
        done(
            database,
            lambda s: actions.picked(s, fo_line_id=promise.fo_line_id, quantity=2, **WHO),
        )


def test_what_is_not_with_the_floor_is_not_picked(database, mug):
    order = an_order(database, (mug, 1))
    [promise] = promised(database, fo_id(database, order))

    with pytest.raises(NotNow):
        done(
            database,
            lambda s: actions.picked(s, fo_line_id=promise.fo_line_id, quantity=1, **WHO),
        )


def test_a_pick_that_is_undone_is_promised_again_as_before(database, here, mug, bench):
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    before = promised(database, fo)
    [promise] = before

    moves = done(database, lambda session: pick(session, promise, bench))
    assert done(database, lambda s: actions.resolve(s, fo, **WHO)) is FoState.PICKED

    def undo(session):
        stock.reverse(session, moves, **WHO)
        return actions.unpicked(
            session,
            fo_line_id=promise.fo_line_id,
            allocation_id=promise.allocation_id,
            quantity=3,
            **WHO,
        )

    assert done(database, undo) is FoState.PICKING
    assert promised(database, fo) == before
    assert counted(database, fo) == [(3, 3, 0, 0)]
    assert promisable(database, here, mug) == (100, 0, 3)
    assert unkept(database) == []


def test_what_is_short_is_looked_for_in_another_bin_at_once(database, here, mug):
    other = a_bin(database, here, "B-01")
    shelve(database, mug, other, 2)
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    [promise] = promised(database, fo)

    came, _ = done(database, lambda session: short(session, promise))

    assert [(one.quantity, came.short) for one in came.promises] == [(2, 1)]
    assert [(one.location_id, one.quantity) for one in promised(database, fo)] == [(other, 2)]
    assert counted(database, fo) == [(3, 2, 0, 1)]
    assert unkept(database) == []


def test_a_short_that_is_undone_leaves_all_as_it_was(database, here, mug):
    other = a_bin(database, here, "B-01")
    shelve(database, mug, other, 2)
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    before = promised(database, fo)
    [promise] = before
    came, moved = done(database, lambda session: short(session, promise))

    def undo(session):
        stock.reverse(session, [moved], **WHO)
        return actions.unshort(
            session,
            fo_line_id=promise.fo_line_id,
            allocation_id=promise.allocation_id,
            came=came,
            **WHO,
        )

    assert done(database, undo) == 3
    assert promised(database, fo) == before
    assert counted(database, fo) == [(3, 3, 0, 0)]
    assert promisable(database, here, mug) == (102, 0, 3)
    assert unkept(database) == []


def test_a_short_names_all_that_its_promise_has_left(database, mug):
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    [promise] = promised(database, fo)

    with pytest.raises(NotSoMany):
        done(database, lambda session: short(session, promise, 2))


def test_nothing_is_short_before_the_floor_has_it(database, mug):
    order = an_order(database, (mug, 3))
    [promise] = promised(database, fo_id(database, order))

    with pytest.raises(NotOnAWalk):
        done(database, lambda session: short(session, promise))


def test_picked_without_what_was_short_the_rest_waits_as_its_own_part(database, here, mug, bench):
    cup = an_item(database, "CUP")
    shelve(database, cup, a_bin(database, here, "B-01"), 2)
    order = an_order(database, (mug, 1), (cup, 2))

    fo, state = one_of_two_short(database, order, bench)

    assert (state, parts(database, order)) == (FoState.PICKED, ["picked", "backordered"])
    assert counted(database, fo) == [(1, 0, 1, 0)]
    assert counted(database, fo_ids(database, order)[1]) == [(2, 0, 0, 0)]
    assert state_of(database, order) == "in_fulfillment"
    assert unkept(database) == []


def test_a_channel_that_ships_whole_waits_until_somebody_lets_a_part_go(database, here, mug, bench):
    cup = an_item(database, "CUP")
    shelve(database, cup, a_bin(database, here, "B-01"), 2)
    slow = a_channel(database, "SLOW", ships_partly=False)
    order = an_order(database, (mug, 1), (cup, 2), channel_id=slow)

    fo, state = one_of_two_short(database, order, bench)
    assert (state, parts(database, order)) == (FoState.AWAITING_STOCK, ["awaiting_stock"])
    assert unkept(database) == []

    done(database, lambda session: actions.ship_partial(session, fo, **WHO))
    assert parts(database, order) == ["picked", "backordered"]
    assert unkept(database) == []


def test_all_short_it_waits_whole_and_the_order_stands_down(database, mug):
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    [promise] = promised(database, fo)

    def walk(session):
        short(session, promise)
        return actions.resolve(session, fo, **WHO)

    assert done(database, walk) is FoState.BACKORDERED
    assert counted(database, fo) == [(3, 0, 0, 0)]
    assert state_of(database, order) == "accepted"
    assert unkept(database) == []


def test_taken_back_before_anybody_began_it_is_over_at_once(database, here, mug):
    order = an_order(database, (mug, 3))

    done(database, lambda s: actions.cancel(s, order_id=order, reason="No", **WHO))

    assert (parts(database, order), state_of(database, order)) == (["cancelled"], "cancelled")
    assert promisable(database, here, mug) == (100, 0, 0)
    assert unkept(database) == []


def test_taken_back_in_mid_pick_it_ends_when_everybody_has_let_go(database, here, mug, bench):
    order = an_order(database, (mug, 3))
    fo = released(database, order)
    [promise] = promised(database, fo)
    done(database, lambda session: pick(session, promise, bench, 1))
    done(database, lambda session: actions.involve(session, fo, "packing", at=NOON))

    done(database, lambda s: actions.cancel(s, order_id=order, reason="No", **WHO))

    assert (parts(database, order), state_of(database, order)) == (["revoking"], "in_fulfillment")
    assert promisable(database, here, mug) == (99, 0, 0)
    assert unkept(database) == []
    for party in ("picking", "picking", "packing"):
        done(database, lambda s, who=party: actions.settle(s, fo, party=who, by=TESTER, at=NOON))
    assert (parts(database, order), state_of(database, order)) == (["cancelled"], "cancelled")
    assert facts(database, order)[-1] == "OrderCancelled"
    assert unkept(database) == []


def test_taken_back_twice_is_taken_back_once(database, mug):
    order = an_order(database, (mug, 3))
    fo = released(database, order)

    states = [done(database, lambda s: actions.revoke(s, fo, **WHO)) for _ in range(2)]

    assert states == [FoState.REVOKING, FoState.REVOKING]
