"""Where the carrier platform calls in: only who proves it is heard, and what it says is kept first."""

from dataclasses import replace

import pytest
from pydantic import SecretStr

from tests.visitors import open_app
from wms.kernel.tables import InboxMessage
from wms.shipping.webhook import SIGNATURE, signature

BODY = b'{"event": "something_else", "data": {}}'
SECRET, TOKEN = "they-know-that-too", "a-token-of-some-length-here"


@pytest.fixture
def house(lite_house):
    settings = lite_house.settings.model_copy(
        update={
            "shippo_webhook_secret": SecretStr(SECRET),
            "shippo_webhook_token": SecretStr(TOKEN),
        }
    )
    return replace(lite_house, settings=settings)


@pytest.fixture
def door(house):
    return open_app(house).test_client()


def signed(house, body=BODY, secret=SECRET, off_s=0):
    stamp = str(int(house.clock.now().timestamp()) + off_s)
    return {SIGNATURE: f"t={stamp},v1={signature(body, stamp=stamp, secret=secret)}"}


def kept(house):
    with house.database.read() as session:
        return [row.body for row in session.query(InboxMessage)]


def test_a_signed_call_is_kept_and_answered_at_once(house, door):
    first = door.post("/webhooks/shippo", data=BODY, headers=signed(house))
    twice = door.post("/webhooks/shippo", data=BODY, headers=signed(house))

    assert (first.status_code, twice.status_code) == (204, 204)
    assert kept(house) == [BODY]


def test_the_address_that_only_the_platform_knows_is_proof_as_well(house, door):
    assert door.post(f"/webhooks/shippo?token={TOKEN}", data=BODY).status_code == 204
    assert kept(house) == [BODY]


def test_nobody_else_is_heard(house, door):
    strangers = (
        {},
        signed(house, secret="guessed"),
        signed(house, body=b"other"),
        signed(house, off_s=-400),
    )

    answers = [door.post("/webhooks/shippo", data=BODY, headers=one) for one in strangers]
    answers.append(door.post("/webhooks/shippo?token=guessed", data=BODY))

    assert {answer.status_code for answer in answers} == {401}
    assert kept(house) == []


def test_what_is_too_long_is_not_kept(house, door):
    long = b"x" * (600 * 1024)

    answer = door.post("/webhooks/shippo", data=long, headers=signed(house, body=long))

    assert answer.status_code == 413
    assert kept(house) == []
