"""What the stand-in calls out, and to whom."""

import threading

import pytest
import requests

from tests.wms.shipping.gateway.canned import answering, server
from tests.wms.shipping.standin.conftest import SECRET
from tests.wms.shipping.standin.trips import HEADERS, advance, rate
from wms.shipping import webhook


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
