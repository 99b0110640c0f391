from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from tests.kit import NOON, TESTER, a_place, a_warehouse, done
from wms.bins import actions
from wms.bins.actions.lpns import CannotStandThere, CartFull
from wms.bins.places import Kind
from wms.bins.tables import Location, Lpn, LpnMove
from wms.codes import queries as codes
from wms.kernel.lifecycle import NotNow
from wms.kernel.refusal import Wrong

SSCC = "106141412345678908"


@pytest.fixture
def warehouse_id(database):
    return a_warehouse(database)


def an_lpn(database, warehouse_id, code, kind=Kind.TOTE, **facts):
    def do(session):
        made = actions.create_lpn(
            session, warehouse_id=warehouse_id, code=code, kind=kind, **facts, by=TESTER, at=NOON
        )
        return made.id

    return done(database, do)


def put(database, lpn_id, to_id):
    return done(
        database,
        lambda session: (
            actions.move_lpn(session, lpn_id=lpn_id, to_id=to_id, by=TESTER, at=NOON).id
        ),
    )


def test_a_tote_is_found_by_its_label_and_by_its_sscc(database, warehouse_id):
    tote = an_lpn(database, warehouse_id, "T-7", sscc=SSCC)

    with database.read() as session:
        found = [codes.resolve(session, scan) for scan in ("WXTT-7", f"]C100{SSCC}")]
    assert [[(meaning.kind, meaning.target_id) for meaning in one] for one in found] == [
        [(codes.Kind.LPN, tote)]
    ] * 2


def test_a_tote_takes_its_place_with_it_and_leaves_a_trace(database, warehouse_id):
    dock = a_place(database, warehouse_id, "DOCK-1", Kind.DOCK)
    bench = a_place(database, warehouse_id, "BENCH-1", Kind.BENCH)
    tote = an_lpn(database, warehouse_id, "T-1", stands_in_id=dock)

    put(database, tote, bench)
    put(database, tote, None)

    with database.read() as session:
        walked = session.execute(select(LpnMove.from_id, LpnMove.to_id).order_by(LpnMove.id)).all()
        assert session.get_one(Location, tote).parent_id is None
    assert walked == [(None, dock), (dock, bench), (bench, None)]


def test_nothing_stands_in_itself(database, warehouse_id):
    pallet = an_lpn(database, warehouse_id, "P-1", Kind.PALLET)
    carton = an_lpn(database, warehouse_id, "C-1", Kind.CARTON, stands_in_id=pallet)

    for lpn, to in ((pallet, pallet), (pallet, carton)):
        with pytest.raises(CannotStandThere) as refusal:
            put(database, lpn, to)
        assert refusal.value.faults[0].sentence == "bins.would_hold_itself"


def test_four_layers_are_enough(database, warehouse_id):
    stack = [an_lpn(database, warehouse_id, "C-0", Kind.CARTON)]
    stack += [an_lpn(database, warehouse_id, f"C-{n}", Kind.CARTON) for n in range(1, 5)]
    for lower, upper in ((0, 1), (1, 2), (2, 3)):
        put(database, stack[upper], stack[lower])

    for lpn, to in ((stack[4], stack[3]), (stack[0], stack[4])):
        with pytest.raises(CannotStandThere) as refusal:
            put(database, lpn, to)
        assert refusal.value.faults[0].sentence == "bins.too_deep"


def test_a_cart_carries_as_many_totes_as_it_has_slots(database, warehouse_id):
    cart = an_lpn(database, warehouse_id, "CART-1", Kind.CART, slots=2)
    totes = [an_lpn(database, warehouse_id, f"T-{n}") for n in range(3)]
    put(database, totes[0], cart)
    put(database, totes[1], cart)

    with pytest.raises(CartFull):
        put(database, totes[2], cart)
    put(database, totes[1], cart)


def test_a_tote_does_not_wander_to_another_warehouse_or_outside(database, warehouse_id):
    tote = an_lpn(database, warehouse_id, "T-1")
    far = a_place(database, a_warehouse(database, "RNO"), "R-DOCK", Kind.DOCK)
    with database.read() as session:
        lost = session.scalars(select(Location.id).where(Location.code == "LOST")).first()

    with pytest.raises(CannotStandThere):
        put(database, tote, far)
    with pytest.raises(actions.NoSuchLocation):
        put(database, tote, lost)


def test_what_stands_still_is_not_moved(database, warehouse_id):
    dock = a_place(database, warehouse_id, "DOCK-1", Kind.DOCK)

    with pytest.raises(actions.NoSuchLpn):
        put(database, dock, None)


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"kind": Kind.BIN}, "kind"),
        ({"sscc": "106141412345678907"}, "sscc"),
        ({"slots": 4}, "slots"),
        ({"kind": Kind.CART, "slots": 0}, "slots"),
    ],
)
def test_what_makes_no_tote_is_named_by_field(database, warehouse_id, facts, where):
    with pytest.raises(Wrong) as refusal:
        an_lpn(database, warehouse_id, "T-1", **facts)

    assert [fault.where for fault in refusal.value.faults] == [where]


def test_an_sscc_is_worn_once(database, warehouse_id):
    an_lpn(database, warehouse_id, "T-1", sscc=SSCC)

    with pytest.raises(Wrong) as refusal:
        an_lpn(database, warehouse_id, "T-2", sscc=SSCC)

    assert refusal.value.faults[0].sentence == "bins.sscc_taken"


def test_a_tote_in_use_is_not_retired(database, warehouse_id):
    tote = an_lpn(database, warehouse_id, "T-1")

    def bind(session):
        session.get_one(Lpn, tote).state = "bound"

    def retire(session):
        return actions.archive_location(session, location_id=tote, by=TESTER, at=NOON).id

    done(database, bind)
    with pytest.raises(NotNow):
        done(database, retire)


def test_a_retired_tote_is_gone_for_good(database, warehouse_id):
    tote = an_lpn(database, warehouse_id, "T-1")

    done(
        database,
        lambda session: actions.archive_location(session, location_id=tote, by=TESTER, at=NOON).id,
    )

    with database.read() as session:
        assert session.get_one(Lpn, tote).state == "retired"
    with pytest.raises(actions.NoSuchLpn):
        put(database, tote, None)


def test_two_moves_at_once_close_no_ring(database, warehouse_id):
    def try_to(lpn_and_target):
        try:
            return bool(put(database, *lpn_and_target))
        except CannotStandThere:
            return False

    for number in range(6):
        one = an_lpn(database, warehouse_id, f"P-{number}", Kind.PALLET)
        other = an_lpn(database, warehouse_id, f"C-{number}", Kind.CARTON)

        with ThreadPoolExecutor(2) as both:
            done_of = list(both.map(try_to, [(one, other), (other, one)]))

        assert sorted(done_of) == [False, True]
