import pytest

from tests.kit import NOON, TESTER, a_bin, a_warehouse, done
from wms.bins import actions, queries
from wms.bins.actions.zones import ZoneInUse
from wms.kernel.refusal import Stale, Wrong


def a_zone(database, warehouse_id, code="A", name="Shelves"):
    facts = {"warehouse_id": warehouse_id, "code": code, "name": name}
    return done(
        database, lambda session: actions.create_zone(session, **facts, by=TESTER, at=NOON).id
    )


def rename(database, zone_id, name, version=None):
    facts = {"zone_id": zone_id, "name": name, "version": version}
    return done(
        database, lambda session: actions.edit_zone(session, **facts, by=TESTER, at=NOON).version
    )


def test_a_zone_gets_another_name_but_keeps_its_code(database):
    zone_id = a_zone(database, a_warehouse(database))

    rename(database, zone_id, "Small parts", version=1)

    with database.read() as session:
        [zone] = queries.zones(session)
    assert (zone.code, zone.name) == ("A", "Small parts")
    with pytest.raises(Stale):
        rename(database, zone_id, "Large parts", version=1)


def test_a_zone_code_means_one_zone_in_a_warehouse_and_may_mean_another_in_the_next(database):
    dayton, reno = a_warehouse(database, "DAY"), a_warehouse(database, "RNO")
    a_zone(database, dayton)
    a_zone(database, reno)

    with pytest.raises(Wrong) as refusal:
        a_zone(database, dayton)

    assert refusal.value.faults[0].sentence == "bins.zone_code_taken"


def test_a_zone_with_bins_is_not_archived(database):
    warehouse_id = a_warehouse(database)
    zone_id = a_zone(database, warehouse_id)
    bin_id = a_bin(database, warehouse_id, zone_id=zone_id)

    def archive(session):
        return actions.archive_zone(session, zone_id=zone_id, by=TESTER, at=NOON).id

    with pytest.raises(ZoneInUse):
        done(database, archive)
    done(
        database,
        lambda session: (
            actions.archive_location(session, location_id=bin_id, by=TESTER, at=NOON).id
        ),
    )
    done(database, archive)

    with database.read() as session:
        assert queries.zones(session) == []
    with pytest.raises(actions.NoSuchZone):
        rename(database, zone_id, "Again")
