"""The stand-in as whoever plays with it knows it: repeatable, remembering, and in trouble when told to be."""

import hashlib
import json

import pytest
import requests

from tests.wms.shipping.gateway.canned import saying, server
from tests.wms.shipping.standin.trips import (
    ABROAD,
    BOX,
    HEADERS,
    KEY,
    RECIPIENT,
    ledger,
    plant,
    quoted,
    rate,
)
from wms.shipping.gateway import Address, Bought, Gateway, NoAnswer, Refused, Unknown
from wms.shipping.standin.serving import Standin

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


def test_an_answer_that_breaks_off_is_seen(gateway):
    with server(saying(b"200 OK\r\nContent-Length: 9", b"^XA")) as cut:
        place = cut.url.removeprefix("http://")
        with pytest.raises(NoAnswer):
            Gateway(KEY, "http://127.0.0.1:9", allow=[place]).document(f"{cut.url}/l.zpl")


def test_a_sender_counts_too(gateway):
    nobody = Address("", "", "Newark", "07101", "US")
    quote = gateway.rates(BOX, nobody, RECIPIENT, uid="u1")

    assert isinstance(gateway.buy(quote.rates[0].id, uid="u1"), Refused)
