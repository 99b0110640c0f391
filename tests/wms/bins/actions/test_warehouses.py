from datetime import date, time

import pytest
from sqlalchemy import select

from tests.kit import NOON, TESTER, a_bin, a_warehouse, done
from wms.bins import actions, queries
from wms.bins.actions import Shift
from wms.bins.actions.warehouses import WarehouseInUse
from wms.bins.places import Kind, Outside
from wms.bins.tables import Location, Warehouse
from wms.kernel.refusal import Stale, Wrong
from wms.kernel.tables import StoredEvent


def test_a_new_warehouse_has_one_of_each_outside_place(database):
    warehouse_id = a_warehouse(database)

    with database.read() as session:
        places = session.scalars(select(Location).where(Location.kind == Kind.OUTSIDE)).all()
        supplier = queries.outside(session, warehouse_id, Outside.SUPPLIER)

    assert {place.code for place in places} == set(Outside)
    assert not any(place.holds_sellable for place in places)
    assert supplier in {place.id for place in places}


def test_two_warehouses_have_their_own_outside_places(database):
    dayton, reno = a_warehouse(database, "DAY"), a_warehouse(database, "RNO")

    with database.read() as session:
        assert queries.outside(session, dayton, Outside.LOST) != queries.outside(
            session, reno, Outside.LOST
        )


@pytest.mark.parametrize(
    ("facts", "where"),
    [
        ({"code": ""}, "code"),
        ({"name": " "}, "name"),
        ({"time_zone": "Mars/Olympus"}, "time_zone"),
        ({"time_zone": "../../etc/passwd"}, "time_zone"),
        ({"country": "USA"}, "country"),
        ({"country": "1!"}, "country"),
    ],
)
def test_what_makes_no_warehouse_is_named_by_field(database, facts, where):
    given = {"code": "DAY", "name": "Dayton", "time_zone": "Europe/Berlin"} | facts

    with pytest.raises(Wrong) as refusal:
        done(
            database,
            lambda session: actions.open_warehouse(session, **given, by=TESTER, at=NOON).id,
        )

    assert [fault.where for fault in refusal.value.faults] == [where]


def test_two_warehouses_cannot_share_a_code(database):
    a_warehouse(database, "DAY")

    with pytest.raises(Wrong) as refusal:
        a_warehouse(database, "DAY")

    assert refusal.value.faults[0].sentence == "bins.warehouse_code_taken"


def test_hours_are_kept_and_asked_by_the_clock_on_the_wall(database):
    warehouse_id = a_warehouse(database, time_zone="America/New_York")
    week = {0: Shift(time(8), time(17))}

    done(
        database,
        lambda session: (
            actions.set_hours(
                session,
                warehouse_id=warehouse_id,
                week=week,
                holidays={date(2026, 1, 12): "Stocktaking"},
                by=TESTER,
                at=NOON,
            ).id
        ),
    )

    with database.read() as session:
        calendar = queries.calendar_of(session, warehouse_id)
    assert calendar.next_opening(NOON).hour == 13
    assert calendar.rests_on(date(2026, 1, 12))


def test_hours_replace_those_before_and_count_as_a_change(database):
    warehouse_id = a_warehouse(database)

    def set_week(week, version):
        facts = {"warehouse_id": warehouse_id, "week": week, "holidays": {}, "version": version}
        return done(
            database,
            lambda session: actions.set_hours(session, **facts, by=TESTER, at=NOON).version,
        )

    first = set_week({0: Shift(time(8), time(17)), 1: Shift(time(8), time(17))}, 1)
    second = set_week({1: Shift(time(9), time(12))}, first)

    with database.read() as session:
        assert queries.calendar_of(session, warehouse_id).week == {1: Shift(time(9), time(12))}
    assert (first, second) == (2, 3)
    with pytest.raises(Stale):
        set_week({}, first)


def test_a_warehouse_is_archived_once_its_places_are(database):
    warehouse_id = a_warehouse(database)
    bin_id = a_bin(database, warehouse_id)

    def archive(session):
        return actions.archive_warehouse(session, warehouse_id=warehouse_id, by=TESTER, at=NOON).id

    with pytest.raises(WarehouseInUse):
        done(database, archive)
    done(
        database,
        lambda session: (
            actions.archive_location(session, location_id=bin_id, by=TESTER, at=NOON).id
        ),
    )
    done(database, archive)

    with database.read() as session:
        assert session.get_one(Warehouse, warehouse_id).archived_at == NOON
        assert queries.warehouses(session) == []
    with pytest.raises(actions.NoSuchWarehouse):
        a_bin(database, warehouse_id, "B-1")


def test_what_happens_to_a_warehouse_is_told(database):
    warehouse_id = a_warehouse(database)
    facts = {"name": "Reno", "time_zone": "America/Los_Angeles", "address": "", "country": "us"}

    country = done(
        database,
        lambda session: (
            actions.edit_warehouse(
                session, warehouse_id=warehouse_id, **facts, by=TESTER, at=NOON
            ).country
        ),
    )

    with database.read() as session:
        told = session.scalars(select(StoredEvent.type).order_by(StoredEvent.id)).all()
    assert told == ["bins.WarehouseOpened", "bins.WarehouseChanged"]
    assert country == "US"
