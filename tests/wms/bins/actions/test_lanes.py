from datetime import UTC, datetime, time

import pytest

from tests.kit import NOON, TESTER, a_place, a_warehouse, done
from wms.bins import actions, queries
from wms.bins.places import Kind
from wms.bins.tables import CarrierLane
from wms.kernel.refusal import Stale, Wrong


@pytest.fixture
def lane_id(database):
    warehouse_id = a_warehouse(database)
    place = a_place(database, warehouse_id, "LANE-UPS", Kind.LANE)
    return opened(database, warehouse_id, place)


def opened(database, warehouse_id, place, carrier="ups"):
    facts = {"warehouse_id": warehouse_id, "carrier": carrier, "location_id": place}
    return done(
        database, lambda session: actions.open_lane(session, **facts, by=TESTER, at=NOON).id
    )


def told(database, lane_id, leaves, version=None):
    def do(session):
        place = session.get_one(CarrierLane, lane_id).location_id
        lane = actions.edit_lane(
            session,
            lane_id=lane_id,
            location_id=place,
            leaves=leaves,
            version=version,
            by=TESTER,
            at=NOON,
        )
        return lane.version

    return done(database, do)


def next_truck(database, lane_id, at=NOON):
    with database.read() as session:
        return queries.next_truck(session, session.get_one(CarrierLane, lane_id), at)


def test_a_new_lane_has_no_truck_until_it_is_told_one(database, lane_id):
    assert next_truck(database, lane_id) is None

    told(database, lane_id, {0: time(17, 30)})

    assert next_truck(database, lane_id) == datetime(2026, 1, 5, 22, 30, tzinfo=UTC)


def test_cutoffs_replace_those_before_and_count_as_a_change(database, lane_id):
    version = told(database, lane_id, {0: time(17, 30)}, version=1)
    told(database, lane_id, {1: time(12)}, version=version)

    assert next_truck(database, lane_id) == datetime(2026, 1, 6, 17, 0, tzinfo=UTC)
    with pytest.raises(Stale):
        told(database, lane_id, {}, version=version)


def test_a_carrier_has_one_lane_in_a_warehouse(database, lane_id):
    with database.read() as session:
        lane = session.get_one(CarrierLane, lane_id)

    with pytest.raises(Wrong) as refusal:
        opened(database, lane.warehouse_id, lane.location_id)

    assert refusal.value.faults[0].sentence == "bins.carrier_has_lane"


def test_parcels_wait_in_lanes_only(database, lane_id):
    warehouse_id = a_warehouse(database, "RNO")
    dock = a_place(database, warehouse_id, "R-DOCK", Kind.DOCK)

    with pytest.raises(Wrong) as refusal:
        opened(database, warehouse_id, dock)

    assert refusal.value.faults[0].where == "location_id"


def test_a_closed_lane_opens_again_with_its_cutoffs(database, lane_id):
    told(database, lane_id, {0: time(17, 30)})
    with database.read() as session:
        lane = session.get_one(CarrierLane, lane_id)

    done(
        database,
        lambda session: actions.close_lane(session, lane_id=lane_id, by=TESTER, at=NOON).id,
    )
    with pytest.raises(actions.NoSuchLane):
        told(database, lane_id, {})

    assert opened(database, lane.warehouse_id, lane.location_id) == lane_id
    assert next_truck(database, lane_id) is not None
