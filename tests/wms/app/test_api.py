"""What machines may ask of the house as a whole."""

import pytest
from sqlalchemy import text

from tests import visitors
from tests.visitors import a_machine
from wms.app.version import VERSION
from wms.people.policy import Role


@pytest.fixture
def app(lite_house):
    return visitors.open_app(lite_house)


def test_the_status_tells_version_tables_and_the_head_of_the_ledger(app, lite_house):
    told = a_machine(app, lite_house).send("GET", "/api/v1/status").json

    assert told["version"] == VERSION
    assert told["database"] == "sqlite"
    assert told["head"] == {"position": 0, "hash": "0" * 64}


def test_admins_hear_which_promise_is_broken_and_by_which_row(app, lite_house):
    admin = visitors.a_person(lite_house, Role.ADMIN)
    machine = visitors.Machine(app.test_client(), visitors.a_token(lite_house, admin))

    assert machine.send("GET", "/api/v1/verification").json["clean"] is True
    with lite_house.database.engines.writer.begin() as connection:
        connection.execute(text("INSERT INTO code (code, kind) VALUES ('FREE', 'item')"))
    told = machine.send("GET", "/api/v1/verification").json

    broken = [one for one in told["checked"] if one["broken"]]
    assert told["clean"] is False
    assert [(one["invariant"], one["broken"]) for one in broken] == [
        ("codes.codes_stand_for_something", [{"code": "FREE"}])
    ]


def test_nobody_else_may_ask_for_every_promise(app, lite_house):
    lead = a_machine(app, lite_house, Role.SUPERVISOR)

    assert lead.send("GET", "/api/v1/verification").status_code == 403
