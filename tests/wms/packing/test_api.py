"""Boxes over HTTP."""

import pytest

from tests.visitors import a_machine, open_app
from tests.wms.packing.benching import Bench
from wms.packing import actions as packing
from wms.people.policy import Role


@pytest.fixture
def bench(lite_house):
    bench = Bench(lite_house.database)
    lite_house.clock.moment = bench.clock.now()
    return bench


@pytest.fixture
def machine(lite_house):
    return a_machine(open_app(lite_house), lite_house, Role.MACHINE)


def test_boxes_are_listed_and_found_by_order_state_number_and_scan(bench, machine):
    one, other = bench.pick([("MUG", 2)], [("LAMP", 1), ("MUG", 1)])
    first, second = bench.pack(one, "S"), bench.fill(other)
    bench.label(first, "1Z999AA10123456784")

    def ids(query=""):
        return [row["id"] for row in machine.get(f"/api/v1/packages{query}").json["data"]]

    assert ids() == [second, first]
    assert ids(f"?fo_id={one}") == [first]
    assert ids("?state=open") == [second]
    assert ids(f"?number=P-{second:06d}") == [second]
    assert ids("?code=1z999aa10123456784") == [first]
    assert ids("?code=nothing") == []
    assert ids("?limit=1") == [second]


def test_a_box_is_told_with_its_version_and_what_is_in_it(bench, machine):
    [fo] = bench.pick([("MUG", 2), ("LAMP", 1)])
    box = bench.pack(fo)

    answer = machine.get(f"/api/v1/packages/{box}")
    inside = machine.get(f"/api/v1/packages/{box}/contents").json["data"]

    told = answer.json
    assert (told["state"], told["weight_g"], told["fo_id"]) == ("weighed", 2300, fo)
    assert answer.headers["ETag"] == f'"{told["version"]}"'
    assert [(row["sku"], row["quantity"]) for row in inside] == [("MUG", 2), ("LAMP", 1)]


def test_a_box_that_left_still_tells_what_was_in_it(bench, machine):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.pack(fo, "S")
    bench.ship(box)

    inside = machine.get(f"/api/v1/packages/{box}/contents").json["data"]

    assert [(row["sku"], row["quantity"]) for row in inside] == [("MUG", 2)]


def test_a_box_that_was_given_up_holds_nothing(bench, machine):
    [fo] = bench.pick([("MUG", 2)])
    box = bench.open(fo)
    bench.do(packing.void, package_id=box)

    assert machine.get(f"/api/v1/packages/{box}/contents").json == {"data": []}
    assert machine.get(f"/api/v1/packages/{box}").json["state"] == "void"


def test_there_is_no_box_of_that_number(machine):
    assert machine.get("/api/v1/packages/404").status_code == 404
    assert machine.get("/api/v1/packages/404/contents").status_code == 404
