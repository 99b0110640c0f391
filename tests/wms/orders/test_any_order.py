"""Whatever is done with an order in whatever sequence, the house stays in order."""

from dataclasses import replace
from datetime import timedelta
from functools import partial

from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st
from sqlalchemy import select

from tests.kit import ADA, NOON, TESTER, a_bin, a_warehouse, an_item, an_order, done, shelve
from tests.wms.orders.asking import unkept
from wms.kernel.refusal import Refusal
from wms.orders import actions
from wms.orders.actions import LineEdit
from wms.orders.holds import HoldKind, Step
from wms.orders.lifecycle import PaymentVerb
from wms.orders.tables import FulfillmentOrder, Order, OrderHold, OrderLine
from wms.people.tables import User

LATER = NOON + timedelta(hours=3)
WHO = {"by": TESTER, "at": NOON}

ACTS = st.one_of(
    st.tuples(st.just("sell"), st.sampled_from(["paid", "unpaid"]), st.sampled_from(["", "high"])),
    st.tuples(st.just("cancel")),
    st.tuples(st.just("release")),
    st.tuples(st.just("settle")),
    st.tuples(st.just("hold"), st.sampled_from(list(Step))),
    st.tuples(st.just("lift")),
    st.tuples(st.just("overturn")),
    st.tuples(st.just("expire")),
    st.tuples(st.just("edit"), st.integers(1, 30)),
    st.tuples(st.just("cancel_line"), st.integers(1, 5)),
    st.tuples(st.just("address"), st.sampled_from(["Dayton", "Reno"])),
    st.tuples(st.just("pay"), st.sampled_from(list(PaymentVerb))),
    st.tuples(st.just("merge")),
)


def one(session, column, place, *conditions):
    """Return one of the numbers there are, whichever `place` points at."""
    numbers = session.scalars(select(column).where(*conditions).order_by(column)).all()
    return numbers[place % len(numbers)] if numbers else 0


def carry_out(session, act, place, item):
    """Do one thing with one of the orders, parts, holds or lines that there are."""
    name, *said = act
    order = one(session, Order.id, place)
    fo = one(session, FulfillmentOrder.id, place)
    hold = one(session, OrderHold.id, place)
    line = one(session, OrderLine.id, place)
    stop = {"kind": HoldKind.CUSTOMER_CHANGE, "expires_at": NOON + timedelta(hours=1), **WHO}
    verbs = {
        "cancel": partial(actions.cancel, order_id=order, reason="No", **WHO),
        "release": partial(actions.release, fo_ids=[fo], **WHO),
        "settle": partial(actions.settle, fo_id=fo, party="picking", **WHO),
        "hold": partial(actions.hold, order_id=order, blocks=said and said[0], reason="?", **stop),
        "lift": partial(actions.lift, hold_id=hold, outcome="Good", **WHO),
        "overturn": partial(actions.overturn, hold_id=hold, outcome="Bad", **WHO),
        "expire": partial(actions.expire_holds, by=0, at=LATER),
        "edit": partial(
            actions.edit_lines,
            order_id=order,
            lines=[LineEdit(1, item, said and said[0])],
            **WHO,
        ),
        "cancel_line": partial(actions.cancel_line, line_id=line, quantity=said and said[0], **WHO),
        "address": partial(
            actions.change_address,
            order_id=order,
            contact=replace(ADA, city=said and said[0]),
            **WHO,
        ),
        "pay": partial(actions.pay, order_id=order, verb=said and said[0], **WHO),
        "merge": partial(
            actions.merge, order_ids=[order, one(session, Order.id, place + 1)], **WHO
        ),
    }
    verbs[name](session)


@settings(
    max_examples=12,
    suppress_health_check=[HealthCheck.function_scoped_fixture],
    derandomize=True,
    phases=[Phase.generate],
)
@given(acts=st.lists(st.tuples(ACTS, st.integers(0, 20)), min_size=4, max_size=14))
def test_whatever_is_done_in_whatever_sequence_the_house_stays_in_order(lite_house, acts):
    database = lite_house.database
    with database.read() as session:
        is_new = session.scalar(select(OrderLine.id).limit(1)) is None
    if is_new:
        done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
        shelf = a_bin(database, a_warehouse(database), "A-01")
        item = an_item(database, "MUG")
        shelve(database, item, shelf, 20)
        an_order(database, (item, 3))
    item = 1

    for act, place in acts:
        if act[0] == "sell":
            an_order(database, (item, 3), payment=act[1], risk=act[2])
            continue
        try:
            done(
                database,
                lambda session, act=act, place=place: carry_out(session, act, place, item),
            )
        except Refusal:
            continue

    assert unkept(database) == []
