"""Returns in a real browser: a parcel graded by scans and taps, announced in the office, and how it looks."""

import pytest
from playwright.sync_api import expect

from tests.pages import look
from tests.pages.returns_house import returning
from tests.pages.scanner import wedge as scan


@pytest.fixture
def served(lite_house):
    with returning(lite_house) as house:
        yield house


@pytest.fixture
def tablet(browser, served):
    yield from _page(browser, served, served.clerk, 800, 1280)


@pytest.fixture
def office(browser, served):
    yield from _page(browser, served, served.lead, 1280, 800)


def _page(browser, served, cookies, width, height):
    context = browser.new_context(viewport={"width": width, "height": height})
    context.add_cookies(
        [{"name": kind, "value": value, "url": served.url} for kind, value in cookies.items()]
    )
    yield context.new_page()
    context.close()


def begin(page, served):
    """Open the floor and press the tile."""
    page.goto(f"{served.url}/floor")
    page.locator("body[data-listens]").wait_for()
    with page.expect_response("**/floor/scans"):
        page.locator(".tile[data-process=returns]").click()
    at(page, "parcel")


def scans(page, *codes):
    for code in codes:
        with page.expect_response("**/floor/scans"):
            scan(page, code)


def at(page, step):
    expect(page.locator("body")).to_have_attribute("data-step", step)


def test_a_parcel_is_graded_by_scans_and_taps(served, tablet):
    begin(tablet, served)
    scans(tablet, served.label)
    at(tablet, "item")
    expect(tablet.locator(".thing")).to_contain_text("Smaller than I thought")
    scans(tablet, "MUG", "MUG")
    at(tablet, "grade")
    expect(tablet.locator(".thing .name")).to_have_text("Enamel camping mug, cream")

    with tablet.expect_response("**/floor/scans"):
        tablet.locator(".grade[data-order=good]").click()
    at(tablet, "item")
    expect(tablet.locator(".say")).to_contain_text("Like new")
    scans(tablet, "WXCDONE")

    at(tablet, "parcel")


@pytest.mark.parametrize("codes", [(), ("MUG",), ("MUG", "WXCGOOD")], ids=["card", "grade", "said"])
def test_the_bench_is_good_to_look_at(browser, served, codes):
    def reach(page):
        page.locator("body[data-listens]").wait_for()
        page.locator(".tile[data-process=returns]").click()
        at(page, "parcel")
        scans(page, served.label, *codes)

    found = look.minded(
        browser,
        f"{served.url}/floor",
        name=f"floor-returns-{len(codes)}",
        cookies=served.clerk,
        reach=reach,
    )

    assert found == []


def test_a_return_is_announced_in_the_office(served, office):
    office.goto(f"{served.url}/returns")
    office.get_by_role("link", name="Announce a return").click()
    office.get_by_label("Order").fill(served.order)
    office.get_by_role("button", name="Find it").click()
    office.get_by_label("LAMP").fill("1")
    office.get_by_role("button", name="Announce").click()

    expect(office.locator("h1")).to_contain_text("Return R-")
    expect(office.locator("main")).to_contain_text("Glass star frosted lantern")


@pytest.mark.parametrize(
    "path", ["/returns?all=1", "/returns/1", "/returns/2", "/returns/new?order="]
)
@pytest.mark.parametrize("language", ["en", "de"])
def test_the_pages_are_good_to_look_at(browser, served, path, language):
    whole = path + served.order if path.endswith("=") else path
    found = look.minded(
        browser,
        f"{served.url}{whole}",
        name=f"returns{path.strip('/').replace('/', '-').replace('?', '-')[7:]}{language}",
        cookies=served.lead | {"lang": language},
        language=language,
    )

    assert found == []
