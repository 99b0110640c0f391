"""Which pages of the platform's list are asked for, and what is kept of them: whatever order they come in."""

import json
from datetime import UTC, datetime, timedelta

import pytest

from tests.wms.shipping.gateway.canned import answering, server
from tests.wms.shipping.standin.trips import KEY
from wms.kernel.call_lifecycle import Verb
from wms.shipping.gateway import Gateway
from wms.shipping.gateway.asking import marked
from wms.shipping.lifecycle import State
from wms.shipping.rules.strays import Verdict, judge
from wms.shipping.strays import PRICE, PURCHASES, REFUND
from wms.shipping.worker import platform_calls

NOW = datetime(2026, 3, 2, 12, tzinfo=UTC)
GRACE = timedelta(seconds=120)


ASKED = {"page": 3, "sweep": "s", "at": NOW.isoformat()}


def purchase(known, *, ago=timedelta(hours=1), uid="u1", status="SUCCESS"):
    """Return a purchase as the platform writes it."""
    return {
        "object_id": known,
        "object_created": "" if ago is None else (NOW - ago).isoformat(),
        "metadata": marked(uid) if uid else "",
        "status": status,
        "tracking_number": "" if status == "QUEUED" else f"9{known}",
        "label_url": "" if status == "QUEUED" else "https://label.example/1",
        "rate": "r",
    }


def listed(url):
    """Ask for a page; returns what came of it."""
    return platform_calls(Gateway(KEY, url, read_s=5), GRACE)[PURCHASES].make("", ASKED)


def answer(*purchases):
    body = {"next": "https://platform.example/?page=4", "results": purchases}
    with server(answering(200, json.dumps(body).encode())) as canned:
        told = listed(canned.url).answer
    assert b"page=3" in canned.heard[0]
    return told


def seen(told):
    return [one["transaction_id"] for one in told["seen"]]


def test_only_what_is_ours_paid_and_old_enough_is_kept():
    told = answer(
        purchase("1"),
        purchase("2", uid=""),
        purchase("3", ago=timedelta(minutes=11)),
        purchase("4", status="REFUNDPENDING"),
        purchase("5", status="QUEUED"),
        purchase("6", ago=timedelta(days=8)),
        purchase("7", ago=None),
        {"metadata": "nobody's"},
    )

    assert seen(told) == ["1", "7"]
    counted = [told[name] for name in ("looked", "ours", "young", "over", "unread")]
    assert counted == [6, 5, 2, 1, 1]


def test_a_page_that_falls_and_is_older_than_a_week_is_the_last():
    told = answer(
        purchase("1", ago=timedelta(days=8)), purchase("2", ago=timedelta(days=8, hours=1))
    )

    assert told["is_last"]


@pytest.mark.parametrize(
    "ago",
    [
        (timedelta(days=9), timedelta(days=8)),
        (timedelta(days=8), timedelta(days=8)),
        (timedelta(days=6), timedelta(days=8)),
        (None, timedelta(days=8)),
    ],
    ids=["the oldest first", "no order to be seen", "partly young", "one without a date"],
)
def test_the_list_is_read_on_where_younger_ones_may_follow(ago):
    told = answer(*(purchase(f"{n}", ago=one) for n, one in enumerate(ago)))

    assert not told["is_last"]


def test_a_silent_platform_is_asked_again():
    with server(answering(500, b"")) as canned:
        outcome = listed(canned.url)

    assert (outcome.verb, outcome.trouble) == (Verb.RETRYABLE, "the platform answered 500")


def test_a_price_that_is_not_told_is_let_go():
    with server(answering(404, b'{"detail": "Not found."}')) as canned:
        made = platform_calls(Gateway(KEY, canned.url, read_s=5), GRACE)[PRICE]
        outcomes = [made.make("", {"rate_id": rate_id}) for rate_id in ("r", "")]

    assert [(one.verb, one.answer) for one in outcomes] == [(Verb.OK, {})] * 2


def test_without_a_key_nothing_was_bought_and_no_money_is_said_to_be_asked_back():
    made = platform_calls(None, GRACE)

    bought = made[PURCHASES].make("", ASKED)
    refund = made[REFUND].make("", {"transaction_id": "1"})

    assert (bought.verb, bought.answer["seen"]) == (Verb.OK, [])
    assert refund.verb == Verb.RETRYABLE


@pytest.mark.parametrize(
    ("facts", "verdict"),
    [
        ({"held_by": State.BOUGHT}, Verdict.KNOWN),
        ({"held_by": State.VOID_REQUESTED}, Verdict.KNOWN),
        ({"held_by": State.VOIDED, "meant_for": State.FAILED}, Verdict.KNOWN),
        ({"held_by": State.FAILED, "meant_for": State.FAILED}, Verdict.STRAY),
        ({"is_worn": True, "meant_for": State.FAILED}, Verdict.KNOWN),
        ({"meant_for": State.FAILED}, Verdict.STRAY),
        ({"meant_for": State.SUPERSEDED}, Verdict.STRAY),
        ({"meant_for": State.BOUGHT}, Verdict.STRAY),
        ({"meant_for": State.HANDED_OVER, "has_moved": True}, Verdict.IN_USE),
        ({"meant_for": State.DRAFT}, Verdict.WAITS),
        ({"meant_for": State.RATED}, Verdict.WAITS),
        ({"meant_for": State.BUYING}, Verdict.WAITS),
        ({"meant_for": State.IN_DOUBT, "has_moved": True}, Verdict.WAITS),
        ({}, Verdict.FOREIGN),
        ({"has_moved": True}, Verdict.FOREIGN),
    ],
)
def test_what_a_purchase_is_to_the_house(facts, verdict):
    asked = {"held_by": None, "is_worn": False, "meant_for": None, "has_moved": False} | facts

    assert judge(**asked) == verdict
