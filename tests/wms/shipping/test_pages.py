"""Labels, parcels and trucks on pages: what is shown, who may do what, and what a no looks like."""

import pytest

from tests.kit import NOON
from tests.visitors import as_role, open_app
from tests.wms.shipping.docking import Dock
from wms.people.policy import Role
from wms.printing import actions as printing
from wms.printing.actions import attempting
from wms.printing.rules import Condition, Outcome
from wms.shipping.tables import LaneMeans, Manifest, ShipFrom


@pytest.fixture
def house(lite_house):
    lite_house.clock.moment = NOON
    return lite_house


@pytest.fixture
def app(house):
    return open_app(house)


@pytest.fixture
def dock(house, platform):
    dock = Dock(house.database, platform, read_s=0.5)
    dock.clock = house.clock
    return dock


@pytest.fixture
def lead(app, house):
    return as_role(app, house, Role.SUPERVISOR)


@pytest.fixture
def packer(app, house):
    return as_role(app, house, Role.PACKER)


@pytest.fixture
def picker(app, house):
    return as_role(app, house, Role.PICKER)


def page(visitor, path):
    answer = visitor.get(path)
    assert answer.status_code == 200, answer.text
    return answer.text


def test_the_list_shows_what_wants_something_and_finds_by_number(dock, lead):
    box = dock.labelled(carrier="UPS")
    label = dock.label_of(box)

    number = dock.package(box).number
    assert number in page(lead, "/shipments")
    assert number not in page(lead, "/shipments?view=away")
    assert number in page(lead, f"/shipments?q={label.tracking_number[-6:].lower()}")
    assert number not in page(lead, "/shipments?carrier=USPS")
    assert "Set up shipping" in page(lead, "/shipments")


def test_the_page_of_a_label_tells_its_purchase_its_sheet_and_why_it_was_chosen(dock, packer):
    box = dock.labelled(carrier="UPS")
    label = dock.label_of(box)

    text = page(packer, f"/shipments/{label.id}")

    assert label.tracking_number in text
    assert label.uid in text
    assert "the cheapest" in text
    assert f"/shipments/{label.id}/label?format=png" in text


def test_the_sheet_comes_as_it_is_and_as_a_picture(dock, packer):
    label = dock.label_of(dock.labelled(carrier="UPS"))

    whole = packer.get(f"/shipments/{label.id}/label")
    picture = packer.get(f"/shipments/{label.id}/label?format=png")

    assert whole.data.startswith(b"^XA")
    assert picture.mimetype == "image/png"
    assert picture.data.startswith(b"\x89PNG")


def test_a_label_of_the_house_is_drawn_by_the_house(dock, packer):
    dock.means("UPS", "own")
    label = dock.label_of(dock.weighed(carrier="UPS"))

    assert packer.get(f"/shipments/{label.id}/label").data.startswith(b"%PDF")
    assert packer.get(f"/shipments/{label.id}/label?format=png").mimetype == "image/png"


def test_a_packer_voids_with_a_reason_and_tries_again(dock, packer):
    box = dock.labelled(carrier="UPS")
    one = f"/shipments/{dock.label_of(box).id}"

    bare = packer.post(f"{one}/void", reason="")
    voided = packer.post(f"{one}/void", reason="Wrong box")
    again = packer.post(f"{one}/try-again")

    assert (bare.status_code, voided.status_code, again.status_code) == (422, 303, 303)
    assert [row.state for row in dock.labels()] == ["void_requested", "draft"]


def test_who_saw_an_older_version_is_told_so(dock, packer):
    one = f"/shipments/{dock.label_of(dock.labelled(carrier='UPS')).id}"

    answer = packer.post(f"{one}/void", reason="Wrong box", _version="1")

    assert answer.status_code == 412


def test_only_a_lead_says_that_a_label_was_not_bought(dock, packer, lead):
    box = dock.weighed(carrier="UPS")
    dock.trouble("reset_before")
    dock.buy()
    one = f"/shipments/{dock.label_of(box).id}"
    assert "It was not bought" in page(lead, one)
    assert "It was not bought" not in page(packer, one)

    refused = packer.post(f"{one}/not-bought")
    looked = packer.post(f"{one}/look-now")
    settled = lead.post(f"{one}/not-bought")

    assert (refused.status_code, looked.status_code, settled.status_code) == (403, 303, 303)
    assert dock.label_of(box).state == "failed"


def test_a_label_is_printed_on_the_printer_that_was_chosen(dock, packer, picker):
    label = dock.label_of(dock.labelled(carrier="UPS"))
    one = f"/shipments/{label.id}"
    [first] = [sheet for sheet in dock.sheets() if sheet.kind == "carrier_label"]
    dock.act(printing.cancel, job_id=first.id)

    printed = packer.post(f"{one}/print", printer_id=first.printer_id)
    nowhere = packer.post(f"{one}/print", printer_id="")
    not_theirs = picker.post(f"{one}/print", printer_id=first.printer_id)

    assert [one.status_code for one in (printed, nowhere, not_theirs)] == [303, 422, 403]
    assert len([one for one in dock.sheets() if one.kind == "carrier_label"]) == 2
    assert f"{one}/print" not in page(picker, one)


def test_a_second_sheet_of_a_label_says_why_it_is_needed(dock, packer):
    label = dock.label_of(dock.labelled(carrier="UPS"))
    one = f"/shipments/{label.id}"
    [first] = [sheet for sheet in dock.sheets() if sheet.kind == "carrier_label"]
    assert "Print once more" not in page(packer, one)
    while (claimed := dock.act(claim_a_sheet)) is not None:
        what = {"outcome": Outcome.BAD, "condition": Condition.READY, "evidence": {}}
        dock.act(attempting.record, attempt_id=claimed.attempt_id, **what)
    assert "Print once more" in page(packer, one)

    bare = packer.post(f"{one}/print", printer_id=first.printer_id)
    why = packer.post(f"{one}/print", printer_id=first.printer_id, print_reason="torn")

    assert (bare.status_code, why.status_code) == (422, 303)
    assert "Fill this in." in bare.text
    second = dock.sheets()[-1]
    assert (second.generation, second.reprint_of_id, second.reason) == (2, first.id, "torn")


def claim_a_sheet(session, *, by, at):
    return attempting.claim_next(session, at=at)


def test_a_truck_shows_its_parcels_and_leaves(dock, packer):
    box = dock.staged(carrier="UPS")
    dock.load("UPS", box)
    with dock.database.read() as session:
        [truck] = session.query(Manifest).all()
    one = f"/manifests/{truck.id}"
    assert truck.number in page(packer, "/manifests")
    assert dock.package(box).number in page(packer, one)
    assert packer.get(f"{one}/sheet").data.startswith(b"%PDF")

    left = packer.post(f"{one}/leave")
    again = packer.post(f"{one}/leave")

    assert (left.status_code, again.status_code) == (303, 409)


def test_what_is_set_up_is_kept_and_what_does_not_fit_is_told_by_its_field(dock, lead):
    with dock.database.read() as session:
        version = session.get_one(ShipFrom, dock.warehouse).version
    address = {
        "name": "Mill House",
        "street1": "2 Mill Lane",
        "city": "Newark",
        "zip": "07101",
        "country": "us",
    }
    path = f"/shipping/settings/{dock.warehouse}/sender"

    kept = lead.post(path, **address, _version=str(version))
    stale = lead.post(path, **address, _version=str(version))
    wrong = lead.post(path, **{**address, "country": "USA"}, _version=str(version + 1))
    lead.post(f"/shipping/settings/lanes/{dock.lanes['UPS']}", means="own")
    odd = lead.post(f"/shipping/settings/lanes/{dock.lanes['UPS']}", means="dove")

    assert (kept.status_code, stale.status_code, wrong.status_code) == (303, 412, 422)
    assert odd.status_code == 422
    with dock.database.read() as session:
        sender = session.get_one(ShipFrom, dock.warehouse)
        assert (sender.street1, sender.country) == ("2 Mill Lane", "US")
        assert session.get_one(LaneMeans, dock.lanes["UPS"]).means == "own"
    assert "2 Mill Lane" in page(lead, "/shipping/settings")


def test_what_is_not_there_is_told(lead):
    assert lead.get("/shipments/9").status_code == 404
    assert lead.get("/manifests/9").status_code == 404
    assert lead.get("/shipments/9/label").status_code == 404
