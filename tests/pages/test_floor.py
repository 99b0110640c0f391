"""The floor's page in a real browser: keys of a scanner, no network, slow answers, thick gloves, and how it looks."""

import json
from datetime import timedelta

import pytest
from playwright.sync_api import expect

from tests.pages import look
from tests.pages.floor_house import FIRST, SECOND, ringing
from tests.pages.scanner import wedge as scan
from tests.visitors import done
from wms.people import actions as people
from wms.people.policy import Role
from wms.people.secret import fresh_token


@pytest.fixture
def ring(lite_house):
    with ringing(lite_house) as house:
        yield house


@pytest.fixture
def context(browser, ring):
    opened = browser.new_context(viewport={"width": 800, "height": 1280})
    opened.add_cookies([{"name": k, "value": v, "url": ring.url} for k, v in ring.tablet.items()])
    yield opened
    opened.close()


@pytest.fixture
def tablet(context, ring):
    """Mia's tablet, at home."""
    page = context.new_page()
    page.goto(f"{ring.url}/floor")
    scan(page, ring.badge)
    page.wait_for_url(f"{ring.url}/floor")
    expect(page.locator("h1")).to_have_text("Hello, Mia")
    page.locator("body[data-listens]").wait_for()
    return page


@pytest.fixture
def at_work(tablet):
    tablet.locator(".four [data-order=work]").click()
    expect(tablet.locator(".addr")).to_have_attribute("aria-label", FIRST)
    return tablet


def test_a_shift_is_driven_by_scans_alone(ring, tablet):
    scan(tablet, "WXCNEXT")
    expect(tablet.locator(".addr")).to_have_attribute("aria-label", FIRST)
    for code, count in ((FIRST, "0"), ("BELL", "1"), ("BELL", "2")):
        scan(tablet, code)
        expect(tablet.locator(".target .amount b")).to_have_text(count)
    scan(tablet, "BELL")
    expect(tablet.locator(".addr")).to_have_attribute("aria-label", SECOND)
    scan(tablet, f"WXL{SECOND}")
    expect(tablet.locator(".target .amount b")).to_have_text("0")

    scan(tablet, "WXCQ3")

    expect(tablet.locator("h1")).to_have_text("Hello, Mia")
    assert len(ring.rung) == 6


def test_a_good_scan_is_green_and_a_wrong_one_red_until_the_next_good_one(at_work):
    scan(at_work, SECOND)
    expect(at_work.locator(".say.bad")).to_contain_text("Nobody here knows A-01-03-2.")
    expect(at_work.locator(".target.wrong")).to_be_visible()
    assert at_work.evaluate("document.body.dataset.sounded") == "wrong"

    scan(at_work, FIRST)

    expect(at_work.locator(".say.good")).to_be_visible()
    assert at_work.evaluate("document.body.dataset.sounded") == "good"


def test_a_red_screen_flashes_unless_motion_is_reduced(at_work):
    scan(at_work, "4006381333931")
    expect(at_work.locator("[data-flash]")).to_be_visible()
    expect(at_work.locator("[data-flash]")).to_be_hidden()

    at_work.emulate_media(reduced_motion="reduce")
    scan(at_work, "4006381333931")

    expect(at_work.locator("[data-flash]")).to_be_hidden()


def test_a_number_is_typed_and_a_scan_meanwhile_counts(ring, at_work):
    scan(at_work, FIRST)
    at_work.locator("[data-open=pad]").click()
    at_work.locator("[data-digit='2']").click()
    scan(at_work, "BELL")
    expect(at_work.locator(".amount b")).to_have_text("1")
    expect(at_work.locator("[data-over=pad]")).to_be_hidden()
    at_work.locator("[data-open=pad]").click()
    expect(at_work.locator("[data-typed]")).to_have_text("–")

    at_work.locator("[data-digit='2']").click()
    at_work.locator("[data-enter]").click()

    expect(at_work.locator(".addr")).to_have_attribute("aria-label", SECOND)
    assert len(ring.rung) == 3


def test_none_is_a_number_too_and_nothing_typed_is_not(ring, at_work):
    scan(at_work, FIRST)
    at_work.get_by_role("button", name="Type the number").click()
    at_work.locator("[data-enter]").click()
    expect(at_work.locator("[data-over=pad]")).to_be_visible()
    at_work.locator("[data-digit='0']").click()
    expect(at_work.locator("[data-typed]")).to_have_text("0")

    with at_work.expect_response("**/floor/scans") as answer:
        at_work.locator("[data-enter]").click()

    assert answer.value.status == 200
    assert json.loads(ring.lines.scans[-1])["quantity"] == 0
    expect(at_work.locator(".amount b")).to_have_text("0")
    assert ring.rung == []


def test_the_key_that_opens_the_problems_closes_them(at_work):
    problem = at_work.locator(".four [data-open=problems]")
    problem.click()
    expect(at_work.locator("[data-over=problems]")).to_be_visible()

    problem.click()

    expect(at_work.locator("[data-over=problems]")).to_be_hidden()
    expect(at_work.locator(".addr")).to_be_visible()


def test_the_keypad_opens_by_scan(at_work):
    scan(at_work, FIRST)

    scan(at_work, "WXCQTY")

    expect(at_work.locator("[data-over=pad]")).to_be_visible()


def test_a_problem_that_cannot_be_is_red_and_changes_nothing(at_work):
    at_work.locator(".four [data-open=problems]").click()
    at_work.locator("[data-over=problems] [data-order=short]").click()

    expect(at_work.locator(".say.bad")).to_contain_text("That work is for others.")
    expect(at_work.locator(".addr")).to_have_attribute("aria-label", FIRST)


def test_scans_during_a_slow_answer_are_taken_in_order(ring, at_work):
    ring.lines.wait_s = 0.6

    for code in (FIRST, "BELL", "BELL"):
        scan(at_work, code)
    expect(at_work.locator("[data-slow]")).to_be_visible()

    expect(at_work.locator(".amount b")).to_have_text("2")
    expect(at_work.locator("[data-slow]")).to_be_hidden()
    sent = [json.loads(said) for said in ring.lines.scans[1:]]
    assert [said["code"] for said in sent] == [FIRST, "BELL", "BELL"]
    assert [said["device_seq"] for said in sent] == [2, 3, 4]


def test_scans_without_network_wait_and_go_out_in_order(ring, context, at_work):
    context.set_offline(True)
    for code in (FIRST, "BELL", "BELL"):
        scan(at_work, code)
    expect(at_work.locator(".net-wait")).to_have_text("3 waiting")
    expect(at_work.locator(".say.warn")).to_have_text(
        "No network. 3 scans wait on this tablet and go out in order."
    )
    assert ring.rung == []

    context.set_offline(False)

    expect(at_work.locator(".amount b")).to_have_text("2", timeout=20_000)
    expect(at_work.locator(".net-wait")).to_be_hidden()
    expect(at_work.locator(".net-on")).to_be_visible()
    assert len(ring.rung) == 2


def test_what_waits_survives_a_closed_page(ring, context, at_work):
    context.set_offline(True)
    scan(at_work, FIRST)
    expect(at_work.locator(".net-wait")).to_have_text("1 waiting")
    at_work.close()
    context.set_offline(False)

    page = context.new_page()
    page.goto(f"{ring.url}/floor")

    expect(page.locator(".amount b")).to_have_text("0")
    expect(page.locator("#main")).to_contain_text("of 3")


def test_a_scan_whose_answer_was_lost_counts_once(ring, context, at_work):
    scan(at_work, FIRST)
    expect(at_work.locator(".amount b")).to_have_text("0")
    lost = []

    def lose(route):
        if lost:
            return route.fallback()
        lost.append(route.fetch())
        return route.abort()

    context.route("**/floor/scans", lose)
    scan(at_work, "BELL")

    expect(at_work.locator(".amount b")).to_have_text("1", timeout=20_000)
    assert (len(lost), len(ring.rung)) == (1, 1)


def test_a_busy_warehouse_is_asked_again(ring, context, at_work):
    refused = []

    def busy(route):
        if len(refused) == 2:
            return route.fallback()
        refused.append(1)
        return route.fulfill(status=503, headers={"Retry-After": "1"}, body="")

    context.route("**/floor/scans", busy)
    scan(at_work, FIRST)

    expect(at_work.locator(".say.good")).to_be_visible(timeout=20_000)


def test_a_scan_that_the_warehouse_cannot_work_on_is_set_aside_and_said(context, at_work):
    context.route(
        "**/floor/scans",
        lambda route: (
            route.fulfill(status=500, body="")
            if "BROKEN" in (route.request.post_data or "")
            else route.fallback()
        ),
    )
    scan(at_work, "BROKEN")

    expect(at_work.locator(".say.bad")).to_contain_text("BROKEN", timeout=20_000)
    scan(at_work, FIRST)
    expect(at_work.locator(".say.good")).to_be_visible()


def test_what_needs_the_warehouse_is_refused_without_network(context, at_work):
    context.set_offline(True)
    at_work.wait_for_function("document.querySelector('.net-on').hidden")

    at_work.locator(".four [data-order=undo]").click()

    expect(at_work.locator(".say.bad")).to_contain_text("That needs the warehouse")
    expect(at_work.locator(".net-wait")).to_be_hidden()


def test_scans_that_waited_and_were_not_taken_are_told(ring, context, at_work):
    context.set_offline(True)
    for code in (SECOND, "T-0815", FIRST):
        scan(at_work, code)
    expect(at_work.locator(".net-wait")).to_have_text("3 waiting")

    context.set_offline(False)

    expect(at_work.locator(".say.bad")).to_contain_text(
        "2 of the scans that waited were not taken.", timeout=20_000
    )
    expect(at_work.locator("#main")).to_contain_text("of 3")


def test_another_badge_changes_who_works_and_each_goes_on_where_they_left(ring, at_work):
    scan(at_work, FIRST)
    expect(at_work.locator(".amount b")).to_have_text("0")

    scan(at_work, ring.other_badge)
    expect(at_work.locator("h1")).to_have_text("Hello, Jon")
    at_work.locator("body[data-listens]").wait_for()
    scan(at_work, ring.badge)

    expect(at_work.locator(".amount b")).to_have_text("0")
    expect(at_work.locator(".who")).to_have_text("Mia K.")


def test_pause_leads_to_the_door_and_the_badge_back(ring, at_work):
    scan(at_work, "WXCPAUSE")
    expect(at_work.locator("h1")).to_have_text("Scan your badge")

    scan(at_work, ring.badge)

    expect(at_work.locator(".addr")).to_have_attribute("aria-label", FIRST)


def test_a_session_that_was_ended_leads_to_the_door_and_keeps_the_scan(ring, context, at_work):
    cookies = [cookie for cookie in context.cookies() if cookie["name"] != "binwave"]
    context.clear_cookies()
    context.add_cookies(cookies)
    scan(at_work, FIRST)
    expect(at_work.locator("h1")).to_have_text("Scan your badge")

    scan(at_work, ring.badge)

    expect(at_work.locator("#main")).to_contain_text("of 3")


def test_a_tablet_is_set_for_its_hands_and_stays_so(tablet):
    tablet.locator(".who").click()
    tablet.locator("[data-comfort=size]").click()
    tablet.locator("[data-comfort=hand]").click()
    expect(tablet.locator("[data-comfort=size]")).to_have_attribute("aria-pressed", "true")

    tablet.reload()

    expect(tablet.locator("body")).to_have_attribute("data-size", "glove")
    keys = tablet.locator(".four .key")
    assert keys.first.bounding_box()["height"] >= 126
    assert keys.first.bounding_box()["x"] > keys.last.bounding_box()["x"]


def test_the_language_is_changed_where_it_is_needed(tablet):
    tablet.locator(".who").click()

    tablet.locator("[data-over=mine] [lang=de]").click()

    tablet.wait_for_load_state()
    tablet.goto(tablet.url.replace("/me", "/floor"))
    expect(tablet.locator("h1")).to_have_text("Hallo, Mia")


def test_the_practice_scanner_offers_what_would_be_right(ring, at_work):
    ring.house.settings.practice = True
    at_work.reload()
    at_work.locator(f"[data-scan='{FIRST}']").click()
    expect(at_work.locator("[data-scan=BELL]")).to_be_visible()

    at_work.locator("[data-practice] input").fill("BELL")
    at_work.locator("[data-practice] input").press("Enter")

    expect(at_work.locator(".amount b")).to_have_text("1")


def _to(*codes, tap=""):
    def reach(page):
        page.locator("body[data-listens]").wait_for()
        for code in codes:
            with page.expect_response("**/floor/scans"):
                scan(page, code)
        page.wait_for_timeout(400)
        if tap:
            page.locator(tap).first.click()

    return reach


STATES = {
    "home": _to(),
    "card": _to("BELL"),
    "done": _to("WXCNEXT", FIRST, "WXCQ3", SECOND, "WXCQ3"),
    "bin": _to("WXCNEXT"),
    "wrong": _to("WXCNEXT", SECOND),
    "item": _to("WXCNEXT", FIRST, "BELL"),
    "problem": _to("WXCNEXT", FIRST, tap=".four [data-open=problems]"),
    "pad": _to("WXCNEXT", FIRST, tap="[data-open=pad]"),
    "me": _to("WXCNEXT", tap=".who"),
    "new-bin": _to("WXCNEXT", "WXLA-09-09-9"),
}


@pytest.mark.parametrize("state", STATES)
def test_the_floor_is_good_to_look_at(browser, lite_house, state):
    with ringing(lite_house, Role.PICKER, Role.SUPERVISOR) as house:
        cookies = _signed_in(house)

        assert (
            look.minded(
                browser,
                f"{house.url}/floor",
                name=f"floor-{state}",
                cookies=cookies,
                reach=STATES[state],
            )
            == []
        )


@pytest.mark.parametrize("cookies", [{"lang": "de"}, {"size": "glove"}, {"look": "light"}])
@pytest.mark.parametrize("state", ["home", "bin", "item", "me", "pad"])
def test_the_floor_is_good_to_look_at_in_other_ways(browser, lite_house, state, cookies):
    with ringing(lite_house, Role.PICKER) as house:
        name = f"floor-{state}-{'-'.join(cookies.values())}"

        assert (
            look.minded(
                browser,
                f"{house.url}/floor",
                name=name,
                cookies=_signed_in(house) | cookies,
                reach=STATES[state],
            )
            == []
        )


def _signed_in(ring):
    """Sign Mia in on the tablet, past the door's PIN."""
    token = fresh_token()

    def do(session):
        return people.open_session(
            session,
            user_id=1,
            token=token,
            idle=timedelta(hours=1),
            device_id=1,
            at=ring.house.clock.now(),
        ).id

    done(ring.house, do)
    return {"binwave": token} | ring.tablet
