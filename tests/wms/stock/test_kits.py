"""Kits: sold as one, picked as their parts, and never stocked themselves."""

import pytest

from tests import visitors
from tests.kit import NOON, TESTER, a_bin, a_warehouse, an_item, done, shelve
from wms.catalog import actions as catalog
from wms.catalog import kits
from wms.kernel.refusal import Stale, Wrong
from wms.people.policy import Role
from wms.people.tables import User
from wms.stock.actions import KitLies, set_parts

WHO = {"by": TESTER, "at": NOON}


@pytest.fixture
def database(lite_house):
    return lite_house.database


@pytest.fixture
def mug(database):
    return an_item(database, "MUG")


@pytest.fixture
def bowl(database):
    return an_item(database, "BOWL")


@pytest.fixture
def kit(database):
    return an_item(database, "SET")


def made(database, kit, **parts_or_facts):
    return lambda parts: done(
        database,
        lambda session: set_parts(session, item_id=kit, parts=parts, **parts_or_facts, **WHO),
    )


def parts_of(database, kit):
    with database.read() as session:
        return [(part.sku, part.quantity) for part in kits.parts(session, kit)]


def why(no):
    return [fault.sentence for fault in no.value.faults]


def test_a_kit_is_made_of_parts_and_can_be_a_plain_item_again(database, kit, mug, bowl):
    made(database, kit)({mug: 2, bowl: 1})
    assert parts_of(database, kit) == [("BOWL", 1), ("MUG", 2)]

    made(database, kit)({bowl: 3})
    assert parts_of(database, kit) == [("BOWL", 3)]

    made(database, kit)({})
    assert parts_of(database, kit) == []


def test_a_kit_is_no_part_of_a_kit(database, kit, mug, bowl):
    made(database, kit)({mug: 1})

    with pytest.raises(Wrong) as upward:
        made(database, bowl)({kit: 1})
    with pytest.raises(Wrong) as downward:
        made(database, mug)({bowl: 1})
    with pytest.raises(Wrong) as itself:
        made(database, bowl)({bowl: 1})

    assert why(upward) == why(itself) == ["catalog.kit_of_a_kit"]
    assert why(downward) == ["catalog.part_of_a_kit"]


def test_an_archived_item_is_no_part(database, kit, mug):
    done(database, lambda session: catalog.archive_item(session, item_id=mug, **WHO))

    with pytest.raises(Wrong) as no:
        made(database, kit)({mug: 1})

    assert why(no) == ["catalog.part_archived"]


def test_no_part_nobody_knows_and_none_of_no_units(database, kit, mug):
    with pytest.raises(Wrong) as no:
        made(database, kit)({404: 1, mug: 0})

    assert why(no) == ["catalog.no_such_item", "catalog.part_units"]


def test_who_edits_an_old_kit_is_told(database, kit, mug):
    made(database, kit)({mug: 1})

    with pytest.raises(Stale):
        made(database, kit, expected=1)({mug: 2})


def stocked(database, item):
    done(database, lambda session: session.add(User(name="Tess", created_at=NOON)))
    shelve(database, item, a_bin(database, a_warehouse(database), "A-01"), 3)


def test_what_lies_somewhere_cannot_become_a_kit(database, kit, mug):
    stocked(database, kit)

    with pytest.raises(KitLies) as no:
        made(database, kit)({mug: 1})

    assert no.value.values == {"sku": "SET", "place": "A-01", "quantity": 3}
    assert parts_of(database, kit) == []


def test_a_kit_is_never_stocked(database, kit, mug):
    made(database, kit)({mug: 1})

    with pytest.raises(Wrong) as no:
        stocked(database, kit)

    assert why(no) == ["stock.kit_has_parts"]


def test_machines_say_and_read_what_a_kit_is_made_of(lite_house, kit, mug):
    machine = visitors.a_machine(visitors.open_app(lite_house), lite_house, Role.MACHINE)
    url = f"/api/v1/products/{kit}/parts"

    answer = machine.send("PUT", url, json={"parts": [{"item_id": mug, "quantity": 2}]})

    assert answer.status_code == 200, answer.text
    told = machine.get(url)
    assert told.get_json()["data"] == [
        {"item_id": mug, "sku": "MUG", "name": "Item MUG", "quantity": 2}
    ]
    assert told.headers["ETag"] == answer.headers["ETag"] == '"2"'
