"""What waits, what a wave would be, until when it must be out, and how far waves are."""

from datetime import time, timedelta

from tests.kit import NOON, TESTER, a_place, done
from tests.wms.waves.making import EVENING, a_hold, an_order, becomes
from wms.bins import actions as bins
from wms.bins.places import Kind
from wms.orders.tables import FoLine
from wms.waves import actions, queries
from wms.waves.plan import Filters

WHO = {"by": TESTER, "at": NOON}


def a_truck(database, here, carrier, leaves):
    """A carrier whose truck leaves at that time every day, by the clock in Dayton."""

    def do(session, place):
        lane = bins.open_lane(session, warehouse_id=here, carrier=carrier, location_id=place, **WHO)
        every_day = dict.fromkeys(range(7), leaves)
        bins.edit_lane(session, lane_id=lane.id, location_id=place, leaves=every_day, **WHO)

    place = a_place(database, here, f"LANE-{carrier}", Kind.LANE)
    done(database, lambda session: do(session, place))


def a_wave(database, here, *verbs):
    """A wave of what waits, with what was done to it."""

    def do(session):
        wave = actions.propose(session, warehouse_id=here, filters=Filters(), **WHO)
        for verb in verbs:
            verb(session, wave_id=wave.id, **WHO)
        return wave.id

    return done(database, do)


def test_a_preview_says_what_a_wave_would_be_and_writes_nothing(database, here):
    fo_id = an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))

    with database.read() as session:
        preview = queries.preview(session, here, Filters())
        waves = session.scalars(queries.waves_asked()).all()

    assert [one.fo_id for one in preview.orders] == [fo_id]
    assert (preview.plan.stops, preview.plan.units, preview.waiting) == (2, 5, 1)
    assert preview.ship_by == EVENING
    assert waves == []


def test_a_preview_is_the_plan_that_the_wave_then_has(database, here):
    for sku, quantity in (("ITEM-11", 2), ("ITEM-22", 103), ("ITEM-12", 1)):
        an_order(database, (sku, quantity), ("ITEM-21", 5))
    with database.read() as session:
        preview = queries.preview(session, here, Filters())

    wave_id = a_wave(database, here, actions.plan)

    with database.read() as session:
        assert queries.plan_of(queries.wave(session, wave_id)) == preview.plan


def test_a_preview_names_what_other_orders_lack(database, here):
    an_order(database, ("ITEM-11", 2))
    an_order(database, ("ITEM-12", 9), state="backordered")
    an_order(database, ("ITEM-12", 3), state="backordered")
    an_order(database, ("ITEM-21", 4), state="backordered", carrier="FedEx")

    with database.read() as session:
        everything = queries.preview(session, here, Filters()).lacks
        ups = queries.preview(session, here, Filters(carrier="UPS")).lacks

    assert [(lack.sku, lack.missing, lack.orders) for lack in everything] == [
        ("ITEM-12", 12, 2),
        ("ITEM-21", 4, 1),
    ]
    assert [lack.sku for lack in ups] == ["ITEM-12"]


def test_nothing_waits_and_nothing_is_planned_in_an_empty_house(database, here):
    with database.read() as session:
        preview = queries.preview(session, here, Filters())

    assert (preview.orders, preview.plan.stops, preview.ship_by) == ([], 0, None)


def test_the_default_takes_what_must_ship_by_the_next_truck(database, here):
    a_truck(database, here, "UPS", time(17, 30))
    a_truck(database, here, "FedEx", time(16, 0))
    ups = NOON.replace(hour=22, minute=30)
    an_order(database, ("ITEM-11", 2), ship_by=ups)
    an_order(database, ("ITEM-11", 2), ship_by=ups - timedelta(hours=1, minutes=30))
    an_order(database, ("ITEM-11", 2), ship_by=NOON - timedelta(days=1))

    with database.read() as session:
        trucks = queries.next_cut_offs(session, here, NOON)
        filters = queries.default_filters(session, here, NOON)
        taken = queries.waiting(session, here, filters)

    assert [(truck.carrier, truck.leaves) for truck in trucks] == [
        ("FedEx", ups - timedelta(hours=1, minutes=30)),
        ("UPS", ups),
    ]
    assert filters == Filters(ship_by=ups - timedelta(hours=1, minutes=30))
    assert len(taken) == 2


def test_where_nothing_must_leave_by_the_next_truck_the_default_takes_the_first_that_must(
    database, here
):
    a_truck(database, here, "UPS", time(9, 0))
    tomorrow = EVENING + timedelta(days=1)
    an_order(database, ("ITEM-11", 2), ship_by=tomorrow)

    with database.read() as session:
        assert queries.default_filters(session, here, NOON) == Filters(ship_by=tomorrow)


def test_orders_that_need_not_hurry_are_all_taken_by_default(database, here):
    an_order(database, ("ITEM-11", 2), ship_by=None)

    with database.read() as session:
        filters = queries.default_filters(session, here, NOON)
        taken = queries.waiting(session, here, filters)

    assert (filters, len(taken)) == (Filters(), 1)


def test_a_wave_adds_up_to_the_lines_of_its_orders(database, here):
    fo_id = an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    an_order(database, ("ITEM-12", 4), carrier="FedEx", ship_by=EVENING - timedelta(hours=1))
    wave_id = a_wave(database, here, actions.plan)

    def pick_one(session):
        line = session.query(FoLine).filter_by(fo_id=fo_id).first()
        line.allocated, line.picked = line.allocated - 1, line.picked + 1

    done(database, pick_one)

    with database.read() as session:
        row = queries.sums(session, [wave_id])[wave_id]

    assert (row.orders, row.lines, row.units, row.picked, row.short) == (2, 3, 9, 1, 0)
    assert (row.carriers, row.ship_by) == (("FedEx", "UPS"), EVENING - timedelta(hours=1))


def test_who_left_a_wave_counts_no_longer_until_the_wave_is_over(database, here):
    stays, goes = an_order(database, ("ITEM-11", 2)), an_order(database, ("ITEM-12", 4))
    wave_id = a_wave(database, here, actions.plan)
    done(database, lambda session: actions.leave(session, fo_id=goes, **WHO))

    def units():
        with database.read() as session:
            return queries.sums(session, [wave_id])[wave_id].units

    assert units() == 2
    done(database, lambda session: actions.cancel(session, wave_id=wave_id, **WHO))
    assert units() == 6
    with database.read() as session:
        assert queries.wave_of(session, stays) is None


def test_carts_of_most_sizes_decide_how_many_totes_ride(database, here):
    with database.read() as session:
        assert queries.cart_slots(session, here) == 4

    def more(session):
        for number, slots in enumerate((8, 8, 4, 6), 2):
            facts = {"warehouse_id": here, "code": f"CART-{number}", "slots": slots}
            bins.create_lpn(session, kind=Kind.CART, **facts, **WHO)

    done(database, more)
    with database.read() as session:
        assert queries.cart_slots(session, here) == 4


def test_a_plan_tells_why_orders_ride_together(database, here):
    for _ in range(2):
        an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    an_order(database, ("ITEM-12", 4_280))
    wave_id = a_wave(database, here, actions.plan)

    with database.read() as session:
        told = [(one.why, one.aisles) for one in queries.reasons(session, wave_id)]

    assert told == [("same_aisles", 2), ("fills_a_cart", 1)]


def test_lines_that_nothing_is_promised_for_are_named(database, here):
    fo_id = an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))

    def lose(session):
        session.query(FoLine).filter_by(fo_id=fo_id).first().ordered = 7

    done(database, lose)
    wave_id = a_wave(database, here, actions.plan)

    with database.read() as session:
        plan = queries.plan_of(queries.wave(session, wave_id))
        told = queries.shorts_of(session, plan)

    assert [(one.sku, one.missing) for one in told] == [("ITEM-11", 5)]


def test_the_walk_is_drawn_from_the_bench_and_back(database, here):
    an_order(database, ("ITEM-11", 2), ("ITEM-22", 3))
    wave_id = a_wave(database, here, actions.plan)

    with database.read() as session:
        [run] = queries.plan_of(queries.wave(session, wave_id)).runs
        picture = queries.picture_of(session, here, run)

    assert [stop.title for stop in picture.stops] == ["A-01-01-1", "A-02-02-1"]
    assert picture.start.title == "BENCH-1"
    start = f"{picture.start.x} {picture.start.y}"
    assert picture.walk.startswith(f"M{start}")
    assert picture.walk.endswith(f"L{start}")
    assert picture.shelves.count("z") == 4


def test_a_wave_in_mid_pick_is_in_motion_and_one_that_is_over_is_not(database, here):
    an_order(database, ("ITEM-11", 2))
    over = a_wave(database, here, actions.plan, actions.cancel)
    going = a_wave(database, here, actions.plan, actions.begin_release, actions.started)

    with database.read() as session:
        moving = [wave.id for wave in queries.in_motion(session, here)]
        named = queries.names(session, [over, going])

    assert moving == [going]
    assert named == {over: "0001", going: "0002"}


def test_what_waits_is_counted_beyond_what_one_wave_takes(database, here):
    for _ in range(3):
        an_order(database, ("ITEM-11", 2))
    becomes(database, an_order(database, ("ITEM-11", 2)), "released")
    a_hold(database, an_order(database, ("ITEM-11", 2)))

    with database.read() as session:
        assert queries.waiting_count(session, here, Filters()) == 3
        assert len(queries.waiting(session, here, Filters(), limit=2)) == 2
        assert list(queries.carriers(session, here)) == ["UPS"]
