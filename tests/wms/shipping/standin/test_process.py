"""The stand-in in a process of its own, asked by the platform's own SDK."""

import os
import signal
import subprocess
import sys
from contextlib import contextmanager
from pathlib import Path

import pytest
import requests
import shippo
from shippo.models import components, operations

from tests.wms.shipping.standin.trips import KEY, ledger, quoted
from wms.shipping.gateway import Bought, Gateway

ROOT = Path(__file__).parents[4]


@contextmanager
def process(store, *more):
    command = [
        sys.executable,
        "-m",
        "wms.shipping.standin",
        "--port",
        "0",
        "--store",
        str(store),
        *more,
    ]
    with subprocess.Popen(
        command,
        cwd=ROOT,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    ) as running:
        try:
            said = running.stdout.readline()
            assert said.startswith("READY http://127.0.0.1:"), running.stderr.read()
            yield running, said.split()[1]
        finally:
            running.kill()


def test_the_sdk_buys_tracks_and_gives_back_a_label(tmp_path):
    address = components.AddressCreateRequest(
        name="A", street1="1 St", city="SF", state="CA", zip="94103", country="US"
    )
    parcel = components.ParcelCreateRequest(
        length="10",
        width="10",
        height="5",
        distance_unit=components.DistanceUnitEnum.CM,
        weight="500",
        mass_unit=components.WeightUnitEnum.G,
    )
    with process(tmp_path / "s.sqlite") as (_, url), requests.Session() as wire:
        sdk = shippo.Shippo(api_key_header="shippo_test_1", server_url=url, client=wire)
        shipment = sdk.shipments.create(
            components.ShipmentCreateRequest(
                address_from=address, address_to=address, parcels=[parcel], async_=False
            )
        )
        known = shipment.rates[0].object_id
        zpl = components.LabelFileTypeEnum.ZPLII
        bought = sdk.transactions.create(
            components.TransactionCreateRequest(
                rate=known, label_file_type=zpl, metadata="m", async_=False
            )
        )
        listed = sdk.transactions.list(operations.ListTransactionsRequest(rate=known))
        label = requests.get(bought.label_url, timeout=5).content
        refund = sdk.refunds.create(transaction=bought.object_id, async_=False)
        told = ledger(url)

    assert bought.status == components.TransactionStatusEnum.SUCCESS
    assert [row.object_id for row in listed.results] == [bought.object_id]
    assert label.startswith(b"^XA")
    assert bought.tracking_number.encode() in label
    assert refund.transaction == bought.object_id
    assert (told["sold"], told["given_back"]) == (1, 1)


def test_what_it_answered_is_there_after_it_was_killed(tmp_path):
    with process(tmp_path / "s.sqlite") as (running, url):
        gateway = Gateway(KEY, url)
        known = quoted(gateway).rates[0].id
        bought = gateway.buy(known, uid="u1")
        running.kill()

    with process(tmp_path / "s.sqlite") as (_, url):
        found = Gateway(KEY, url).find(known, uid="u1")

    assert isinstance(found, Bought)
    assert found.transaction_id == bought.transaction_id


@pytest.mark.parametrize("number", [signal.SIGTERM, signal.SIGINT])
def test_it_stops_when_it_is_told_to(tmp_path, number):
    with process(tmp_path / "s.sqlite") as (running, _):
        running.send_signal(number)

        assert running.wait(10) == 0
        assert running.stderr.read() == ""


def test_it_stops_when_whoever_started_it_is_gone(tmp_path):
    with process(tmp_path / "s.sqlite", "--while-open") as (running, _):
        running.stdin.close()

        assert running.wait(10) == 0


def test_it_brings_nothing_of_the_warehouse_along():
    script = (
        "import sys, wms.shipping.standin.__main__\n"
        "print([name for name in sys.modules if name.split('.')[0] in ('wms', 'devices', 'labels')"
        " and not 'wms.shipping.standin'.startswith(name) and not name.startswith('wms.shipping.standin')])"
    )

    told = subprocess.run(
        [sys.executable, "-c", script],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
        env=dict(os.environ),
    )

    assert told.stdout == "[]\n"
