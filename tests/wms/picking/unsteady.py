"""Floors on which anything can happen: copies of one prepared house, and what two sessions may do to it."""

import copy
import itertools
import shutil
import threading
from contextlib import contextmanager

from hypothesis import strategies as st

from tests import kit
from tests.wms.picking.walking import BINS, SKUS, Floor
from wms import wiring
from wms.app.house import listeners
from wms.floor.turn import Order
from wms.kernel import courier
from wms.kernel.clock import SetClock
from wms.kernel.database import Database
from wms.kernel.refusal import Refusal
from wms.orders import actions as orders
from wms.picking import actions as picking
from wms.picking.actions import NothingToUndo
from wms.picking.tables import PickAct
from wms.stock import actions as stock
from wms.stock.moves import Pile, Promises
from wms.trial import postgres

_numbers = itertools.count(1)

CODES = (*BINS, *SKUS, "T-1", "T-2", "T-3", "T-7", "CART-1", "nothing like it")
BUTTONS = tuple(
    order for order in Order if order not in {Order.OUT, Order.HELP, Order.MENU, Order.WORK}
)


def prepare(database):
    """A wave of two orders with the pickers, one order that waits, and mugs in two bins."""
    floor = Floor(database)
    kit.shelve(database, floor.items["MUG"], floor.bins["A-02-02"], 3)
    floor.fos = [floor.order(("MUG", 2), ("LAMP", 1)), floor.order(("MUG", 1), ("CLOCK", 7))]
    floor.release()
    floor.fos.append(floor.order(("BOWL", 2), ("MUG", 4)))
    floor.settle()
    return floor


class OnSqlite:
    """Copies of a prepared file."""

    def __init__(self, template, folder, prepare=prepare):
        self.folder = folder
        self.file = folder / "prepared.sqlite"
        shutil.copy(template, self.file)
        database = Database(f"sqlite:///{self.file}", listeners())
        self.floor = prepare(database)
        with database.engines.writer.connect() as connection:
            connection.connection.dbapi_connection.execute("PRAGMA wal_checkpoint(TRUNCATE)")
        database.close()

    @contextmanager
    def fresh(self):
        """Give a floor on a copy of its own."""
        file = self.folder / f"floor-{next(_numbers)}.sqlite"
        shutil.copy(self.file, file)
        database = Database(f"sqlite:///{file}", listeners())
        try:
            yield on(self.floor, database)
        finally:
            database.close()
            for left in self.folder.glob(f"{file.name}*"):
                left.unlink()


class OnPostgres:
    """Copies of a prepared database."""

    def __init__(self, server, prepare=prepare):
        self.server, self.name = server, f"prepared_{next(_numbers)}"
        database = Database(postgres.make(server, self.name, "template_wms"), listeners())
        self.floor = prepare(database)
        database.close()

    @contextmanager
    def fresh(self):
        """Give a floor on a copy of its own."""
        name = f"floor_{next(_numbers)}"
        database = Database(postgres.make(self.server, name, self.name), listeners())
        try:
            yield on(self.floor, database)
        finally:
            database.close()
            postgres.drop(self.server, name)


def on(floor, database):
    """Return the same floor on another database, its clock where it was."""
    other = copy.copy(floor)
    other.database = database
    other.clock = SetClock(floor.clock.now())
    other.fos = list(floor.fos)
    return other


def right(floor, who):
    """Do what the screen says; nothing where there is nothing to be scanned."""
    turn = floor.turn(who)
    if turn.step == "drop":
        floor.scan("P2", by=who)
    elif turn.expects:
        floor.scan(turn.expects[0], by=who)


def into(floor, who):
    """Put what is in hand into the tote on the screen, whether it is all of it or not."""
    if tote := floor.turn(who).into:
        floor.scan(tote, by=who)


def press(floor, who, order, quantity):
    floor.press(order, quantity, by=who)


def scan(floor, who, code):
    floor.scan(code, by=who)


def cancel(floor, _, number):
    floor.cancel(floor.fos[number % len(floor.fos)])


def hold(floor, _, number):
    floor.hold(floor.fos[number % len(floor.fos)])


def lift(floor, _, number):
    floor.act(orders.lift, hold_id=number % 3 + 1, outcome="looked at")


def count(floor, _, code, sku, units):
    pile = Pile(floor.bins[code], floor.items[sku])
    floor.act(stock.count, pile=pile, counted=units, promises=Promises.BREAK)


def bring_in(floor, _, sku, units):
    floor.fos.append(floor.order((sku, units)))


def release(floor, _):
    floor.release()


def tell_one(floor, _):
    courier.deliver(floor.database, wiring.REACTIONS, floor.clock)


def overdue(floor, _):
    floor.act(picking.give_back_overdue)


RIGHT = st.tuples(st.just(right))
INTO = st.tuples(st.just(into))
PRESSES = st.tuples(
    st.just(press), st.sampled_from(BUTTONS), st.one_of(st.none(), st.integers(0, 12))
)
SCANS = st.tuples(st.just(scan), st.sampled_from(CODES))
ORDERS = st.integers(0, 3)

AT_THE_BINS = st.one_of(RIGHT, RIGHT, RIGHT, RIGHT, INTO, PRESSES, SCANS)
"""What a picker may do who must not put the totes down."""

AT_THE_DESK = st.one_of(
    st.tuples(st.just(cancel), ORDERS),
    st.tuples(st.just(hold), ORDERS),
    st.tuples(st.just(lift), ORDERS),
    st.tuples(st.just(count), st.sampled_from(BINS), st.sampled_from(SKUS), st.integers(0, 12)),
    st.tuples(st.just(bring_in), st.sampled_from(SKUS), st.integers(1, 15)),
    st.tuples(st.just(release)),
    st.tuples(st.just(tell_one)),
    st.tuples(st.just(overdue)),
)


def step(floor, who, act):
    """Do one thing of one session; a no changes nothing. Returns whether it was done."""
    do, *facts = act
    try:
        do(floor, who, *facts)
    except Refusal:
        return False
    return True


def undone_again(floor, acts):
    floor.work()
    floor.scans("T-1", "T-2")
    before, made = floor.books(), acts_kept(floor)

    for act in acts:
        if floor.turn().step in {"drop", "done", "home"} or acts_kept(floor) - made >= 10:
            break
        step(floor, "Pia", act)
    while acts_kept(floor) > made:
        try:
            floor.press(Order.UNDO)
        except NothingToUndo as stuck:
            raise AssertionError("an act cannot be taken back") from stuck

    if acts_kept(floor) == made:
        assert floor.books() == before
    floor.settle()
    assert floor.broken() == []


def interleaved(floor, acts):
    floor.work()
    floor.scans("T-1", "T-2")
    for who, act in acts:
        step(floor, who, act)

    assert floor.broken() == []
    floor.settle()
    assert floor.broken() == []


def acts_kept(floor):
    """How many acts were done and not taken back."""
    with floor.database.read() as session:
        return session.query(PickAct).filter(PickAct.undone_at.is_(None)).count()


def at_once(floor, acts):
    """Let a picker and the desk do their acts at the same moment, each in a thread."""
    picks, asks = acts
    floor.work()
    floor.scans("T-1", "T-2")
    desk = on(floor, floor.database)
    trouble = []

    def go(mine, who, todo):
        try:
            for act in todo:
                step(mine, who, act)
        except BaseException as stuck:  # noqa: BLE001 - told by the thread that judges
            trouble.append(stuck)

    both = [
        threading.Thread(target=go, args=(floor, "Pia", picks)),
        threading.Thread(target=go, args=(desk, "desk", asks)),
    ]
    for one in both:
        one.start()
    for one in both:
        one.join()

    assert trouble == []
    floor.clock.moment = max(floor.clock.now(), desk.clock.now())
    floor.settle()
    assert floor.broken() == []
