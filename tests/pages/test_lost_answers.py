"""Answers that get lost on bad Wi-Fi: a tablet asks under the same key until the warehouse says what came of it."""

import json
from dataclasses import dataclass, field

import pytest
from playwright.sync_api import expect

from tests.pages.floor_house import FIRST
from tests.pages.packing_house import packing
from tests.pages.scanner import wedge as scan
from tests.pages.test_bench import MUG, at, scans
from tests.pages.test_floor import at_work, context, ring, tablet  # noqa: F401

LONG_MS = 20_000


@dataclass
class Wifi:
    """A network that carries scans in and, while it is bad, no answer out."""

    is_bad: bool = True
    keys: list[str] = field(default_factory=list)

    def carry(self, route):
        self.keys.append(route.request.headers["idempotency-key"])
        if not self.is_bad:
            return route.fallback()
        route.fetch()
        return route.abort()


def bad_wifi(tablets):
    wifi = Wifi()
    tablets.route("**/floor/scans", wifi.carry)
    return wifi


@pytest.fixture
def bench(lite_house):
    with packing(lite_house) as served:
        yield served


@pytest.fixture
def page(browser, bench):
    """A bench with an open tote."""
    tablets = browser.new_context(viewport={"width": 1280, "height": 800})
    tablets.add_cookies(
        [{"name": kind, "value": value, "url": bench.url} for kind, value in bench.cookies.items()]
    )
    page = tablets.new_page()
    page.goto(f"{bench.url}/floor")
    scans(page, "WXCNEXT", bench.tote)
    yield page
    tablets.close()


def in_boxes(bench):
    return [bench.bench.inside(box.id) for box in bench.bench.boxes_now()]


def says(page, sentence):
    expect(page.locator("[data-part=say]")).to_contain_text(sentence, timeout=LONG_MS)


def counts(page, told):
    expect(page.locator(".tick .n").first).to_have_text(told, timeout=LONG_MS)


def test_a_unit_at_a_bench_counts_once_however_often_its_answer_is_lost(bench, page):
    wifi = bad_wifi(page.context)
    scan(page, MUG)
    says(page, "We are asking whether the last one arrived")
    expect(page.locator(".net-wait")).to_have_text("1 waiting")

    scan(page, MUG)
    says(page, "This one was not taken")
    wifi.is_bad = False

    counts(page, "1/4")
    expect(page.locator(".net-wait")).to_be_hidden()
    assert in_boxes(bench) == [{"MUG": 1}]
    assert len(wifi.keys) > 1
    assert len(set(wifi.keys)) == 1
    scans(page, MUG)
    counts(page, "2/4")
    assert in_boxes(bench) == [{"MUG": 2}]


def test_an_undo_at_a_bench_undoes_once_however_often_its_answer_is_lost(bench, page):
    scans(page, MUG, MUG)
    counts(page, "2/4")
    wifi = bad_wifi(page.context)
    page.keyboard.press("Escape")
    says(page, "We are asking whether the last one arrived")

    page.keyboard.press("Escape")
    says(page, "This one was not taken")
    wifi.is_bad = False

    counts(page, "1/4")
    says(page, "out of the box again")
    assert in_boxes(bench) == [{"MUG": 1}]
    assert len(set(wifi.keys)) == 1


def test_what_was_never_answered_keeps_its_key_on_a_page_that_is_opened_anew(bench, page):
    wifi = bad_wifi(page.context)
    scan(page, MUG)
    says(page, "We are asking whether the last one arrived")
    wifi.is_bad = False

    with page.expect_response("**/floor/scans"):
        page.reload()

    counts(page, "1/4")
    assert len(wifi.keys) > 1
    assert len(set(wifi.keys)) == 1
    scans(page, MUG)
    counts(page, "2/4")
    kept = page.evaluate("Object.keys(localStorage)")
    assert not [place for place in kept if place.startswith("binwave-scans")]
    assert in_boxes(bench) == [{"MUG": 2}]


def test_a_bench_that_was_long_without_network_settles_by_itself(bench, page):
    page.context.set_offline(True)
    expect(page.locator(".net-off:not([hidden])").first).to_be_attached(timeout=LONG_MS)
    scan(page, MUG)
    says(page, "That needs the warehouse, and there is no network.")
    expect(page.locator(".net-wait")).to_be_hidden()
    page.context.set_offline(False)
    expect(page.locator(".net-off:not([hidden])")).to_have_count(0, timeout=LONG_MS)
    assert in_boxes(bench) in ([], [{}])

    wifi = bad_wifi(page.context)
    scan(page, MUG)
    says(page, "We are asking whether the last one arrived")
    page.context.set_offline(True)
    says(page, "No network. 1 scan waits on this tablet")
    scan(page, MUG)
    says(page, "That needs the warehouse, and there is no network.")
    wifi.is_bad = False
    page.context.set_offline(False)

    counts(page, "1/4")
    at(page, "item")
    assert len(set(wifi.keys)) == 1
    assert in_boxes(bench) == [{"MUG": 1}]


def test_a_key_that_is_still_being_carried_out_is_asked_for_again(bench, page):
    keys = []

    def in_progress(route):
        keys.append(route.request.headers["idempotency-key"])
        if len(keys) > 1:
            return route.fallback()
        return route.fulfill(status=409, headers={"Retry-After": "1"}, body="")

    page.context.route("**/floor/scans", in_progress)
    scan(page, MUG)

    counts(page, "1/4")
    assert len(keys) == 2
    assert len(set(keys)) == 1


def test_a_key_in_picking_is_asked_for_under_its_own_key_and_scans_behind_it_wait(ring, at_work):  # noqa: F811
    scan(at_work, FIRST)
    expect(at_work.locator(".target .amount b")).to_have_text("0")
    before = len(ring.lines.scans)
    wifi = bad_wifi(at_work.context)
    undo = at_work.locator(".four [data-order=undo]")
    undo.click()
    says(at_work, "We are asking whether the last one arrived")

    undo.click()
    says(at_work, "This one was not taken")
    scan(at_work, "BELL")
    expect(at_work.locator(".net-wait")).to_have_text("2 waiting")
    wifi.is_bad = False

    expect(at_work.locator(".target .amount b")).to_have_text("1", timeout=LONG_MS)
    expect(at_work.locator(".net-wait")).to_be_hidden()
    sent = [json.loads(said) for said in ring.lines.scans[before:]]
    assert {said["device_seq"] for said in sent if said.get("order") == "undo"} == {3}
    assert [said["code"] for said in sent if "code" in said] == ["BELL"]
    assert len(set(wifi.keys)) == 2
    assert len(ring.rung) == 1
