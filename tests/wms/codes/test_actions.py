"""One code, one kind of thing: whoever comes later is told no."""

import threading
from datetime import UTC, datetime

import pytest
from sqlalchemy import func, select

from wms.codes.actions import CodeTaken, NewCode, UnfitCode, register, register_all, withdraw
from wms.codes.queries import Kind, codes_of, resolve
from wms.codes.tables import Code, CodeTarget, Owner
from wms.kernel.commands import command

AT = datetime(2026, 11, 12, 14, 2, tzinfo=UTC)


def write(database, do):
    return database.write(command("test", by=1, at=AT), do).value


def enter(database, code, kind=Kind.ITEM, target_id=1, owner_id=1):
    write(
        database,
        lambda s: register(s, code=code, kind=kind, owner_id=owner_id, target_id=target_id, at=AT),
    )


def meanings(database, text, **hints):
    with database.read() as session:
        return [
            (found.kind, found.owner_id, found.target_id)
            for found in resolve(session, text, **hints)
        ]


def second_owner(database):
    def add(session):
        owner = Owner(name="Tea & Co", created_at=AT)
        session.add(owner)
        session.flush()
        return owner.id

    return write(database, add)


def test_a_registered_code_means_its_thing_however_it_is_scanned(database):
    enter(database, "4006381333931", target_id=7)

    for scan in (
        "4006381333931",
        "]E04006381333931",
        "04006381333931",
        "]C10104006381333931",
        "(01)04006381333931",
    ):
        assert meanings(database, scan) == [(Kind.ITEM, 1, 7)]


def test_registering_the_same_thing_twice_changes_nothing(database):
    enter(database, "AB-1")
    enter(database, " ab-1 ")

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(CodeTarget)) == 1
        assert codes_of(session, kind=Kind.ITEM, target_id=1) == ("AB-1",)


@pytest.mark.parametrize("owner", ["the house", "another owner"])
def test_a_code_of_another_kind_is_refused_whoever_owns_it(database, owner):
    owner_id = 1 if owner == "the house" else second_owner(database)
    enter(database, "A-03-12", Kind.LOCATION, target_id=4)

    with pytest.raises(CodeTaken) as refused:
        enter(database, "a-03-12", Kind.ITEM, owner_id=owner_id)

    assert [(fault.where, fault.sentence) for fault in refused.value.faults] == [
        ("code", "codes.taken_by_location")
    ]
    assert meanings(database, "A-03-12") == [(Kind.LOCATION, 1, 4)]


def test_two_items_of_one_owner_cannot_share_a_code(database):
    enter(database, "4006381333931", target_id=1)

    with pytest.raises(CodeTaken):
        enter(database, "04006381333931", target_id=2)


def test_two_owners_may_sell_the_same_thing_and_a_scan_asks_which(database):
    other = second_owner(database)
    enter(database, "4006381333931", target_id=1)
    enter(database, "4006381333931", target_id=2, owner_id=other)

    assert meanings(database, "4006381333931") == [(Kind.ITEM, 1, 1), (Kind.ITEM, other, 2)]


@pytest.mark.parametrize(
    "code", ["WXUabc", "wxcyes", "CMD:YES", "]C1WXCYES", "", "x" * 4096, "a\ud800", "a\x00b"]
)
def test_an_item_gets_no_code_that_signs_in_confirms_or_cannot_be_read(lite_house, code):
    database = lite_house.database

    with pytest.raises(UnfitCode):
        enter(database, code)

    with database.read() as session:
        assert session.scalar(select(func.count()).select_from(Code)) == 0


def test_a_withdrawn_code_may_stand_for_another_kind(database):
    enter(database, "X-1", Kind.ITEM)
    write(database, lambda s: withdraw(s, code="x-1"))
    assert meanings(database, "X-1") == []

    enter(database, "X-1", Kind.LOCATION, target_id=9)

    assert meanings(database, "X-1") == [(Kind.LOCATION, 1, 9)]


def test_withdrawing_for_one_owner_leaves_the_other_owners_code(database):
    other = second_owner(database)
    enter(database, "X-1", target_id=1)
    enter(database, "X-1", target_id=2, owner_id=other)

    write(database, lambda s: withdraw(s, code="X-1"))

    assert meanings(database, "X-1") == [(Kind.ITEM, other, 2)]


def test_many_codes_are_registered_all_or_none(database):
    enter(database, "B-0700", Kind.LOCATION)
    codes = [NewCode(f"B-{number:04}", number) for number in range(1200)]

    with pytest.raises(CodeTaken):
        write(database, lambda s: register_all(s, codes, kind=Kind.ITEM, at=AT))
    assert meanings(database, "B-0001") == []

    write(database, lambda s: register_all(s, codes[:700], kind=Kind.ITEM, at=AT))
    assert meanings(database, "B-0699") == [(Kind.ITEM, 1, 699)]


def test_one_batch_cannot_give_a_code_to_two_things(database):
    with pytest.raises(CodeTaken):
        write(
            database,
            lambda s: register_all(s, [NewCode("a", 1), NewCode("A", 2)], kind=Kind.ITEM, at=AT),
        )


def test_two_kinds_that_race_for_a_code_leave_one_of_them(database):
    kinds = [Kind.ITEM, Kind.LOCATION, Kind.LPN, Kind.ORDER]
    for number in range(15):
        told: list[Kind | None] = []
        start = threading.Barrier(len(kinds))

        def race(kind, code, told, start):
            start.wait()
            try:
                enter(database, code, kind)
                told.append(kind)
            except CodeTaken:
                told.append(None)

        racers = [
            threading.Thread(target=race, args=(kind, f"R-{number}", told, start)) for kind in kinds
        ]
        for racer in racers:
            racer.start()
        for racer in racers:
            racer.join()

        winners = [kind for kind in told if kind]
        assert len(told) == len(kinds)
        assert [kind for kind, _, _ in meanings(database, f"R-{number}")] == winners
        assert len(winners) == 1
