"""The doors as people meet them: a scanner's keys in a real browser, PINs on a keypad, secrets that are shown once."""

import json
import threading
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, BrowserContext, Page, expect
from sqlalchemy import select
from werkzeug.serving import make_server

from tests.pages import look
from tests.pages.houses import Quiet
from tests.visitors import PIN, a_badge, a_device, a_person, done, new_app, signed_in
from wms.kernel.services import Services
from wms.people.policy import Role
from wms.stations.actions import keep_scanner
from wms.stations.tables import Device

FAST_MS = 4
"""What a scanner takes from one key to the next."""


@dataclass
class Door:
    """A served house with one enrolled tablet."""

    url: str
    house: Services
    number: int
    app: object
    tablet: dict[str, str]
    admin: dict[str, str]


@pytest.fixture
def door(lite_house):
    app = new_app(lite_house)
    server = make_server("127.0.0.1", 0, app, threaded=True, request_handler=Quiet)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    admin = signed_in(app, lite_house, a_person(lite_house, Role.ADMIN, name="Ana"), Role.ADMIN)
    number, token = a_device(lite_house)
    _expect_slow_keys(lite_house, number)
    yield Door(
        f"http://127.0.0.1:{server.port}",
        lite_house,
        number,
        app,
        {"binwave-device": token},
        {"binwave": admin.cookie()},
    )
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def tablet(browser: Browser, door: Door):
    context = opened(browser, door.url, door.tablet)
    page = context.new_page()
    page.goto(f"{door.url}/floor/sign-in")
    yield page
    context.close()


def _expect_slow_keys(house: Services, number: int, *, suffix: str = "enter") -> None:
    """Let the tablet wait for its scanner as long as it ever does: a busy machine plays the keys slowly."""
    found: dict[str, str | int] = {
        "suffix": suffix,
        "layout": "us",
        "case": "kept",
        "gap": 200,
    }
    at = house.clock.now()
    done(house, lambda s: keep_scanner(s, device_id=number, found=found, by=0, at=at).id)


def opened(browser: Browser, url: str, cookies: dict[str, str]) -> BrowserContext:
    context = browser.new_context(viewport={"width": 800, "height": 1280})
    context.add_cookies([{"name": k, "value": v, "url": url} for k, v in cookies.items()])
    return context


def scan(page: Page, code: str, end: str = "Enter", *, has_scripts: bool = True) -> None:
    if has_scripts:  # a page that was just opened hears nothing yet
        page.locator("body[data-listens]").wait_for()
    page.keyboard.type(code, delay=FAST_MS)
    if end:
        page.keyboard.press(end)


def test_a_scanned_badge_signs_in_without_a_touch(door, tablet):
    scan(tablet, a_badge(door.house, a_person(door.house)))

    tablet.wait_for_url(f"{door.url}/floor")


@pytest.mark.parametrize("end", ["Enter", "Tab", ""])
def test_a_scan_ends_with_enter_with_tab_or_with_silence(door, tablet, end):
    badge = a_badge(door.house, a_person(door.house))
    _expect_slow_keys(door.house, door.number, suffix=end.lower() or "silence")
    tablet.reload()
    # Silence only counts after keys that no finger could press: typed by the browser itself, not by the test's clock.
    tablet.evaluate(TYPE, [badge, end, "us"])

    tablet.wait_for_url(f"{door.url}/floor")


TYPE = """([text, end, layout]) => {
  const FRENCH = {KeyQ: 'a', KeyA: 'q', KeyW: 'z', KeyZ: 'w', KeyM: ',', Semicolon: 'm'};
  const SIGNS = {'-': 'Minus', '/': 'Slash'};
  const send = (key, code, shiftKey) => {
    const how = {key, code, shiftKey, bubbles: true, cancelable: true};
    document.activeElement.dispatchEvent(new KeyboardEvent('keydown', how));
  };
  for (const sign of text) {
    const digit = !/[a-z]/i.test(sign);
    const code = SIGNS[sign] ?? (digit ? `Digit${sign}` : `Key${sign.toUpperCase()}`);
    let key = sign;
    if (layout === 'fr') {
      key = digit ? 'à&é"\\'(-è_ç'[Number(sign)] : FRENCH[code] ?? sign.toLowerCase();
      if (!digit && FRENCH[code] && sign === sign.toUpperCase()) key = key.toUpperCase();
    }
    send(key, code, !digit && sign === sign.toUpperCase());
  }
  if (end) send(end, end, false);
}"""


def test_a_tablet_set_to_french_hears_the_right_letters(door, tablet):
    tablet.evaluate(TYPE, [a_badge(door.house, a_person(door.house)), "Enter", "fr"])

    tablet.wait_for_url(f"{door.url}/floor")


def test_text_that_comes_without_keys_is_a_scan_too(door, tablet):
    badge = a_badge(door.house, a_person(door.house))

    tablet.evaluate(
        """(text) => {
          const ear = document.querySelector('[data-ear]');
          ear.value = text;
          ear.dispatchEvent(new InputEvent('input', {bubbles: true}));
        }""",
        badge,
    )

    tablet.wait_for_url(f"{door.url}/floor")


def test_keys_of_fingers_are_no_scan(tablet):
    tablet.keyboard.type("WXU12", delay=180)
    tablet.keyboard.press("Enter")
    tablet.wait_for_timeout(300)

    expect(tablet.locator("h1")).to_have_text("Scan your badge")


def test_an_item_is_answered_in_red_and_the_next_badge_counts(door, tablet):
    scan(tablet, "4006381333931")
    expect(tablet.locator(".say.bad")).to_contain_text("This is not a badge")

    scan(tablet, a_badge(door.house, a_person(door.house)))

    tablet.wait_for_url(f"{door.url}/floor")


def test_a_button_with_the_focus_is_not_pressed_by_a_scan(door, tablet):
    tablet.locator(".four button", has_text="Call help").focus()

    scan(tablet, a_badge(door.house, a_person(door.house)))

    tablet.wait_for_url(f"{door.url}/floor")


def test_a_button_can_still_be_pressed_by_keyboard(tablet):
    tablet.locator(".four button", has_text="Call help").focus()

    tablet.keyboard.press("Space")

    expect(tablet.locator(".say.good")).to_contain_text("Somebody was called")


def test_without_scripts_a_scan_signs_in_as_well(browser, door):
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies([{"name": k, "value": v, "url": door.url} for k, v in door.tablet.items()])
    page = context.new_page()
    page.goto(f"{door.url}/floor/sign-in")
    expect(page.locator("[data-ear]")).to_be_focused()

    scan(page, a_badge(door.house, a_person(door.house)), has_scripts=False)

    page.wait_for_url(f"{door.url}/floor")
    context.close()


def test_a_pin_is_tapped_after_the_badge(door, tablet):
    badge = a_badge(door.house, a_person(door.house, Role.SUPERVISOR, name="Bea", pin=PIN))
    tablet.evaluate(TYPE, [badge, "Enter", "us"])
    expect(tablet.locator("h1")).to_have_text("Bea")
    tablet.locator("[data-digit='1']").click()
    tablet.locator("[data-erase]").click()

    for digit in PIN:
        tablet.locator(f"[data-digit='{digit}']").click()

    tablet.wait_for_url(f"{door.url}/floor")


def test_the_language_key_changes_the_words(tablet):
    tablet.locator("[data-language=de]").click()

    expect(tablet.locator("h1")).to_have_text("Ausweis scannen")


def test_the_scanner_check_finds_out_how_a_scanner_types(door, tablet):
    tablet.goto(f"{door.url}/scanner")
    for code in json.loads(tablet.locator("form[data-codes]").get_attribute("data-codes")):
        tablet.evaluate(TYPE, [code, "Enter", "us"])

    tablet.locator("[data-keep]").click()

    tablet.wait_for_url(f"{door.url}/floor/sign-in")
    with door.house.database.read() as session:
        kept = json.loads(session.scalars(select(Device.scanner)).one())
    assert (kept["suffix"], kept["layout"], kept["case"]) == ("enter", "us", "kept")


def test_the_code_behind_the_picture_is_typed_and_leaves_the_address(browser, door):
    context = opened(browser, door.url, {})
    page = context.new_page()

    page.goto(f"{door.url}/enrol#482915")

    expect(page.locator("input[name=code]")).to_have_value("482915")
    assert page.url == f"{door.url}/enrol"
    context.close()


def test_the_floors_door_is_good_to_look_at(browser, door):
    address = f"{door.url}/floor/sign-in"

    def misread(page):
        page.evaluate(TYPE, ["4006381333931", "Enter", "us"])
        page.locator(".say.bad").wait_for()

    assert look.minded(browser, address, name="badge", cookies=door.tablet) == []
    assert look.minded(browser, address, name="badge-no", cookies=door.tablet, reach=misread) == []


@pytest.mark.parametrize("wrong", [False, True])
def test_the_keypad_is_good_to_look_at(browser, door, wrong):
    badge = a_badge(
        door.house, a_person(door.house, Role.ADMIN, name="Bea with a rather long name", pin=PIN)
    )

    def to_the_pin(page):
        page.evaluate(TYPE, [badge, "Enter", "us"])
        page.locator("[data-pin]").wait_for()
        if wrong:
            page.locator("input[name=pin]").fill("111111")
            page.locator(".say.bad").wait_for()

    address = f"{door.url}/floor/sign-in"

    assert look.minded(browser, address, name="pin", cookies=door.tablet, reach=to_the_pin) == []


def test_the_scanner_check_is_good_to_look_at(browser, door):
    def check(page):
        for code in json.loads(page.locator("form[data-codes]").get_attribute("data-codes")):
            page.evaluate(TYPE, [code, "Enter", "us"])

    address = f"{door.url}/scanner"

    assert look.minded(browser, address, name="check", cookies=door.tablet) == []
    assert look.minded(browser, address, name="found", cookies=door.tablet, reach=check) == []


@pytest.mark.parametrize(
    ("path", "button"),
    [
        ("/people/1", "Give out a badge"),
        ("/devices/new", "Show the code"),
        ("/people/1/tokens/new", "Make the token"),
    ],
)
def test_what_is_shown_once_is_good_to_look_at(browser, door, path, button):
    def ask(page):
        if "devices" in path:
            page.locator("input[name=name]").first.fill("Tablet T-09")
        if "tokens" in path:
            page.locator("input[name=name]").fill("Reports")
            page.locator("input[name=scopes]").first.check()
        page.get_by_role("button", name=button).click()
        page.wait_for_load_state("load")

    found = look.minded(browser, f"{door.url}{path}", name="once", cookies=door.admin, reach=ask)

    assert found == []
