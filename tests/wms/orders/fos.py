"""Short words about fulfillment orders for their tests."""

from datetime import timedelta
from typing import Any

from tests.kit import NOON, TESTER, done
from wms.kernel import courier
from wms.kernel.clock import SetClock
from wms.orders import actions, queries
from wms.orders.queries import FosAsked
from wms.stock import actions as stock
from wms.stock.actions import post
from wms.stock.moves import Move, Pile, Reason, StockStatus
from wms.wiring import REACTIONS

WHO: dict[str, Any] = {"by": TESTER, "at": NOON}


def parts(database, order_id):
    """Return the states of an order's fulfillment orders, part by part."""
    with database.read() as session:
        return [one.state.value for one in queries.fos_of(session, order_id)]


def fo_ids(database, order_id):
    with database.read() as session:
        return [one.id for one in queries.fos_of(session, order_id)]


def fo_id(database, order_id):
    return fo_ids(database, order_id)[0]


def counted(database, fo):
    """Return of each line what was ordered, promised, picked and short."""
    with database.read() as session:
        return [
            (line.ordered, line.allocated, line.picked, line.short)
            for line in queries.lines_of(session, [fo])
        ]


def promised(database, fo):
    with database.read() as session:
        return list(queries.promises_of(session, [fo]))


def released(database, order_id):
    """Give an order's first part to the floor; returns its number."""
    number = fo_id(database, order_id)
    done(database, lambda session: actions.release(session, [number], **WHO))
    return number


def pick(session, promise, tote, quantity=None):
    """Take units of a promise into a tote, as picking does; returns the numbers of the moves."""
    units = quantity or promise.quantity
    gate = actions.gate(session, promise.fo_id)
    if gate.stop:
        return gate.stop.kind.value
    move = Move(
        promise.item_id,
        promise.location_id,
        tote,
        units,
        Reason.PICK,
        lot_id=promise.lot_id,
        serial_id=promise.serial_id,
        allocation_id=promise.allocation_id,
        reference=gate.number,
    )
    moves = post(session, [move], **WHO)
    actions.picked(session, fo_line_id=promise.fo_line_id, quantity=units, **WHO)
    return moves


def let_news_spread(database):
    """Tell every reaction what it waits for, until nothing is left to tell."""
    for _ in range(2_000):
        if not courier.deliver(database, REACTIONS, SetClock(NOON + timedelta(hours=1))):
            return
    raise AssertionError("the news never ends")


def fo_of_number(database, number):
    with database.read() as session:
        [one] = queries.fos(session, FosAsked(number=number), limit=2).rows
        return one


def short(session, promise, quantity=None):
    """Say that units are not there, and put what is missing aside as picking does."""
    units = quantity or promise.quantity
    came = actions.short(
        session,
        fo_line_id=promise.fo_line_id,
        allocation_id=promise.allocation_id,
        quantity=units,
        **WHO,
    )
    pile = Pile(promise.location_id, promise.item_id)
    moved = stock.change_status(session, pile=pile, quantity=units, status=StockStatus.HELD, **WHO)
    return came, moved


def one_of_two_short(database, order, bench):
    """Pick the first line of an order, and find nothing of the second."""
    fo = released(database, order)
    there, missing = promised(database, fo)

    def walk(session):
        pick(session, there, bench)
        short(session, missing)
        return actions.resolve(session, fo, **WHO)

    return fo, done(database, walk)
