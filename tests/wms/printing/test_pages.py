"""Printers and sheets, in the browser."""

import pytest

from tests.kit import NOON
from tests.visitors import as_role, open_app
from tests.wms.printing.printers import a_bench, a_printer, act, ask, job, now, state
from tests.wms.printing.test_actions import a_doubted, sent
from wms.people.policy import Role
from wms.printing.rules import Condition, Outcome
from wms.stations import actions as stations


@pytest.fixture
def house(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def database(house):
    return house.database


@pytest.fixture
def printer(database):
    made = a_printer(database, "Zebra P1")
    a_bench(database, made)
    return made


@pytest.fixture
def ana(app, house, printer):
    return as_role(app, house, Role.SUPERVISOR)


@pytest.fixture
def pete(app, house, printer):
    return as_role(app, house, Role.PACKER)


def test_an_empty_house_says_how_to_get_a_printer(app, house):
    page = as_role(app, house, Role.SUPERVISOR).get("/printers").text

    assert "No printer yet." in page


def test_a_printer_that_is_down_comes_first_with_its_cure(database, ana, printer):
    ask(database, printer)
    sent(database, Outcome.NOT_SENT, Condition.PAPER_OUT)
    a_printer(database, "Zebra P2")

    page = ana.get("/printers").text

    assert "1 needs a hand." in page
    assert page.index("Out of labels") < page.index("Zebra P2</a>")
    assert "nothing prints twice" in page
    assert "Send to Zebra P2" in page


def test_a_sheet_that_nobody_knows_about_is_asked_about_and_answered(database, pete, printer):
    number = a_doubted(database, printer)

    page = pete.get("/printers").text
    answer = pete.post(f"/printers/jobs/{number}/came-out")

    assert "Did these come out?" in page
    assert answer.headers["Location"] == f"/printers/jobs/{number}"
    assert state(database, number) == "confirmed"
    assert "Did these come out?" not in pete.get("/printers").text


def test_the_scan_of_a_sheet_answers_for_it(database, pete, printer):
    number = a_doubted(database, printer, expects="1Z999")

    unknown = pete.post("/printers/scan", code="1Z111")
    answer = pete.post("/printers/scan", code="1z999")

    assert unknown.status_code == 422
    assert "No sheet carries 1Z111." in unknown.text
    assert answer.headers["Location"] == f"/printers/jobs/{number}"
    assert state(database, number) == "confirmed"


def test_a_sheet_that_is_not_there_waits_again(database, pete, printer):
    number = a_doubted(database, printer)

    pete.post(f"/printers/jobs/{number}/not-there")

    assert state(database, number) == "queued"


def test_an_answer_that_comes_too_late_is_told_on_the_page(database, pete, printer):
    number = a_doubted(database, printer)
    pete.post(f"/printers/jobs/{number}/came-out")

    late = pete.post(f"/printers/jobs/{number}/not-there")

    assert late.status_code == 409
    assert "That cannot be done now" in late.text


def test_a_sheets_page_shows_its_picture_and_every_try(database, pete, printer):
    number = a_doubted(database, printer)

    page = pete.get(f"/printers/jobs/{number}").text
    picture = pete.get(f"/printers/jobs/{number}/picture")

    assert f"L-{number:06d}" in page
    assert "Taken, then the printer stopped" in page
    assert (picture.mimetype, picture.data[:4]) == ("image/png", b"\x89PNG")


def test_a_carriers_label_is_shown_as_a_printer_reads_it(database, pete, printer):
    label = b"^XA^PW400^LL400^FO50,50^BY3^BCN,100,N,N,N^FD1Z999^FS^XZ"
    number = ask(database, printer, document=label, media_type="application/zpl")

    picture = pete.get(f"/printers/jobs/{number}/picture")
    document = pete.get(f"/printers/jobs/{number}/document")

    assert picture.data[:4] == b"\x89PNG"
    assert document.data == label


def test_a_sheet_is_printed_once_more_for_a_reason(database, pete, printer):
    number = a_doubted(database, printer)

    without = pete.post(f"/printers/jobs/{number}/reprint", reason="")
    made = pete.post(f"/printers/jobs/{number}/reprint", reason="smeared")

    assert without.status_code == 422
    new = int(made.headers["Location"].rsplit("/", 1)[1])
    assert (job(database, new).generation, job(database, new).reason) == (2, "smeared")
    assert "smeared" in pete.get(f"/printers/jobs/{number}").text


def test_what_waits_is_sent_elsewhere_or_taken_back(database, pete, printer):
    other = a_printer(database, "Zebra P2")
    first, second = ask(database, printer), ask(database, printer)

    pete.post(f"/printers/jobs/{first}/reroute", printer_id=str(other))
    pete.post(f"/printers/jobs/{second}/cancel")

    assert job(database, first).printer_id == other
    assert state(database, second) == "cancelled"


def test_all_that_waits_goes_to_another_printer(database, pete, printer):
    other = a_printer(database, "Zebra P2")
    numbers = [ask(database, printer) for _ in range(3)]

    pete.post(f"/printers/{printer}/reroute", printer_id=str(other))

    assert {job(database, number).printer_id for number in numbers} == {other}


def test_only_a_lead_stops_a_printer_and_gives_a_sheet_up(database, ana, pete, printer):
    number = a_doubted(database, printer)

    assert pete.post(f"/printers/{printer}/hold").status_code == 403
    assert pete.post(f"/printers/jobs/{number}/abandon", reason="gone").status_code == 403
    ana.post(f"/printers/{printer}/hold")
    ana.post(f"/printers/jobs/{number}/abandon", reason="gone")

    assert now(database, printer).is_held
    assert state(database, number) == "abandoned"
    assert "Stopped by us" in ana.get("/printers").text
    ana.post(f"/printers/{printer}/let-go")
    assert not now(database, printer).is_held


def test_a_lead_says_who_takes_over_and_how_fine_it_prints(database, ana, printer):
    other = a_printer(database, "Zebra P2")

    ana.post(f"/printers/{printer}/set-up", next_id=str(other), dpi="300")
    wrong = ana.post(f"/printers/{printer}/set-up", next_id=str(printer), dpi="300")

    page = ana.get(f"/printers/{printer}").text

    assert f'<option value="{other}" selected>' in page
    assert (now(database, printer).next_id, now(database, printer).dpi) == (other, 300)
    assert wrong.status_code == 422
    assert "cannot take over" in wrong.text


def test_a_test_sheet_is_one_press_away(database, pete, printer):
    pete.post(f"/printers/{printer}/test")

    page = pete.get("/printers/jobs").text
    assert "Test sheet" in page
    assert pete.get("/printers/jobs/1/picture").status_code == 200


def test_sheets_are_found_by_what_is_on_them(database, pete, printer):
    ask(database, printer, expects="1Z999", title="Parcel one")
    ask(database, printer, expects="1Z888", title="Parcel two")

    page = pete.get("/printers/jobs?code=1z999").text

    assert "Parcel one" in page
    assert "Parcel two" not in page


def test_unheard_of_sheets_and_printers_are_told(pete):
    for path in ("/printers/99", "/printers/jobs/99", "/printers/jobs/99/picture"):
        assert pete.get(path).status_code == 404
    assert pete.post("/printers/99/test").status_code == 404


def test_what_waits_for_a_printer_that_is_not_used_any_more_is_shown_and_sent_elsewhere(
    database, pete, ana, printer
):
    number = ask(database, printer)
    other = a_printer(database, "Zebra P2")
    act(database, stations.revoke_device, device_id=printer, reason="broken")

    listed, one = pete.get("/printers").text, ana.get(f"/printers/{printer}").text
    moved = pete.post(f"/printers/{printer}/reroute", printer_id=other)

    assert "Not used any more" in listed
    assert "Send to Zebra P2" in listed
    assert "Send all that waits there" in one
    assert "Test sheet" not in one
    assert (moved.status_code, job(database, number).printer_id) == (303, other)
    assert "Not used any more" not in pete.get("/printers").text
    assert "Zebra P1" in pete.get(f"/printers/{printer}").text
