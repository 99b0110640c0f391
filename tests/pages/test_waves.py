"""The board of waves in a real browser: it keeps itself up to date while pickers work."""

import pytest
from playwright.sync_api import expect

from tests.pages.houses import signed_in
from tests.pages.packing_house import packing
from wms.people.policy import Role


@pytest.fixture
def served(lite_house):
    with packing(lite_house) as served:
        yield served


def test_the_board_shows_a_new_wave_without_being_asked(browser, served):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    context.add_cookies(
        [
            {"name": kind, "value": value, "url": served.url}
            for kind, value in signed_in(served.house, Role.ADMIN).items()
        ]
    )
    page = context.new_page()
    page.clock.install()
    page.goto(f"{served.url}/waves")
    waves = page.locator("a.wave")
    before = waves.count()

    served.bench.pick([("MUG", 1)])
    page.clock.run_for(16_000)

    expect(waves).to_have_count(before + 1)
    expect(page.locator("[data-stale]")).to_be_hidden()
    context.close()
