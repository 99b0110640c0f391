import pytest
from sqlalchemy import func, select

from tests.kit import NOON, TESTER, a_bin, a_warehouse, done
from wms.bins import actions, queries
from wms.bins.actions import Layout
from wms.bins.tables import Location, PathEdge, Zone
from wms.codes import queries as codes
from wms.kernel.refusal import Wrong

SHOP = Layout(blocks=2, aisles=2, bays=3, levels=2, docks=1, benches=1)


def build(database, warehouse_id, layout=SHOP):
    def do(session):
        built = actions.build_layout(
            session, warehouse_id=warehouse_id, layout=layout, by=TESTER, at=NOON
        )
        return [built.count, built.first, built.last]

    return done(database, do)


def test_a_floor_is_built_at_once_and_every_bin_can_be_scanned(database):
    warehouse_id = a_warehouse(database)

    count, first, last = build(database, warehouse_id)

    assert (count, first, last) == (2 * 2 * 6 * 2 + 2, "A-01-01-1", "BENCH-1")
    with database.read() as session:
        assert queries.counts(session) == {"outside": 6, "bin": 48, "dock": 1, "bench": 1}
        [meaning] = codes.resolve(session, "WXLB-02-06-2")
        assert session.get_one(Location, meaning.target_id).code == "B-02-06-2"


def test_each_block_is_a_zone(database):
    build(database, a_warehouse(database))

    with database.read() as session:
        rows = session.execute(
            select(Zone.code, func.count())
            .join(Location, Location.zone_id == Zone.id)
            .group_by(Zone.code)
        )
        assert dict(rows.all()) == {"A": 24, "B": 24}


def test_ways_are_known_as_soon_as_the_floor_is_built(database):
    warehouse_id = a_warehouse(database)
    build(database, warehouse_id)

    with database.read() as session:
        on = queries.floor_of(session, warehouse_id)
        ends = [
            queries.location_by_code(session, warehouse_id, code)
            for code in ("A-01-01-1", "B-02-05-2")
        ]
        spots = queries.spots_of(session, [place.id for place in ends])

    # Three aisles further, out through either cross aisle: bays stand 1.5 m and 3.5 m behind the first one.
    assert queries.distances(on, [spots[ends[0].id]], [spots[ends[1].id]]) == [
        [3 * 2600 + 1500 + 3500]
    ]


def test_codes_in_the_way_are_named_and_nothing_is_made(database):
    warehouse_id = a_warehouse(database)
    a_bin(database, warehouse_id, "A-01-02-1")
    a_bin(database, a_warehouse(database, "RNO"), "a-02-03-2")

    with pytest.raises(actions.CodesTaken) as refusal:
        build(database, warehouse_id)

    assert refusal.value.values == {"codes": "A-01-02-1, A-02-03-2", "n": 2}
    with database.read() as session:
        assert queries.counts(session)["bin"] == 2
        assert session.scalar(select(func.count()).select_from(PathEdge)) == 0


def test_many_codes_in_the_way_are_counted(database):
    warehouse_id = a_warehouse(database)
    build(database, warehouse_id)

    with pytest.raises(actions.CodesTaken) as refusal:
        build(database, warehouse_id)

    assert refusal.value.values["codes"].count(",") == 9
    assert refusal.value.values["codes"].endswith("(+40)")
    assert refusal.value.values["n"] == 50


def test_a_second_floor_joins_the_first(database):
    warehouse_id = a_warehouse(database)
    build(database, warehouse_id)

    build(
        database,
        warehouse_id,
        Layout(blocks=1, first_block=3, aisles=1, bays=2, docks=0, benches=0, x_mm=20_000),
    )

    with database.read() as session:
        assert [zone.code for zone in queries.zones(session, warehouse_id)] == ["A", "B", "C"]


def test_numbers_that_make_no_floor_make_nothing(database):
    with pytest.raises(Wrong):
        build(database, a_warehouse(database), Layout(aisles=0))


def test_a_mezzanine_over_the_same_aisles_shares_their_paths(database):
    warehouse_id = a_warehouse(database)
    build(database, warehouse_id)

    build(
        database,
        warehouse_id,
        Layout(blocks=2, first_block=3, aisles=2, bays=3, docks=0, benches=0),
    )

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(PathEdge)) == 4 + 2 * 3
