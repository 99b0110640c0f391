"""A browser for the page tests, and the gallery of the frame's parts."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.pages import gallery, look

RUNS_AGAIN = 2
"""A browser on a busy machine may lose a key or a second; a page that is really wrong is wrong each time."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Let what is driven in a browser run again before it counts as wrong."""
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.flaky(reruns=RUNS_AGAIN))


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    path = look.installed()
    if path is None:
        pytest.skip(f"neither {' nor '.join(look.BROWSERS)} on this machine")
    with sync_playwright() as playwright:
        browser = look.start_browser(playwright, path)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def shown() -> Iterator[tuple[str, gallery.Gallery]]:
    with gallery.served() as here:
        yield here


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    yield context.new_page()
    context.close()
