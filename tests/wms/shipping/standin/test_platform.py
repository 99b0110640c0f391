"""The stand-in as whoever plays with it knows it: repeatable, remembering, and in trouble when told to be."""

import hashlib
import json
import threading

import pytest
import requests

from tests.wms.shipping.gateway.canned import answering, saying, server
from tests.wms.shipping.standin.conftest import SECRET
from tests.wms.shipping.standin.trips import (
    ABROAD,
    BOX,
    KEY,
    RECIPIENT,
    advance,
    ledger,
    plant,
    quoted,
    rate,
)
from wms.shipping import webhook
from wms.shipping.gateway import Address, Bought, Gateway, NoAnswer, Refused, Unknown
from wms.shipping.standin.serving import Standin

HEADERS = {"Authorization": f"ShippoToken {KEY}"}
ADDRESS = {"name": "A", "street1": "1", "city": "B", "state": "CA", "zip": "90001", "country": "US"}
SIDES = {"length": "1", "width": "1", "height": "1", "distance_unit": "cm"}
PARCEL = {**SIDES, "weight": "1", "mass_unit": "g"}
NOON = "2026-03-02T12:00:00+00:00"


def a_morning(url):
    """Some questions, always the same; returns all numbers and prices that came of them."""
    requests.put(f"{url}/clock", json={"at": NOON}, timeout=5)
    plant(url, "500_after", times=3, odds=0.3)
    gateway = Gateway(KEY, url)
    quotes = [quoted(gateway, to, uid=f"q{n}") for n, to in enumerate([RECIPIENT, ABROAD] * 3)]
    for number, quote in enumerate(quotes):
        for one in quote.rates[:2]:
            gateway.buy(one.id, uid=f"u{number}")
    told = json.dumps(ledger(url), sort_keys=True).replace(url, "")
    return hashlib.sha256(told.encode()).hexdigest(), [quote.rates for quote in quotes]


def test_the_same_seed_and_questions_give_the_same_numbers_and_prices():
    mornings = []
    for seed in (7, 7, 8):
        with Standin(seed=seed) as standin:
            mornings.append(a_morning(standin.url))

    first, again, other = mornings
    assert first == again
    assert first[0] != other[0]
    assert [rate.amount_minor for rate in first[1][0]] == [
        rate.amount_minor for rate in other[1][0]
    ]


def test_it_remembers_when_it_is_started_again(tmp_path):
    file = tmp_path / "standin.sqlite"
    with Standin(file, seed=7) as standin:
        gateway = Gateway(KEY, standin.url)
        known = rate(gateway)
        bought = gateway.buy(known, uid="u1")

    with Standin(file, seed=1) as standin:
        gateway = Gateway(KEY, standin.url)
        again = gateway.find(known, uid="u1")
        other = gateway.buy(known, uid="u2")

    assert isinstance(again, Bought)
    assert again.tracking_number == bought.tracking_number
    assert other.tracking_number != bought.tracking_number


def test_asked_twice_it_sells_twice_and_the_ledger_shows_it(standin, gateway):
    known = rate(gateway)
    price = next(one.amount_minor for one in quoted(gateway).rates if one.carrier == "USPS")

    first, second = (gateway.buy(known, uid="u1") for _ in range(2))
    gateway.refund(second.transaction_id)

    told = ledger(standin.url)
    assert first.tracking_number != second.tracking_number
    assert (told["count"], told["sold"], told["kept"], told["given_back"]) == (2, 2, 1, 1)
    assert told["charged_minor"] == price


def test_a_label_for_half_an_address_is_refused_only_when_it_is_bought(gateway):
    nobody = Address("", "2 Elm Street", "", "90001", "US")

    outcome = gateway.buy(rate(gateway, recipient=nobody), uid="u1")

    assert isinstance(outcome, Refused)
    assert (
        "the recipient lacks name, the recipient lacks city, the recipient lacks state"
        in outcome.messages[0]
    )


def test_rates_age_within_a_week(standin, gateway):
    requests.put(f"{standin.url}/clock", json={"at": "2026-03-01T00:00:00Z"}, timeout=5)
    known = rate(gateway)

    requests.put(f"{standin.url}/clock", json={"at": "2026-03-08T00:00:01Z"}, timeout=5)

    assert isinstance(gateway.buy(known, uid="u1"), Refused)


def test_without_a_key_nothing_is_sold(standin):
    for path in ("/transactions", "/shipments", "/addresses", "/webhooks/"):
        assert requests.get(f"{standin.url}{path}", timeout=5).status_code in {401, 405}
        assert requests.post(f"{standin.url}{path}", json={}, timeout=5).status_code == 401


@pytest.mark.parametrize(
    "body",
    [b"", b"[]", b"nonsense", b'{"rate": null}', b'{"rate": {}}', b'{"shipment": {}, "rate": "x"}'],
)
def test_a_question_that_makes_no_sense_is_refused(standin, body):
    answer = requests.post(
        f"{standin.url}/transactions",
        data=body,
        headers={**HEADERS, "Content-Type": "application/json"},
        timeout=5,
    )

    assert answer.status_code == 400


@pytest.mark.parametrize(
    "change",
    [
        {"parcels": []}, {"parcels": "x"}, {"parcels": [7]}, {"parcels": [{}]}, {"parcels": None},
        {"address_to": None}, {"address_to": 7}, {"address_to": {}},
        {"parcels": [{**PARCEL, "length": "x"}]}, {"parcels": [{**PARCEL, "weight": "NaN"}]},
        {"parcels": [{**PARCEL, "distance_unit": "mile"}]}, {"parcels": [{**PARCEL, "weight": "0"}]},
    ],
)  # fmt: skip
def test_what_cannot_be_sent_gets_no_rates(standin, change):
    question = {"address_from": ADDRESS, "address_to": ADDRESS, "parcels": [PARCEL], **change}

    answer = requests.post(f"{standin.url}/shipments", json=question, headers=HEADERS, timeout=5)

    assert answer.status_code in {400, 404}


def test_troubles_can_come_by_chance_and_be_taken_away(standin, gateway):
    plant(standin.url, "500", times=1000, odds=0.5)
    known = rate(gateway)

    outcomes = [gateway.buy(known, uid=f"u{n}") for n in range(40)]
    requests.delete(f"{standin.url}/faults", timeout=5)
    after = [gateway.buy(known, uid=f"v{n}") for n in range(10)]

    failed = sum(isinstance(outcome, Unknown) for outcome in outcomes)
    assert 5 < failed < 35
    assert ledger(standin.url)["sold"] == 50 - failed
    assert all(isinstance(outcome, Bought) for outcome in after)


def test_an_unknown_trouble_is_refused_by_name(standin):
    answer = requests.post(f"{standin.url}/faults", json={"kind": "flood"}, timeout=5)

    assert answer.status_code == 400
    assert "hang_after" in answer.json()["kind"]


def test_it_can_be_slow(standin, gateway):
    known = rate(gateway)
    pace = requests.put(
        f"{standin.url}/pace", json={"before_ms": [150, 150], "after_ms": [150, 151]}, timeout=5
    )

    assert pace.status_code == 200
    assert isinstance(Gateway(KEY, standin.url, read_s=0.2).buy(known, uid="u1"), Unknown)


def hook(standin, url, event="track_updated"):
    body = {"url": url, "event": event, "active": True, "is_test": True}
    answer = requests.post(f"{standin.url}/webhooks", json=body, headers=HEADERS, timeout=5)
    assert answer.status_code == 201, answer.text


def test_who_asked_to_be_told_is_told_and_can_believe_it(standin, gateway):
    bought = gateway.buy(rate(gateway, "UPS"), uid="u1")
    with server(answering(204, b"")) as warehouse:
        hook(standin, f"{warehouse.url}/webhooks/shippo?token=abc")
        told = advance(standin.url, bought.tracking_number, "DELIVERED", copies=2)

    assert [call["answers"] for call in told["calls"]] == [[204], [204]]
    head, body = warehouse.heard[0].split(b"\r\n\r\n", 1)
    assert head.startswith(b"POST /webhooks/shippo?token=abc ")
    signature = next(
        line.split(b": ", 1)[1].decode()
        for line in head.split(b"\r\n")
        if line.startswith(b"Shippo-Auth-Signature")
    )
    at = webhook.read(body).track.steps[0].at
    assert webhook.is_signed(signature, body, secrets=[SECRET], at=at)
    assert warehouse.heard[1].split(b"\r\n\r\n", 1)[1] == body


def test_a_warehouse_that_is_busy_is_called_again_and_one_that_refuses_is_not(standin, gateway):
    bought = gateway.buy(rate(gateway), uid="u1")
    with server(answering(503, b"")) as busy, server(answering(401, b"")) as closed:
        hook(standin, f"{busy.url}/")
        hook(standin, f"{closed.url}/")
        told = advance(standin.url, bought.tracking_number, "TRANSIT")

    assert [call["answers"] for call in told["calls"]] == [[503, 503, 503], [401]]


def test_purchases_are_told_as_well(standin, gateway):
    heard = threading.Event()

    def say(wire):
        answering(200, b"")(wire)
        heard.set()

    with server(say) as warehouse:
        hook(standin, f"{warehouse.url}/", "transaction_created")
        bought = gateway.buy(rate(gateway), uid="4f1c")
        assert heard.wait(5)

    told = webhook.read(warehouse.heard[0].split(b"\r\n\r\n", 1)[1])
    assert told.purchase.uid == "4f1c"
    assert told.purchase.outcome == bought


def test_a_number_that_was_never_sold_does_not_move(standin):
    body = {"tracking_number": "9400", "status": "TRANSIT"}

    assert requests.post(f"{standin.url}/advance", json=body, timeout=5).status_code == 404


@pytest.mark.parametrize("change", [{"status": "LOST"}, {"at": "yesterday"}])
def test_nonsense_moves_nothing(standin, gateway, change):
    bought = gateway.buy(rate(gateway), uid="u1")
    body = {"tracking_number": bought.tracking_number, "status": "TRANSIT", **change}

    assert requests.post(f"{standin.url}/advance", json=body, timeout=5).status_code == 400
    assert gateway.track("USPS", bought.tracking_number).steps == ()


def test_whoever_waits_for_a_parcel_has_a_page_to_look_at(standin, gateway):
    bought = gateway.buy(rate(gateway), uid="u1")
    advance(standin.url, bought.tracking_number, "TRANSIT", details="On its way.")

    page = requests.get(bought.tracking_url, timeout=5)

    assert page.status_code == 200
    assert "On its way." in page.text


def test_an_answer_that_breaks_off_is_seen(gateway):
    with server(saying(b"200 OK\r\nContent-Length: 9", b"^XA")) as cut:
        place = cut.url.removeprefix("http://")
        with pytest.raises(NoAnswer):
            Gateway(KEY, "http://127.0.0.1:9", allow=[place]).document(f"{cut.url}/l.zpl")


def test_a_sender_counts_too(gateway):
    nobody = Address("", "", "Newark", "07101", "US")
    quote = gateway.rates(BOX, nobody, RECIPIENT, uid="u1")

    assert isinstance(gateway.buy(quote.rates[0].id, uid="u1"), Refused)
