"""A packing bench in a real browser: an order packed by a scanner's keys, by the keyboard, and how it looks."""

import pytest
from playwright.sync_api import expect

from tests import kit
from tests.pages import look
from tests.pages.packing_house import GOODS, packing
from tests.pages.scanner import wedge as scan

MUG, CLOCK, LAMP, BOWL = (code for _name, code in GOODS.values())
INTO_THE_BOX = (MUG, MUG, MUG, MUG, CLOCK, LAMP, LAMP, BOWL, "WXCQ7")


@pytest.fixture
def bench(lite_house):
    with packing(lite_house, gift_note="Happy birthday, Ada") as served:
        yield served


@pytest.fixture
def page(browser, bench):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [{"name": kind, "value": value, "url": bench.url} for kind, value in bench.cookies.items()]
    )
    page = context.new_page()
    page.goto(f"{bench.url}/floor")
    page.locator("body[data-listens]").wait_for()
    yield page
    context.close()


def scans(page, *codes):
    for code in codes:
        with page.expect_response("**/floor/scans") as answer:
            scan(page, code)
        expect(page.locator("[data-part=say]")).to_contain_text(answer.value.json()["say"])


def press(page, key):
    with page.expect_response("**/floor/scans"):
        page.keyboard.press(key)


def at(page, step):
    expect(page.locator("body")).to_have_attribute("data-step", step)


def test_an_order_is_packed_by_keys_of_a_scanner_and_a_keyboard(bench, page):
    scans(page, "WXCNEXT", bench.tote)
    at(page, "item")
    expect(page.locator(".gift")).to_contain_text("Happy birthday, Ada")
    scans(page, MUG)
    expect(page.locator(".tick.now .n")).to_have_text("1/4")

    press(page, "2")
    expect(page.locator(".opt.on kbd")).to_have_text("2")
    scans(page, *INTO_THE_BOX[1:])
    at(page, "weigh")
    expect(page.locator(".tick.ok")).to_have_count(4)

    page.locator("[data-scale]").click()
    expect(page.locator("[data-fact=weight] h2")).to_contain_text("stable")
    press(page, "w")
    at(page, "label")
    bench.buy()
    at(page, "stick")
    picture = page.locator("img.sheet")
    expect(picture).to_be_visible()
    assert picture.evaluate("image => image.decode().then(() => image.naturalWidth)") > 300
    scans(page, "WXS00000001")
    at(page, "empty")
    scans(page, bench.tote)

    at(page, "tote")
    assert [box.state for box in bench.bench.boxes_now()] == ["staged"]
    assert bench.bench.broken() == []


def test_a_finger_is_no_scanner_and_a_scanner_no_finger(bench, page):
    scans(page, "WXCNEXT", bench.tote, MUG)

    press(page, "Escape")
    expect(page.locator("[data-part=say]")).to_contain_text("out of the box again")
    page.keyboard.press("F2")
    expect(page.locator("[data-over=problems]")).to_be_visible()
    page.keyboard.press("Escape")
    expect(page.locator("[data-over=problems]")).to_be_hidden()
    scans(page, MUG)

    expect(page.locator(".tick.now .n")).to_have_text("1/4")
    at(page, "item")


def test_a_damaged_one_in_a_closed_box_is_taken_out_by_the_problem_key(bench, page):
    scans(page, "WXCNEXT", bench.tote, *INTO_THE_BOX, "WXCYES")
    at(page, "weigh")

    page.keyboard.press("F2")
    with page.expect_response("**/floor/scans"):
        page.get_by_role("button", name="Something in the box is damaged").click()
    at(page, "spoiled")
    with page.expect_response("**/floor/scans"):
        page.get_by_role("button", name="MUG").click()

    at(page, "box")
    expect(page.locator("[data-part=say]")).to_contain_text("out of the box and noted as damaged")
    held = kit.held(bench.house.database, bench.bench.place, bench.bench.items["MUG"], "damaged")
    assert held == 1
    assert bench.bench.broken() == []


def test_a_photo_of_the_box_is_kept(bench, page):
    scans(page, "WXCNEXT", bench.tote, MUG)

    with page.expect_file_chooser() as chooser:
        scan(page, "WXCPHOTO")
    with page.expect_response("**/packing/photo") as answer:
        chooser.value.set_files({"name": "box.png", "mimeType": "image/png", "buffer": a_picture()})

    assert answer.value.status == 204
    assert bench.bench.boxes_now()[0].photo.endswith(".webp")


def test_the_keypad_stays_open_while_the_screen_looks_again(bench, page):
    scans(page, "WXCNEXT", bench.tote, *INTO_THE_BOX, "WXCYES")
    at(page, "weigh")
    page.locator("main [data-open=pad]").click()

    page.wait_for_timeout(2_500)

    expect(page.locator("[data-over=pad]")).to_be_visible()


def a_picture():
    from io import BytesIO

    from PIL import Image

    file = BytesIO()
    Image.new("RGB", (40, 30), "white").save(file, "PNG")
    return file.getvalue()


STATES = {
    "tote": (),
    "item": ("TOTE", MUG, MUG, MUG),
    "wrong": ("TOTE", MUG, BOWL, "WXCQ9"),
    "problem": ("TOTE", MUG),
    "box": ("TOTE", *INTO_THE_BOX),
    "weigh": ("TOTE", *INTO_THE_BOX, "WXCYES"),
    "spoiled": ("TOTE", *INTO_THE_BOX, "WXCYES", "WXCDAMAGED"),
    "off": ("TOTE", *INTO_THE_BOX, "WXCYES", "WXCQ1200"),
    "label": ("TOTE", *INTO_THE_BOX, "WXCYES", "WXCWEIGH"),
    "stick": ("TOTE", *INTO_THE_BOX, "WXCYES", "WXCWEIGH", "BUY"),
    "empty": ("TOTE", *INTO_THE_BOX, "WXCYES", "WXCWEIGH", "BUY", "WXS00000001"),
}


LIGHT_GERMAN = {"lang": "de", "look": "light"}


@pytest.mark.parametrize(
    ("state", "cookies"),
    [
        *((state, {}) for state in STATES),
        *((state, LIGHT_GERMAN) for state in ("item", "off", "stick")),
    ],
)
def test_the_bench_is_good_to_look_at(browser, bench, state, cookies):
    bench.house.settings.practice = False

    def reach(page):
        page.locator("body[data-listens]").wait_for()
        scans(page, "WXCNEXT")
        for code in STATES[state]:
            if code == "BUY":
                bench.buy()
                at(page, "stick")
                continue
            if code == "WXCWEIGH":
                bench.put_on_scale()
            scans(page, bench.tote if code == "TOTE" else code)
        if state == "problem":
            page.locator(".four [data-open=problems]").click()
        page.wait_for_timeout(400)

    name = f"bench-{state}-{'-'.join(cookies.values())}".rstrip("-")
    found = look.minded(
        browser,
        f"{bench.url}/floor",
        name=name,
        cookies=bench.cookies | cookies,
        reach=reach,
    )

    assert found == []
