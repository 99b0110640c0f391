"""Sheets and printers over HTTP, for machines and bench agents."""

import hashlib

import pytest
from sqlalchemy import select

from tests.kit import NOON, done
from tests.visitors import Machine, a_machine, a_person, a_token, open_app
from tests.wms.printing.printers import a_bench, a_printer, ask, state
from tests.wms.printing.test_actions import a_doubted
from wms.cases.tables import ExceptionCase
from wms.people.policy import Role
from wms.printing.actions import attempting
from wms.stations.tables import Device


@pytest.fixture
def house(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def machine(app, house):
    return a_machine(app, house, Role.MACHINE)


@pytest.fixture
def lead(app, house, machine):
    return a_machine(app, house, Role.SUPERVISOR)


@pytest.fixture
def database(house):
    return house.database


@pytest.fixture
def printer(database, machine):
    return a_printer(database, "P1", None)


@pytest.fixture
def reached(database, machine):
    """A printer that the house prints on itself."""
    return a_printer(database, "P1")


def test_sheets_are_listed_and_found_by_what_they_are_about(database, machine, printer):
    number = ask(database, printer, subject="package", subject_id=7, expects="1Z999")
    ask(database, printer)

    found = machine.get("/api/v1/print_jobs?subject=package&subject_id=7").json["data"]
    scanned = machine.get("/api/v1/print_jobs?expects=1z999").json["data"]
    one = machine.get(f"/api/v1/print_jobs/{number}")

    assert [row["id"] for row in found] == [row["id"] for row in scanned] == [number]
    assert one.json == found[0]
    assert (one.json["state"], one.json["printer"]) == ("queued", "P1")
    assert one.headers["ETag"]


def test_an_agent_takes_a_sheet_prints_it_and_says_so(database, machine, printer):
    number = ask(database, printer)

    claimed = machine.post("/api/v1/print_jobs/claim", {"printer": "P1"}).json
    document = machine.get(claimed["document"])
    told = machine.post(
        f"/api/v1/print_jobs/{number}/outcome",
        {"attempt": claimed["attempt"], "state": "confirmed", "condition": "ready"},
    )

    assert (claimed["id"], claimed["state"]) == (number, "sending")
    assert document.data.startswith(b"^XA")
    assert document.mimetype == "application/zpl"
    assert told.json["state"] == "confirmed"
    assert machine.get(f"/api/v1/printers/{printer}").json["condition"] == "ready"


def test_an_agent_that_asks_twice_under_one_key_gets_one_sheet(database, machine, printer):
    ask(database, printer)
    ask(database, printer)
    headers = {"Idempotency-Key": "claim-1"}

    first, again = (
        machine.post("/api/v1/print_jobs/claim", {"printer": "P1"}, headers=headers)
        for _ in range(2)
    )

    assert first.json == again.json
    assert again.headers["Idempotent-Replayed"] == "true"


def test_a_sheet_that_cannot_be_drawn_does_not_hold_up_an_agents_printer(
    database, machine, printer
):
    two_labels = b"^XA^FDa^FS^XZ^XA^FDb^FS^XZ"
    unfit = ask(database, printer, document=two_labels, media_type="application/zpl")
    good = ask(database, printer)

    claimed = machine.post("/api/v1/print_jobs/claim", {"printer": "P1"}).json

    assert claimed["id"] == good
    assert machine.get(claimed["document"]).status_code == 200
    assert state(database, unfit) == "abandoned"
    with database.read() as session:
        case = session.scalars(select(ExceptionCase)).one()
    assert (case.kind, case.subject_id) == ("sheet_unprintable", unfit)


def test_an_agent_with_nothing_to_print_is_told_so(machine, printer):
    assert machine.post("/api/v1/print_jobs/claim", {"printer": "P1"}).status_code == 204
    assert machine.post("/api/v1/print_jobs/claim", {"printer": "P9"}).status_code == 404


def test_what_became_of_no_try_is_not_taken(database, machine, printer):
    number = ask(database, printer)

    answer = machine.post(
        f"/api/v1/print_jobs/{number}/outcome", {"attempt": 1, "state": "confirmed"}
    )

    assert (answer.status_code, answer.json["code"]) == (409, "printing.not_your_try")
    assert state(database, number) == "queued"


def test_a_person_says_what_they_saw_and_a_machine_sees_nothing(database, app, house, machine):
    packer = a_machine(app, house, Role.PACKER)
    here, gone = (a_doubted(database, a_printer(database, name)) for name in ("P3", "P2"))

    refused = machine.post(f"/api/v1/print_jobs/{here}/answer", {"came_out": True})
    for number, came_out in ((here, True), (gone, False)):
        packer.post(f"/api/v1/print_jobs/{number}/answer", {"came_out": came_out})

    assert refused.status_code == 403
    assert (state(database, here), state(database, gone)) == ("confirmed", "queued")


def test_where_the_house_prints_itself_no_agent_takes_sheets(database, machine):
    number = ask(database, a_printer(database, "P2"))

    refused = machine.post("/api/v1/print_jobs/claim", {"printer": "P2"})

    assert (refused.status_code, refused.json["code"]) == (409, "printing.not_your_printer")
    assert state(database, number) == "queued"


def test_what_the_house_sends_or_another_agent_claimed_is_not_theirs_to_tell(
    database, app, house, machine, printer
):
    sent, theirs = ask(database, a_printer(database, "P2")), ask(database, printer)
    done(database, lambda s: attempting.claim_next(s, at=NOON) and None)
    assert machine.post("/api/v1/print_jobs/claim", {"printer": "P1"}).json["id"] == theirs
    other = a_machine(app, house, Role.MACHINE)
    told = {"attempt": 1, "state": "confirmed", "evidence": {"holder": {"actor_id": 1}}}

    for visitor, number in ((machine, sent), (other, theirs)):
        answer = visitor.post(f"/api/v1/print_jobs/{number}/outcome", told)
        assert (answer.status_code, answer.json["code"]) == (409, "printing.not_your_try")
        assert state(database, number) == "sending"

    assert machine.post(f"/api/v1/print_jobs/{theirs}/outcome", told).json["state"] == "confirmed"


def test_an_enrolled_agent_takes_sheets_of_its_own_bench_alone(
    database, app, house, machine, printer
):
    near, far = a_printer(database, "Near", None), printer
    agent, elsewhere = (done(database, lambda s, n=name: an_agent(s, n)) for name in ("A", "B"))
    a_bench(database, near, agent)
    a_bench(database, far, elsewhere, name="Bench 2")
    own, mine, _theirs = (ask(database, one) for one in (agent, near, far))
    user_id = a_person(house, Role.MACHINE, name="Agent A")
    token = a_token(house, user_id, device_id=agent)
    at_bench = Machine(app.test_client(), token)

    def claim(name):
        headers = {"Idempotency-Key": f"claim-{name}"}
        return at_bench.post("/api/v1/print_jobs/claim", {"printer": name}, headers=headers)

    assert [claim(name).json["id"] for name in ("A", "Near")] == [own, mine]
    assert [claim(name).status_code for name in ("P1", "B")] == [409, 409]


def an_agent(session, name):
    agent = Device(name=name, kind="agent", created_at=NOON)
    session.add(agent)
    session.flush()
    return agent.id


def test_a_sheet_is_sent_elsewhere_taken_back_and_printed_once_more(database, machine, reached):
    other = a_printer(database, "P2")
    doubted = a_doubted(database, reached)
    waiting = ask(database, reached)

    moved = machine.post(f"/api/v1/print_jobs/{waiting}/reroute", {"printer_id": other})
    back = machine.post(f"/api/v1/print_jobs/{waiting}/cancel", {})
    again = machine.post(f"/api/v1/print_jobs/{doubted}/reprint", {"reason": "smeared"})

    assert moved.json["printer"] == "P2"
    assert back.json["state"] == "cancelled"
    assert (again.status_code, again.json["generation"]) == (201, 2)
    assert again.headers["Location"] == f"/api/v1/print_jobs/{again.json['id']}"
    assert b"REPRINT 2" in machine.get(f"{again.headers['Location']}/document").data


def test_a_carriers_label_is_handed_on_as_it_came(database, machine, printer):
    label = b"^XA^FO1,1^FDx^FS^XZ"
    number = ask(database, printer, document=label, media_type="application/zpl")

    row = machine.get(f"/api/v1/print_jobs/{number}").json

    assert machine.get(f"/api/v1/print_jobs/{number}/document").data == label
    assert row["sha256"] == hashlib.sha256(label).hexdigest()


def test_printers_are_listed_stopped_and_set_up(database, machine, lead, printer):
    other = a_printer(database, "P2")
    ask(database, printer)

    listed = machine.get("/api/v1/printers").json["data"]
    held = lead.post(f"/api/v1/printers/{printer}/hold", {})
    set_up = lead.patch(f"/api/v1/printers/{printer}", {"next_id": other, "dpi": 300})
    free = lead.send("DELETE", f"/api/v1/printers/{printer}/hold")

    assert [(one["name"], one["waiting"]) for one in listed] == [("P1", 1), ("P2", 0)]
    assert held.json["is_held"]
    assert (set_up.json["next_id"], set_up.json["dpi"]) == (other, 300)
    assert not free.json["is_held"]


def test_a_version_that_is_out_of_date_changes_nothing(lead, printer):
    lead.post(f"/api/v1/printers/{printer}/hold", {})

    answer = lead.patch(f"/api/v1/printers/{printer}", {"dpi": 300}, headers={"If-Match": '"99"'})

    assert answer.status_code == 412


def test_only_a_lead_gives_a_sheet_up(database, machine, lead, reached):
    number = a_doubted(database, reached)

    refused = machine.post(f"/api/v1/print_jobs/{number}/abandon", {"reason": "x"})
    done = lead.post(f"/api/v1/print_jobs/{number}/abandon", {"reason": "gone"})

    assert refused.status_code == 403
    assert done.json["state"] == "abandoned"
