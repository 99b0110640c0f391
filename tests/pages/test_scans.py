"""A scan on any page of the office opens what was scanned, without a click into a field first."""

from collections.abc import Iterator
from datetime import date

import pytest
from playwright.sync_api import expect

from tests.pages import houses
from tests.pages.houses import Shown
from tests.pages.scanner import scan
from wms.trial.seed import goods


@pytest.fixture(scope="module")
def at_work(sqlite_template, tmp_path_factory) -> Iterator[Shown]:
    with houses.shown(sqlite_template, tmp_path_factory.mktemp("scans"), filled=True) as house:
        yield house


@pytest.fixture
def page(browser, at_work):
    context = browser.new_context()
    context.add_cookies(
        [
            {"name": name, "value": value, "url": at_work.url}
            for name, value in at_work.admin.items()
        ]
    )
    yield context.new_page()
    context.close()


@pytest.mark.parametrize(
    ("scanned", "title"),
    [
        ("item", None),
        ("A-01-01-1", "A-01-01-1"),
        ("WXLA-01-01-1", "A-01-01-1"),
        ("T-0007", "T-0007"),
        ("4006381333931", "Nobody here knows 4006381333931."),
    ],
)
@pytest.mark.parametrize("path", ["/", "/audit"])
def test_a_scan_opens_what_was_scanned(page, at_work, path, scanned, title):
    first = goods.items(7, date(2026, 1, 1))[0]
    page.goto(f"{at_work.url}{path}", wait_until="load")

    scan(page, first.barcodes[0].code if scanned == "item" else scanned)

    expect(page.locator("h1")).to_contain_text(title or first.name)
