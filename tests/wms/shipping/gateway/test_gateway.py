import json
import subprocess
import sys
from datetime import UTC, datetime

import pytest

from tests.wms.shipping.gateway.canned import answering, saying, server
from tests.wms.shipping.standin.trips import (
    ABROAD,
    BOX,
    KEY,
    RECIPIENT,
    SENDER,
    advance,
    plant,
    quoted,
    rate,
)
from wms.shipping.gateway import (
    Address,
    Gateway,
    NoAnswer,
    Parcel,
    Price,
    RefundState,
    Status,
    UnfitDocument,
)


def test_rates_come_from_every_carrier_and_know_their_request(gateway):
    quote = quoted(gateway)

    assert quote.request_id
    assert {one.carrier for one in quote.rates} == {"USPS", "UPS", "FedEx", "DHL"}
    cheapest = min(quote.rates, key=lambda one: one.amount_minor)
    assert (cheapest.service, cheapest.currency) == ("Ground Advantage", "USD")
    assert cheapest.amount_minor == (480 + 2 * 110) * 154 // 100
    assert cheapest.days == 6


def test_rates_abroad_are_other_services(gateway):
    quote = quoted(gateway, ABROAD)

    assert {one.service for one in quote.rates}.isdisjoint(
        one.service for one in quoted(gateway).rates
    )


def test_no_rates_come_with_the_carriers_reasons(gateway):
    quote = quoted(gateway, parcel=Parcel(300, 200, 100, 90_000))

    assert quote.rates == ()
    assert any(
        message.startswith("UPS: Ground: the parcel is heavier") for message in quote.messages
    )


def test_an_address_that_does_not_fit_gives_reasons_and_no_rates(gateway):
    nowhere = Address("Ida Brook", "2 Elm Street", "Los Angeles", "90001", "")

    quote = quoted(gateway, nowhere)

    assert (quote.request_id, quote.rates) == ("", ())
    assert quote.messages == ("address_to.country: This field is required.",)


def test_a_company_without_a_name_can_be_sent_to(gateway):
    company = Address(
        "", "2 Elm Street", "Los Angeles", "90001", "US", company="Brook Ltd", province="CA"
    )

    assert gateway.buy(rate(gateway, recipient=company), uid="u1").tracking_number


@pytest.mark.parametrize("kind", ["500", "429", "401", "reset_before", "garbage_after"])
def test_rates_that_do_not_come_can_be_asked_for_again(standin, gateway, kind):
    plant(standin.url, kind, place="shipments")

    with pytest.raises(NoAnswer):
        quoted(gateway)


def test_a_refund_stands_pending_then_done_and_may_be_asked_for_twice(gateway):
    bought = gateway.buy(rate(gateway), uid="u1")

    first = gateway.refund(bought.transaction_id)
    second = gateway.refund(bought.transaction_id)

    assert first.state is RefundState.PENDING
    assert first.refund_id
    assert second.state is RefundState.REFUNDED
    assert gateway.get(bought.transaction_id).refund is RefundState.REFUNDED


def test_a_used_label_is_not_refunded(standin, gateway):
    bought = gateway.buy(rate(gateway), uid="u1")
    advance(standin.url, bought.tracking_number, "TRANSIT")

    assert gateway.refund(bought.transaction_id).state is RefundState.REJECTED
    assert gateway.get(bought.transaction_id).refund is RefundState.REJECTED


def test_a_refund_whose_answer_was_lost_is_found_when_asked_for_again(standin, gateway):
    bought = gateway.buy(rate(gateway), uid="u1")
    plant(standin.url, "reset_after", place="refunds")

    with pytest.raises(NoAnswer):
        gateway.refund(bought.transaction_id)

    assert gateway.refund(bought.transaction_id).state is RefundState.REFUNDED


@pytest.mark.parametrize("known", ["../shipments", "a/b?c=d", "..", ""])
def test_a_number_of_a_purchase_is_no_path(gateway, known):
    with pytest.raises(NoAnswer):
        gateway.get(known)


def test_labels_come_as_asked_for(gateway):
    known = rate(gateway)
    zpl = gateway.buy(known, uid="u1")
    pdf = gateway.buy(known, uid="u2", file_type="PDF_4x6")

    assert gateway.document(zpl.label_url).media_type == "application/zpl"
    assert gateway.document(pdf.label_url).media_type == "application/pdf"


def test_a_label_whose_address_has_aged_is_asked_for_again(standin, gateway):
    with pytest.raises(NoAnswer):
        gateway.document(f"{standin.url}/labels/{'0' * 32}.zpl")


def test_our_key_does_not_go_where_labels_lie():
    with server(answering(200, b"^XA^FDx^FS^XZ", b"text/plain")) as elsewhere:
        place = elsewhere.url.removeprefix("http://")
        gateway = Gateway(KEY, "http://127.0.0.1:9", allow=[place])

        document = gateway.document(f"{elsewhere.url}/l.zpl?Signature=x")

    assert document.data == b"^XA^FDx^FS^XZ"
    assert KEY.encode() not in elsewhere.heard[0]


def test_a_label_is_not_fetched_from_our_own_network(standin, gateway):
    with server(answering(200, b"^XA^FDx^FS^XZ")) as inside, pytest.raises(UnfitDocument):
        gateway.document(f"{inside.url}/l.zpl")

    assert inside.heard == []


def test_a_label_that_is_moved_elsewhere_is_not_followed():
    with server(answering(200, b"^XA^FDx^FS^XZ")) as inside:
        moved = b"302 Found\r\nLocation: " + inside.url.encode() + b"/l.zpl\r\nContent-Length: 0"
        with server(saying(moved)) as platform, pytest.raises(NoAnswer):
            Gateway(KEY, platform.url).document(f"{platform.url}/l.zpl")

    assert inside.heard == []


def test_a_parcels_way_is_told_in_order(standin, gateway):
    bought = gateway.buy(rate(gateway, "DHL"), uid="u1")
    advance(standin.url, bought.tracking_number, "TRANSIT")
    advance(standin.url, bought.tracking_number, "TRANSIT", substatus="out_for_delivery")
    advance(standin.url, bought.tracking_number, "DELIVERED", at="2020-01-01T00:00:00+00:00")

    track = gateway.track("DHL", bought.tracking_number)

    assert (track.carrier, track.transaction_id) == ("DHL", bought.transaction_id)
    assert [step.status for step in track.steps] == [
        Status.IN_TRANSIT,
        Status.OUT_FOR_DELIVERY,
        Status.DELIVERED,
    ]
    assert track.steps[0].place == "Los Angeles, CA, 90001, US"


def test_a_return_label_can_be_asked_for(gateway):
    quote = gateway.rates(BOX, SENDER, RECIPIENT, uid="u1", is_return=True)

    assert quote.rates


def test_the_sdk_is_not_imported_before_somebody_asks():
    told = subprocess.run(
        [sys.executable, "-c", "import sys, wms.shipping.gateway; print('shippo' in sys.modules)"],
        capture_output=True,
        text=True,
        check=True,
    )

    assert told.stdout == "False\n"


def test_everything_that_was_bought_is_read_page_by_page_and_the_newest_first(
    standin, gateway, monkeypatch
):
    monkeypatch.setattr("wms.shipping.gateway.line.PAGE", 2)
    rates = [rate(gateway, carrier) for carrier in ("USPS", "UPS", "USPS")]
    bought = [gateway.buy(one, uid=f"u{n}") for n, one in enumerate(rates)]

    first, second = gateway.sold(1), gateway.sold(2)

    assert [one.uid for one in (*first.purchases, *second.purchases)] == ["u2", "u1", "u0"]
    assert [one.outcome for one in second.purchases] == bought[:1]
    assert (first.is_last, second.is_last) == (False, True)
    [oldest] = second.purchases
    assert oldest.created_at is not None
    assert oldest.created_at <= first.purchases[-1].created_at
    assert not oldest.has_moved


def test_a_purchase_of_a_parcel_on_its_way_says_so(standin, gateway):
    bought = gateway.buy(rate(gateway), uid="u1")
    advance(standin.url, bought.tracking_number, "TRANSIT")

    [one] = gateway.sold(1).purchases

    assert one.has_moved


def test_what_a_rate_costs_can_be_asked(gateway):
    known = next(one for one in quoted(gateway).rates if one.carrier == "UPS")

    price = gateway.price(known.id)

    assert price == Price("UPS", known.amount_minor, "USD")
    with pytest.raises(NoAnswer):
        gateway.price("f" * 32)


def test_the_list_of_purchases_keeps_to_its_budget(standin):
    gateway = Gateway("shippo_test_1", standin.url, read_s=5)
    for _ in range(10):
        gateway.sold(1)

    with pytest.raises(NoAnswer) as busy:
        gateway.sold(1)

    assert busy.value.after_s


ODD = {
    "next": None,
    "results": [
        {"object_id": "a", "metadata": "wms:u1", "status": "SUCCESS", "tracking_number": "1"}
        | {"label_url": "https://x", "object_created": "2026-01-02 15:04:05 +0000 UTC"}
        | {"tracking_status": "LABEL_EATEN", "rate": {"object_id": "r", "amount": "7.25"}},
        {"object_id": "b", "metadata": "a person's", "status": "REFUNDPENDING"}
        | {"object_created": "2026-01-02T15:04:05"}
        | {"rate": {"object_id": "r", "amount": "7.25", "currency": "usd", "provider": "USPS"}},
        {"metadata": "wms:u2"},
        "what is this",
    ],
}


def test_a_list_with_odd_purchases_is_read_as_far_as_it_can_be():
    with server(answering(200, json.dumps(ODD).encode())) as canned:
        sold = Gateway(KEY, canned.url, read_s=5).sold(1)

    first, second = sold.purchases
    assert (sold.unread, sold.is_last) == (2, True)
    assert (first.uid, first.created_at, first.has_moved, first.price) == ("u1", None, True, None)
    assert (second.uid, second.price) == ("", Price("USPS", 725, "USD"))
    assert second.created_at == datetime(2026, 1, 2, 15, 4, 5, tzinfo=UTC)


@pytest.mark.parametrize("body", [b"{}", b'{"results": null}', b'{"results": "many"}', b"<html>"])
def test_what_is_no_list_of_purchases_is_no_answer(body):
    with server(answering(200, body)) as canned, pytest.raises(NoAnswer):
        Gateway(KEY, canned.url, read_s=5).sold(1)
