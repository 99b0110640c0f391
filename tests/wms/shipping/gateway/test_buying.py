"""Money is spent once, and whatever goes wrong, the answer says whether it was spent."""

import gzip
import threading
import time

import pytest

from tests.wms.shipping.gateway.canned import answering, saying, server
from tests.wms.shipping.standin.trips import KEY, ledger, plant, quoted, rate
from wms.shipping.gateway import Bought, Gateway, NoAnswer, NotAsked, Queued, Refused, Unknown

GOOD = b'{"object_id": "t1", "tracking_number": "9", "label_url": "https://labels.example/1"}'
NOBODY = "http://127.0.0.1:9"


@pytest.fixture
def known(gateway):
    return rate(gateway)


@pytest.fixture
def hasty(standin):
    return Gateway(KEY, standin.url, connect_s=0.3, read_s=0.3)


def when_sold(url):
    """Wait until the platform has done what nobody waited for."""
    until = time.monotonic() + 10
    while not (sold := ledger(url)["transactions"]) and time.monotonic() < until:
        time.sleep(0.05)
    return sold


def test_a_label_is_bought_under_our_own_number(standin, gateway, known):
    bought = gateway.buy(known, uid="4f1c")

    assert isinstance(bought, Bought)
    (sold,) = ledger(standin.url)["transactions"]
    assert (sold["object_id"], sold["metadata"], sold["rate"]) == (
        bought.transaction_id,
        "wms:4f1c",
        known,
    )
    assert sold["tracking_number"] == bought.tracking_number


@pytest.mark.parametrize("kind", ["hang_before", "reset_before", "500"])
def test_trouble_before_the_money_is_spent_leaves_doubt_and_nothing_to_find(
    standin, hasty, gateway, known, kind
):
    plant(standin.url, kind, seconds=2)

    outcome = hasty.buy(known, uid="u1")

    assert isinstance(outcome, Unknown)
    assert gateway.find(known, uid="u1") is None
    assert ledger(standin.url)["sold"] == 0


@pytest.mark.parametrize("kind", ["hang_after", "reset_after", "500_after", "garbage_after"])
def test_trouble_after_the_money_is_spent_leaves_doubt_and_a_label_to_find(
    standin, hasty, gateway, known, kind
):
    plant(standin.url, kind, seconds=2)

    outcome = hasty.buy(known, uid="u1")

    assert isinstance(outcome, Unknown)
    (sold,) = when_sold(standin.url)
    found = gateway.find(known, uid="u1")
    assert isinstance(found, Bought)
    assert found.transaction_id == sold["object_id"]


@pytest.mark.parametrize("kind", ["missing_created_by", "unknown_enum", "odd_date", "ok_200"])
def test_an_answer_that_the_sdk_cannot_read_is_read_all_the_same(standin, gateway, known, kind):
    plant(standin.url, kind)

    outcome = gateway.buy(known, uid="u1")

    assert isinstance(outcome, Bought)
    assert outcome.tracking_number == ledger(standin.url)["transactions"][0]["tracking_number"]


def test_a_label_that_is_not_sold_says_why(standin, gateway, known):
    plant(standin.url, "error_201")

    outcome = gateway.buy(known, uid="u1")

    assert isinstance(outcome, Refused)
    assert "USPS" in outcome.messages[0]
    assert outcome.transaction_id == ledger(standin.url)["transactions"][0]["object_id"]
    assert gateway.find(known, uid="u1") == outcome


@pytest.mark.parametrize("planted", [True, False])
def test_a_rate_that_is_too_old_or_unknown_is_not_bought(standin, gateway, known, planted):
    if planted:
        plant(standin.url, "expired_rate")

    outcome = gateway.buy(known if planted else "f" * 32, uid="u1")

    assert isinstance(outcome, Refused)
    assert "rate" in outcome.messages[0]
    assert ledger(standin.url)["count"] == 0


def test_a_purchase_that_takes_a_while_is_looked_at_later(standin, gateway, known):
    plant(standin.url, "queued")

    outcome = gateway.buy(known, uid="u1")

    assert isinstance(outcome, Queued)
    later = gateway.get(outcome.transaction_id)
    assert isinstance(later, Bought)
    assert later.transaction_id == outcome.transaction_id


def test_of_several_purchases_the_bought_one_is_found(standin, gateway, known):
    plant(standin.url, "error_201")
    gateway.buy(known, uid="u1")
    bought = gateway.buy(known, uid="u1")
    gateway.buy(known, uid="another")

    assert gateway.find(known, uid="u1") == bought
    assert [one.uid for one in gateway.purchases(known)] == ["another", "u1", "u1"]


def test_all_pages_of_purchases_are_looked_through(gateway, known):
    for number in range(101):
        gateway.buy(known, uid=f"u{number}")

    assert isinstance(gateway.find(known, uid="u100"), Bought)


def test_a_platform_that_asks_to_slow_down_is_left_alone(standin, gateway, known):
    plant(standin.url, "429")

    first = gateway.buy(known, uid="u1")
    second = gateway.buy(known, uid="u1")

    assert isinstance(first, NotAsked)
    assert first.after_s == 10
    assert isinstance(second, NotAsked)
    assert 9 < second.after_s <= 10
    assert ledger(standin.url)["count"] == 0


def test_a_wrong_key_buys_nothing_and_says_so(standin, gateway, known):
    plant(standin.url, "401")

    outcome = gateway.buy(known, uid="u1")

    assert outcome == NotAsked("the platform does not accept the key", 60)


def test_where_nobody_listens_nothing_was_asked():
    gateway = Gateway(KEY, NOBODY)

    assert isinstance(gateway.buy("r1", uid="u1"), NotAsked)
    with pytest.raises(NoAnswer):
        quoted(gateway)


@pytest.mark.parametrize(
    "say",
    [
        answering(201, b'{"status": "SUCCESS"}'),
        answering(201, b'["SUCCESS"]'),
        answering(201, b"\xff\xfe"),
        answering(201, b"[" * 100_000),
        answering(302, b""),
        answering(409, b"{}"),
        saying(b"201 Created\r\nContent-Length: 500", GOOD),
        saying(b"201 Created\r\nTransfer-Encoding: chunked", b"%x\r\n%s\r\n" % (len(GOOD), GOOD)),
        saying(b"201 Created\r\nContent-Encoding: gzip\r\nContent-Length: 3", b"abc"),
        saying(b"200 OK\r\nContent-Length: 99999999", b"x" * 9_000_000),
    ],
    ids=[
        "no number",
        "list",
        "bytes",
        "deep",
        "redirect",
        "conflict",
        "cut",
        "cut chunks",
        "gzip",
        "endless",
    ],
)
def test_an_answer_that_says_nothing_leaves_doubt(say):
    with server(say) as platform:
        outcome = Gateway(KEY, platform.url, read_s=3).buy("r1", uid="u1")

    assert isinstance(outcome, Unknown)
    assert len(platform.heard) == 1


@pytest.mark.parametrize(
    "say",
    [
        answering(201, GOOD),
        saying(b"201 Created", GOOD),
        saying(
            b"201 Created\r\nTransfer-Encoding: chunked",
            b"%x\r\n%s\r\n0\r\n\r\n" % (len(GOOD), GOOD),
        ),
        saying(b"201 Created\r\nContent-Encoding: gzip", gzip.compress(GOOD)),
    ],
    ids=["length", "till the end", "chunks", "gzip"],
)
def test_a_good_answer_is_read_however_it_is_packed(say):
    with server(say) as platform:
        outcome = Gateway(KEY, platform.url, read_s=3).buy("r1", uid="u1")

    assert outcome == Bought("t1", "9", "", "https://labels.example/1")


def test_an_answer_that_comes_drop_by_drop_is_not_waited_for():
    def drip(wire):
        wire.sendall(b"HTTP/1.1 201 Created\r\nContent-Length: 1000\r\n\r\n")
        for _ in range(100):
            wire.sendall(b" ")
            time.sleep(0.1)

    with server(drip) as platform:
        began = time.monotonic()
        outcome = Gateway(KEY, platform.url, connect_s=0.5, read_s=0.5).buy("r1", uid="u1")

    assert isinstance(outcome, Unknown)
    assert time.monotonic() - began < 4


@pytest.mark.parametrize(
    "body", [b"{}", b"<html>", b'{"results": "none"}', b'{"results": [{"metadata": "wms:u1"}]}']
)
def test_a_list_that_cannot_be_read_does_not_prove_that_nothing_was_bought(body):
    with server(answering(200, body)) as platform, pytest.raises(NoAnswer):
        Gateway(KEY, platform.url).find("r1", uid="u1")


@pytest.mark.parametrize("body", [b'{"results": null}', b'{"results": [], "next": ""}', b"[]"])
def test_an_empty_list_proves_it(body):
    with server(answering(200, body)) as platform:
        assert Gateway(KEY, platform.url).find("r1", uid="u1") is None


def test_threads_buy_side_by_side(standin, gateway, known):
    outcomes = []

    def buy(worker):
        outcomes.extend(gateway.buy(known, uid=f"{worker}-{n}") for n in range(5))

    threads = [threading.Thread(target=buy, args=(worker,)) for worker in range(6)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert len({one.tracking_number for one in outcomes}) == 30
    assert ledger(standin.url)["sold"] == 30
