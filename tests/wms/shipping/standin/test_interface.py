"""Whatever the warehouse and the SDK ask, and whatever the stand-in answers, goes by the platform's published book."""

import json

import pytest
import requests
import shippo
from shippo.models import components, operations

from tests.wms.shipping.standin.interface import Interface, read_interface
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
from wms.shipping.gateway import Gateway, RefundState
from wms.shipping.standin.app import create
from wms.shipping.standin.serving import Running

HOOK = "https://warehouse.example/webhooks/shippo"


@pytest.fixture(scope="module")
def book():
    return read_interface()


@pytest.fixture
def interface(book):
    fresh = Interface(book.book, book.rules)
    yield fresh
    assert fresh.checked
    assert fresh.breaches == []


@pytest.fixture
def url(interface):
    app = create(":memory:")
    interface.watch(app)
    with Running(app) as running:
        yield running.url


@pytest.fixture
def gateway(url):
    return Gateway(KEY, url, read_s=10)


@pytest.fixture
def sdk(url):
    with requests.Session() as wire:
        yield shippo.Shippo(api_key_header="shippo_test_1", server_url=url, client=wire)


def test_the_gateway_asks_for_rates_by_the_book(gateway):
    assert quoted(gateway).rates
    assert quoted(gateway, ABROAD).rates
    assert gateway.rates(BOX, RECIPIENT, SENDER, uid="back", is_return=True).rates


def test_the_gateway_buys_and_gives_back_by_the_book(gateway):
    known = rate(gateway)

    bought = gateway.buy(known, uid="u1")

    assert gateway.find(known, uid="u1") == bought
    assert gateway.get(bought.transaction_id) == bought
    assert gateway.refund(bought.transaction_id).state is RefundState.PENDING
    assert gateway.get(bought.transaction_id).refund is RefundState.REFUNDED


def test_the_gateway_looks_through_all_purchases_by_the_book(gateway):
    known = rate(gateway)
    bought = gateway.buy(known, uid="u1")

    assert [one.outcome for one in gateway.sold(1).purchases] == [bought]
    assert gateway.sold(2).purchases == ()
    assert gateway.price(known).carrier == "USPS"


def test_the_gateway_follows_parcels_by_the_book(gateway, url):
    bought = gateway.buy(rate(gateway), uid="u1")
    advance(url, bought.tracking_number, "TRANSIT", substatus="out_for_delivery")

    assert len(gateway.track("USPS", bought.tracking_number).steps) == 1
    assert gateway.track("USPS", "9400000000000000000000").steps == ()


@pytest.mark.parametrize("kind", ["error_201", "queued", "expired_rate", "charged_twice"])
def test_what_goes_wrong_in_buying_is_told_by_the_book(gateway, url, kind):
    known = rate(gateway)
    plant(url, kind)

    assert gateway.buy(known, uid="u1") is not None


def test_what_goes_wrong_before_buying_is_told_by_the_book(gateway, url):
    plant(url, "no_rates", place="shipments")

    assert quoted(gateway).messages


def test_the_sdk_reads_every_answer(sdk):
    address = _address("07101")
    kept = sdk.addresses.create(address)
    parcel = sdk.parcels.create(_parcel())
    shipment = sdk.shipments.create(
        components.ShipmentCreateRequest(
            address_from=kept.object_id,
            address_to=_address("90001"),
            parcels=[parcel.object_id],
            async_=False,
        )
    )
    known = shipment.rates[0].object_id
    bought = sdk.transactions.create(
        components.TransactionCreateRequest(
            rate=known,
            label_file_type=components.LabelFileTypeEnum.PDF_4X6,
            metadata="m",
            async_=False,
        )
    )
    listed = sdk.transactions.list(operations.ListTransactionsRequest(rate=known))
    refund = sdk.refunds.create(transaction=bought.object_id, async_=False)

    assert sdk.addresses.validate(kept.object_id).validation_results.is_valid
    assert sdk.addresses.get(kept.object_id).zip == "07101"
    assert sdk.addresses.list().results
    assert sdk.parcels.get(parcel.object_id).weight == "2.5"
    assert sdk.shipments.get(shipment.object_id).object_id == shipment.object_id
    assert sdk.rates.list_shipment_rates(shipment_id=shipment.object_id).results
    assert sdk.rates.get(known).object_id == known
    assert [row.object_id for row in listed.results] == [bought.object_id]
    assert listed.results[0].metadata == "m"
    assert sdk.transactions.get(bought.object_id).tracking_number == bought.tracking_number
    assert sdk.refunds.get(refund.object_id).transaction == bought.object_id
    assert sdk.refunds.list().results
    track = sdk.tracking_status.get(tracking_number=bought.tracking_number, carrier="usps")
    assert track.transaction == bought.object_id
    told = sdk.tracking_status.create(carrier="usps", tracking_number="123", metadata="m")
    assert told.tracking_number == "123"


def test_the_sdk_asks_to_be_told(sdk):
    event = components.WebhookEventTypeEnum.TRACK_UPDATED
    wanted = components.WebhookUpdateRequest(url=HOOK, event=event, active=True, is_test=True)

    hook = sdk.webhooks.create_webhook(wanted)

    assert sdk.webhooks.get_webhook(hook.object_id).url == HOOK
    assert [one.object_id for one in sdk.webhooks.list_webhooks().results] == [hook.object_id]
    quiet = components.WebhookUpdateRequest(url=HOOK, event=event, active=False)
    assert sdk.webhooks.update_webhook(hook.object_id, quiet).active is False
    sdk.webhooks.delete_webhook(hook.object_id)
    assert sdk.webhooks.list_webhooks().results == []


def test_what_is_called_out_goes_by_the_book(gateway, url, interface):
    bought = gateway.buy(rate(gateway), uid="u1")

    message = advance(url, bought.tracking_number, "DELIVERED", copies=0)["message"]

    assert interface.breaches_of("WebhookPayloadTrack", json.loads(message["body"])) == []


def _address(zip_code: str) -> components.AddressCreateRequest:
    return components.AddressCreateRequest(
        name="A", street1="1 St", city="SF", state="CA", zip=zip_code, country="US"
    )


def _parcel() -> components.ParcelCreateRequest:
    return components.ParcelCreateRequest(
        length="10",
        width="8",
        height="4",
        distance_unit=components.DistanceUnitEnum.IN,
        weight="2.5",
        mass_unit=components.WeightUnitEnum.LB,
    )


def test_what_does_not_go_by_the_book_is_seen(book):
    watching = Interface(book.book, book.rules)
    app = create(":memory:")
    watching.watch(app)

    with Running(app) as running:
        gateway = Gateway(KEY, running.url)
        known = rate(gateway)
        plant(running.url, "unknown_enum")
        gateway.buy(known, uid="u1")

    (breach,) = watching.breaches
    assert "POST /transactions" in breach
    assert "SUCCESS_WITH_REMARKS" in breach
