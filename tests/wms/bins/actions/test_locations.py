from dataclasses import replace

import pytest

from tests.kit import NOON, TESTER, a_bin, a_place, a_warehouse, done
from wms.bins import actions
from wms.bins.actions.locations import NotChangedByHand, SoldOtherwise
from wms.bins.places import Kind, Role
from wms.bins.tables import Location
from wms.codes import queries as codes
from wms.codes.actions import CodeTaken
from wms.kernel.refusal import Stale, Wrong


def edit(database, location_id, version=None, **facts):
    def do(session):
        place = replace(actions.place_of(session.get_one(Location, location_id)), **facts)
        made = actions.edit_location(
            session, location_id=location_id, place=place, version=version, by=TESTER, at=NOON
        )
        return made.version

    return done(database, do)


def archive(database, location_id):
    return done(
        database,
        lambda session: (
            actions.archive_location(session, location_id=location_id, by=TESTER, at=NOON).id
        ),
    )


def restore(database, location_id):
    return done(
        database,
        lambda session: (
            actions.restore_location(session, location_id=location_id, by=TESTER, at=NOON).id
        ),
    )


def faults_of(refusal):
    return [(fault.where, fault.sentence) for fault in refusal.value.faults]


def test_a_bin_can_be_scanned_from_the_moment_it_is_made(database):
    bin_id = a_bin(database, a_warehouse(database), "A-03-12-2")

    with database.read() as session:
        [bare] = codes.resolve(session, "a-03-12-2")
        [labelled] = codes.resolve(session, "WXLA-03-12-2")
    assert (bare.kind, bare.target_id) == (codes.Kind.LOCATION, bin_id)
    assert labelled.target_id == bin_id


def test_a_code_means_one_place_in_the_whole_house(database):
    a_bin(database, a_warehouse(database, "DAY"), "A-01")

    with pytest.raises(CodeTaken):
        a_bin(database, a_warehouse(database, "RNO"), "A-01")


def test_a_code_in_use_is_refused_in_words(database):
    warehouse_id = a_warehouse(database)
    a_bin(database, warehouse_id, "A-01")

    with pytest.raises(Wrong) as refusal:
        a_bin(database, warehouse_id, "A-01")

    assert faults_of(refusal) == [("code", "bins.code_taken")]


def test_a_bin_cannot_be_called_like_the_outside(database):
    with pytest.raises(Wrong) as refusal:
        a_bin(database, a_warehouse(database), "CUSTOMER")

    assert faults_of(refusal) == [("code", "bins.code_taken")]


def test_a_bin_cannot_carry_the_code_of_a_badge(database):
    with pytest.raises(Wrong) as refusal:
        a_bin(database, a_warehouse(database), "WXU12345")

    assert [where for where, _ in faults_of(refusal)] == ["code"]


def test_a_zone_of_another_warehouse_is_refused(database):
    dayton, reno = a_warehouse(database, "DAY"), a_warehouse(database, "RNO")
    zone_id = done(
        database,
        lambda session: (
            actions.create_zone(
                session, warehouse_id=reno, code="A", name="A", by=TESTER, at=NOON
            ).id
        ),
    )

    with pytest.raises(Wrong) as refusal:
        a_bin(database, dayton, zone_id=zone_id)

    assert faults_of(refusal) == [("zone_id", "bins.no_such_zone")]


def test_nobody_holds_more_than_one_description_of_a_place(database):
    bin_id = a_bin(database, a_warehouse(database))

    assert edit(database, bin_id, version=1, level=3) == 2
    with pytest.raises(Stale):
        edit(database, bin_id, version=1, level=4)


def test_a_bin_that_gets_another_code_is_found_under_that_code_only(database):
    bin_id = a_bin(database, a_warehouse(database), "A-01")

    edit(database, bin_id, code="B-01")

    with database.read() as session:
        assert codes.resolve(session, "A-01") == ()
        assert [meaning.target_id for meaning in codes.resolve(session, "B-01")] == [bin_id]


def test_a_code_can_change_its_case(database):
    bin_id = a_bin(database, a_warehouse(database), "a-01")

    edit(database, bin_id, code="A-01")

    with database.read() as session:
        assert session.get_one(Location, bin_id).code == "A-01"
        assert len(codes.resolve(session, "A-01")) == 1


def test_a_bin_does_not_stop_being_sold_from_by_a_change_of_words(database):
    bin_id = a_bin(database, a_warehouse(database))

    with pytest.raises(SoldOtherwise):
        edit(database, bin_id, role=Role.PROBLEM)

    assert edit(database, bin_id, role=Role.RESERVE) == 2


def test_what_is_outside_is_not_described_by_hand(database):
    warehouse_id = a_warehouse(database)
    with database.read() as session:
        outside = session.query(Location).filter_by(warehouse_id=warehouse_id, code="LOST").one().id

    with pytest.raises(NotChangedByHand):
        edit(database, outside, code="FOUND")


def test_an_archived_bin_keeps_its_code_and_comes_back_with_it(database):
    warehouse_id = a_warehouse(database)
    bin_id = a_bin(database, warehouse_id, "A-01")

    archive(database, bin_id)

    with pytest.raises(actions.NoSuchLocation):
        edit(database, bin_id, level=2)
    with pytest.raises(Wrong) as refusal:
        a_bin(database, warehouse_id, "A-01")
    assert faults_of(refusal) == [("code", "bins.code_archived")]
    restore(database, bin_id)
    assert edit(database, bin_id, level=2) > 1


def test_only_what_is_archived_comes_back(database):
    bin_id = a_bin(database, a_warehouse(database))

    with pytest.raises(actions.NoSuchLocation):
        restore(database, bin_id)


def test_a_place_on_which_a_cart_stands_is_not_archived(database):
    warehouse_id = a_warehouse(database)
    stage_id = a_place(database, warehouse_id, "STAGE-1", Kind.STAGE)
    done(
        database,
        lambda session: (
            actions.create_lpn(
                session,
                warehouse_id=warehouse_id,
                code="C-1",
                kind=Kind.CART,
                stands_in_id=stage_id,
                by=TESTER,
                at=NOON,
            ).id
        ),
    )

    with pytest.raises(actions.SomethingStandsThere):
        archive(database, stage_id)
