import pytest
from sqlalchemy import text

from tests.kit import NOON, TESTER, a_bin, a_place, a_warehouse, done
from wms.bins import actions
from wms.bins.invariants import INVARIANTS
from wms.bins.places import Kind

CORRUPTIONS = {
    "bins.sellable_follows_kind": [
        "UPDATE location SET holds_sellable = NOT holds_sellable WHERE code = 'DOCK-1'"
    ],
    "bins.zone_of_own_warehouse": [
        "UPDATE location SET zone_id = (SELECT id FROM zone WHERE code = 'FAR') WHERE code = 'A-1'"
    ],
    "bins.can_be_scanned": ["DELETE FROM code_target WHERE code = 'A-1'"],
    "bins.moves_with_a_number": [
        "INSERT INTO lpn (location_id, kind, state) SELECT id, 'tote', 'free' FROM location WHERE code = 'A-1'"
    ],
    "bins.stands_where_it_was_put": ["UPDATE location SET parent_id = NULL WHERE code = 'T-1'"],
    "bins.no_rings": [
        "UPDATE location SET parent_id = (SELECT id FROM location WHERE code = 'T-2') WHERE code = 'T-1'",
        (
            "INSERT INTO lpn_move (location_id, to_id, actor_id, occurred_at, recorded_at) "
            "SELECT id, parent_id, 1, '2026-01-05 12:00:00', '2026-01-05 12:00:00' FROM location WHERE code = 'T-1'"
        ),
    ],
    "bins.six_outside_places": [
        "UPDATE location SET code = 'GONE' WHERE code = 'SCRAP' AND warehouse_id = 1"
    ],
}


@pytest.fixture
def yard(database):
    """A house with something of everything."""
    dayton, reno = a_warehouse(database, "DAY"), a_warehouse(database, "RNO")
    dock = a_place(database, dayton, "DOCK-1", Kind.DOCK)

    def do(session):
        zone = actions.create_zone(
            session, warehouse_id=reno, code="FAR", name="Far", by=TESTER, at=NOON
        )
        facts = {"warehouse_id": dayton, "kind": Kind.TOTE, "by": TESTER, "at": NOON}
        lower = actions.create_lpn(session, code="T-1", stands_in_id=dock, **facts)
        actions.create_lpn(session, code="T-2", stands_in_id=lower.id, **facts)
        return zone.id

    a_bin(database, dayton, "A-1")
    done(database, do)
    return database


def broken(database):
    with database.read() as session:
        return {
            promise.name: rows for promise in INVARIANTS if (rows := list(promise.broken(session)))
        }


def test_a_house_as_it_is_made_breaks_nothing(yard):
    assert broken(yard) == {}


@pytest.mark.parametrize("name", [promise.name for promise in INVARIANTS])
def test_a_corrupted_row_is_named_by_its_promise_and_by_no_other(yard, name):
    with yard.engines.writer.begin() as connection:
        for statement in CORRUPTIONS[name]:
            connection.execute(text(statement))

    found = broken(yard)

    assert list(found) == [name]
    assert all(row["id"] for row in found[name])
