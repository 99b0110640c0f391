"""Every page of the house, empty, filled and refusing, looked at on three screens in light and dark."""

from collections.abc import Iterator
from typing import Any

import pytest

from tests.pages import houses, look
from tests.pages.houses import Shown
from tests.visitors import new_app

BEFORE_ANYBODY = ("/sign-in", "/enrol", "/first-run", "/floor/sign-in")
"""Pages for those whom nobody knows yet."""

ALWAYS_ALIKE = ("/api/docs", "/house/lifecycles")
"""Pages about the program: what a house holds does not change them."""

ANYWHERE = (
    "/",
    "/audit",
    "/bins",
    "/bins/import",
    "/bins/layout",
    "/bins/new",
    "/box_types",
    "/box_types/new",
    "/counts",
    "/counts/new",
    "/devices",
    "/devices/new",
    "/floor",
    "/exceptions",
    "/items",
    "/items/import",
    "/items/new",
    "/me",
    "/moves",
    "/moves-to-do",
    "/moves-to-do/new",
    "/moves/new",
    "/orders",
    "/orders?view=late",
    "/orders/import",
    "/orders/new",
    "/people",
    "/people/new",
    "/printers",
    "/printers/jobs",
    "/returns",
    "/returns/new",
    "/review",
    "/scanner",
    "/search?q=nothing-like-it",
    "/manifests",
    "/shipments",
    "/shipments?view=trouble",
    "/shipping/settings",
    "/stations",
    "/stations/new",
    "/stock",
    "/set-aside",
    "/stock/adjust",
    "/stock/condition",
    "/stock/import",
    "/warehouses",
    "/waves",
    "/waves/new",
)
"""Pages that an empty house has as well as one at work."""

AT_WORK = (
    "/bins?q=A-01",
    "/bins/20",
    "/bins/20/edit",
    "/box_types/1",
    "/counts/1",
    "/counts?state=in_review",
    "/devices/1",
    "/items/5",
    "/items/5/edit",
    "/items/5/parts",
    "/moves/7",
    "/moves-to-do/1",
    "/moves-to-do?all=1",
    "/scanner/sheet",
    "/moves?reason=opening",
    "/orders?q=ada",
    "/orders/1",
    "/orders/3",
    "/orders/4",
    "/orders/5",
    "/orders/1/address",
    "/orders/1/hold",
    "/orders/1/lines",
    "/orders/1/merge",
    "/people/2",
    "/people/2/tokens/new",
    "/printers/7",
    "/printers/8",
    "/printers/jobs/1",
    "/printers/jobs/2",
    "/printers/jobs/3",
    "/manifests/1",
    "/search?q=mug",
    "/shipments/1",
    "/shipments/2",
    "/shipments/3",
    "/shipments/4",
    "/shipments?view=all",
    "/stations/1",
    "/stock/items/5",
    "/warehouses/1",
    "/waves/1",
)
"""Pages about one thing, and lists that were asked for something."""

NOT_PAGES = {
    "bins.label",
    "bins.labels",
    "bootstrap.static",
    "catalog.export_items",
    "catalog.label",
    "catalog.picture",
    "desk.commands",
    "floor.turn",
    "livez",
    "printing.document",
    "printing.picture",
    "readyz",
    "shipping.label",
    "shipping.manifest_sheet",
    "static",
    "stock.inventory_csv",
}
"""What is read by browsers and machines, not looked at."""

LOOKED_AT_ELSEWHERE = {
    "bins.look_at_bins",
    "catalog.look_at_items",
    "channels.look_at_orders",
    "returns.one",
    "stock.look_at_stock",
}
"""An uploaded sheet exists only after an upload: see the refusing pages. What came back has a house of its own."""


@pytest.fixture(scope="module")
def empty(sqlite_template, tmp_path_factory) -> Iterator[Shown]:
    with houses.shown(sqlite_template, tmp_path_factory.mktemp("empty"), filled=False) as house:
        yield house


@pytest.fixture(scope="module")
def at_work(sqlite_template, tmp_path_factory) -> Iterator[Shown]:
    with houses.shown(sqlite_template, tmp_path_factory.mktemp("work"), filled=True) as house:
        yield house


@pytest.mark.parametrize("path", BEFORE_ANYBODY)
def test_the_doors_are_good_to_look_at(browser, empty, path):
    assert seen(browser, empty.url, path, {}) == []


@pytest.mark.parametrize("path", ANYWHERE + ALWAYS_ALIKE)
def test_an_empty_house_is_good_to_look_at(browser, empty, path):
    assert seen(browser, empty.url, path, empty.admin, state="empty") == []


@pytest.mark.parametrize("path", ANYWHERE + AT_WORK)
def test_a_house_at_work_is_good_to_look_at(browser, at_work, path):
    assert seen(browser, at_work.url, path, at_work.admin, state="filled") == []


@pytest.mark.parametrize(
    ("path", "answer"), [("/items/999999", 404), ("/no-such-page", 404), ("/people", 403)]
)
def test_a_no_is_good_to_look_at(browser, at_work, path, answer):
    cookies = at_work.picker if answer == 403 else at_work.admin

    assert seen(browser, at_work.url, path, cookies, state="no", answer=answer) == []


@pytest.mark.parametrize(
    "path",
    [
        "/items/new",
        "/bins/new",
        "/box_types/new",
        "/people/new",
        "/moves/new",
        "/moves-to-do/new",
        "/counts/new",
        "/stock/adjust",
        "/orders/new",
    ],
)
def test_a_form_that_was_refused_is_good_to_look_at(browser, at_work, path):
    def send_nothing(page: Any) -> None:
        page.evaluate(
            "document.querySelectorAll('main form').forEach((form) => form.noValidate = true)"
        )
        page.locator(
            "main form[method=post] button.btn-primary, main form[method=post] button[type=submit]"
        ).first.click()
        page.wait_for_load_state("load")

    url = f"{at_work.url}{path}"
    found = look.minded(
        browser, url, name=name_of(path, "refused"), cookies=at_work.admin, reach=send_nothing
    )

    assert found == []


@pytest.mark.parametrize("path", ["/", "/bins/20", "/stock/items/5", "/people/2", "/audit"])
def test_german_fits_as_well(browser, at_work, path):
    cookies = at_work.admin | {"lang": "de"}

    assert seen(browser, at_work.url, path, cookies, state="de", language="de") == []


def test_no_page_is_forgotten(lite_house):
    app = new_app(lite_house)
    routes = app.url_map.bind("127.0.0.1")
    looked_at = {
        routes.match(path.partition("?")[0])[0]
        for path in BEFORE_ANYBODY + ANYWHERE + ALWAYS_ALIKE + AT_WORK
    }

    pages = {
        rule.endpoint
        for rule in app.url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.startswith(("/api/v1", "/openapi"))
    }

    assert pages - looked_at - NOT_PAGES - LOOKED_AT_ELSEWHERE == set()


def seen(browser, url, path, cookies, *, state="", answer=200, language="en"):
    return look.minded(
        browser,
        f"{url}{path}",
        name=name_of(path, state),
        cookies=cookies,
        answer=answer,
        language=language,
    )


def name_of(path: str, state: str) -> str:
    plain = path.strip("/").replace("/", "-").replace("?", "-").replace("=", "-") or "start"
    return f"{plain}-{state}" if state else plain
