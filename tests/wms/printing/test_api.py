"""Sheets and printers over HTTP, for machines and bench agents."""

import hashlib

import pytest

from tests.kit import NOON
from tests.visitors import a_machine, open_app
from tests.wms.printing.printers import a_printer, ask, state
from tests.wms.printing.test_actions import a_doubted
from wms.people.policy import Role


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


def test_a_machine_says_what_somebody_saw(database, machine, printer):
    here, gone = a_doubted(database, printer), a_doubted(database, a_printer(database, "P2"))

    for number, came_out in ((here, True), (gone, False)):
        machine.post(f"/api/v1/print_jobs/{number}/answer", {"came_out": came_out})

    assert (state(database, here), state(database, gone)) == ("confirmed", "queued")


def test_a_sheet_is_sent_elsewhere_taken_back_and_printed_once_more(database, machine, printer):
    other = a_printer(database, "P2")
    doubted = a_doubted(database, printer)
    waiting = ask(database, printer)

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


def test_only_a_lead_gives_a_sheet_up(database, machine, lead, printer):
    number = a_doubted(database, printer)

    refused = machine.post(f"/api/v1/print_jobs/{number}/abandon", {"reason": "x"})
    done = lead.post(f"/api/v1/print_jobs/{number}/abandon", {"reason": "gone"})

    assert refused.status_code == 403
    assert done.json["state"] == "abandoned"
