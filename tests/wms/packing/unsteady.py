"""Benches at which anything can happen: what a packer, the desk, a mover and a loader may do, in any order."""

from hypothesis import strategies as st
from sqlalchemy import select

from tests.wms.packing.benching import Bench
from tests.wms.picking.unsteady import step
from wms.orders import actions as orders
from wms.orders.tables import FoLine, FulfillmentOrder, OrderHold
from wms.packing import actions as packing
from wms.packing.actions import NothingToUndo
from wms.packing.queries import NoSuchPackage
from wms.packing.tables import PackAct, Package, PackageItem
from wms.picking import actions as picking
from wms.stock.tables import StockBalance


def prepare(database):
    """Three picked orders, one of them of a single unit in a shared tote."""
    bench = Bench(database)
    bench.fos = bench.pick([("MUG", 3), ("LAMP", 1)], [("CLOCK", 2), ("MUG", 1)])
    bench.fos += bench.pick([("BOWL", 1)])
    return bench


def books(bench):
    """Return what lies where, what lines count, and how far orders and their boxes are."""
    with bench.database.read() as session:
        lies = session.execute(
            select(
                StockBalance.location_id,
                StockBalance.item_id,
                StockBalance.status,
                StockBalance.quantity,
            ).where(StockBalance.quantity > 0)
        )
        is_wanted = FulfillmentOrder.state != "cancelled"
        lines = session.execute(
            select(FoLine.id, FoLine.ordered, FoLine.picked, FoLine.packed, FoLine.missing)
            .join(FulfillmentOrder, FulfillmentOrder.id == FoLine.fo_id)
            .where(is_wanted)
        )
        fos = session.execute(select(FulfillmentOrder.id, FulfillmentOrder.state).where(is_wanted))
        boxes = session.execute(
            select(Package.id, Package.state, Package.weight_g, Package.box_type_id).where(
                Package.state != "void"
            )
        )
        return [sorted(map(tuple, rows.all())) for rows in (lies, lines, fos, boxes)]


def acts_kept(bench):
    """How many acts were done and not taken back."""
    with bench.database.read() as session:
        return session.query(PackAct).filter(PackAct.undone_at.is_(None)).count()


def _fo(bench, number):
    return bench.fos[number % len(bench.fos)]


def _box(bench, number):
    """Return some box that is not over. Raises NoSuchPackage where there is none."""
    with bench.database.read() as session:
        live = session.scalars(
            select(Package.id)
            .where(Package.state.not_in(["void", "handed_over"]))
            .order_by(Package.id)
        ).all()
    if not live:
        raise NoSuchPackage(package=number)
    return live[number % len(live)]


def open_box(bench, number):
    bench.open(_fo(bench, number))


def put_in(bench, number, thing, units):
    fo_id = _fo(bench, number)
    waits = bench.waiting(fo_id)
    with bench.database.read() as session:
        box = session.scalar(
            select(Package.id).where(Package.fo_id == fo_id, Package.state == "open").limit(1)
        )
    if waits and box:
        tote, one = waits[thing % len(waits)]
        bench.put_in(box, tote, one, min(units, one.quantity))


def put_all_in(bench, number):
    for _ in bench.waiting(_fo(bench, number)):
        put_in(bench, number, 0, 99)


def empty(bench, number):
    bench.do(packing.empty, package_id=_box(bench, number))


def close(bench, number):
    bench.close(_box(bench, number))


def weigh(bench, number):
    bench.weigh(_box(bench, number))


def reopen(bench, number):
    bench.do(packing.reopen, package_id=_box(bench, number))


def void(bench, number):
    bench.do(packing.void, package_id=_box(bench, number))


def label(bench, number):
    bench.label(_box(bench, number))


def unlabel(bench, number):
    bench.do(packing.label_voided, package_id=_box(bench, number))


def stage(bench, number):
    bench.do(packing.stage, package_id=_box(bench, number))


def recall(bench, number):
    bench.do(packing.recall, package_id=_box(bench, number))


def hand_over(bench, number):
    bench.do(packing.hand_over, package_id=_box(bench, number))


def undo(bench):
    bench.do(packing.undo)


def lose(bench, number, thing):
    waits = bench.waiting(_fo(bench, number))
    if waits:
        tote, one = waits[thing % len(waits)]
        bench.do(packing.missing, **bench.thing(tote, one, 1))


def set_aside(bench, number, thing):
    box = _box(bench, number)
    with bench.database.read() as session:
        held = session.scalars(
            select(PackageItem)
            .where(PackageItem.package_id == box, PackageItem.quantity > 0)
            .order_by(PackageItem.id)
        ).all()
    if held:
        bench.set_aside(box, held[thing % len(held)])


def give_back(bench, number, tote):
    bench.do(packing.give_back, fo_id=_fo(bench, number), tote_id=bench.id_of(f"T-{tote + 1}"))


def free_tote(bench, tote):
    bench.do(picking.empty_tote, tote_id=bench.id_of(f"T-{tote + 1}"))


def park_tote(bench, tote):
    bench.do(picking.park_tote, tote_id=bench.id_of(f"T-{tote + 1}"))


def cancel(bench, number):
    bench.cancel(_fo(bench, number))


def hold(bench, number):
    bench.hold(_fo(bench, number))


def lift(bench):
    with bench.database.read() as session:
        held = session.scalar(select(OrderHold.id).where(OrderHold.state == "active").limit(1))
    if held:
        bench.act(orders.lift, hold_id=held, outcome="looked at")


def tell(bench):
    bench.settle()


def carry(bench):
    bench.put_all_back()


SOME = st.integers(0, 2)
TOTES = st.integers(0, 3)


def _does(act, *facts):
    return st.tuples(st.just(act), *facts)


PUTS = _does(put_in, SOME, SOME, st.integers(1, 3))

AT_THE_BENCH = st.one_of(
    _does(open_box, SOME),
    PUTS,
    PUTS,
    _does(put_all_in, SOME),
    _does(empty, SOME),
    _does(close, SOME),
    _does(close, SOME),
    _does(weigh, SOME),
    _does(weigh, SOME),
    _does(reopen, SOME),
    _does(lose, SOME, SOME),
)
"""What a packer does that can be taken back."""

ANYTHING = st.one_of(
    AT_THE_BENCH,
    AT_THE_BENCH,
    _does(void, SOME),
    _does(label, SOME),
    _does(unlabel, SOME),
    _does(stage, SOME),
    _does(recall, SOME),
    _does(hand_over, SOME),
    _does(undo),
    _does(set_aside, SOME, SOME),
    _does(give_back, SOME, TOTES),
    _does(free_tote, TOTES),
    _does(park_tote, TOTES),
    _does(cancel, SOME),
    _does(hold, SOME),
    _does(lift),
    _does(tell),
    _does(carry),
)


def done(bench, act):
    """Do one thing; a no changes nothing."""
    verb, *facts = act
    return step(bench, None, (lambda mine, _: verb(mine, *facts),))


def undone_again(bench, acts):
    """Do some acts and take all of them back: the books are as they were."""
    for number in range(len(bench.fos)):
        open_box(bench, number)
        void(bench, 0)
    before, made = books(bench), acts_kept(bench)

    for act in acts:
        if acts_kept(bench) - made >= 8:
            break
        done(bench, act)
    while acts_kept(bench) > made:
        try:
            undo(bench)
        except NothingToUndo:
            assert acts_kept(bench) - made >= 1
            return

    assert books(bench) == before
    assert bench.broken() == []


def interleaved(bench, acts):
    """Do anything in any order: every promise of the house is kept, also when all facts were told."""
    for act in acts:
        done(bench, act)

    assert bench.broken() == []
    bench.settle()
    assert bench.broken() == []
