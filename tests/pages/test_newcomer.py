"""A newcomer's first five minutes: the demo comes up, one order is released, picked, packed, labelled, and goes.

Only what the screens say and offer is used; the practice scanner is pressed, never a scanner of our own.
"""

import os
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.bells import wait_until
from tests.campaigns.kill.killer import depth_of, living
from wms.kernel.settings import ROOT
from wms.people.policy import Role
from wms.trial.demo.orders import EXPRESS
from wms.trial.seed.team import workers

SHOTS = os.environ.get("WMS_SHOTS")
PRESSES = 220
"""More than a trip and a parcel take."""

LOOKS = 60
"""More seconds than a carrier takes to scan a parcel that left."""


@dataclass
class Demo:
    """Its process, where it is reached, and who may sign in as supervisor."""

    process: subprocess.Popen
    url: str
    login: str
    password: str


@pytest.fixture(scope="module")
def demo(tmp_path_factory) -> Iterator[Demo]:
    folder = tmp_path_factory.mktemp("demo")
    line = [sys.executable, str(ROOT / "run.py"), "demo", "--host", "127.0.0.1", "--port", "0"]
    env = {name: said for name, said in os.environ.items() if not name.startswith("WMS_")}
    with subprocess.Popen(
        [*line, "--data", str(folder)], cwd=ROOT, env=env, stdout=subprocess.PIPE, text=True
    ) as process:
        try:
            ready = next((said for said in process.stdout if said.startswith("READY ")), None)
            assert ready is not None, "the demo did not come up"
            lead = next(one for one in workers(1) if one.role is Role.SUPERVISOR)
            yield Demo(process, ready.split()[1], str(lead.login), str(lead.password))
        finally:
            process.send_signal(signal.SIGTERM)
            process.wait(timeout=60)


class Newcomer:
    """Presses what the screen offers, most wanted first."""

    def __init__(self, page: Page):
        self.page = page

    @property
    def step(self) -> str:
        return str(self.page.locator("body").get_attribute("data-step"))

    def answered(self, press) -> None:
        with self.page.expect_response("**/floor/scans") as answer:
            press()
        told = answer.value.json()
        expect(self.page.locator("body")).to_have_attribute("data-step", told["next"]["step"])

    def offered(self) -> None:
        """Press the first code that the practice scanner offers."""
        code = self.page.locator("[data-part=practice] [data-scan]").first
        expect(code).to_be_visible()
        self.answered(code.click)

    def typed(self, code: str) -> None:
        """Type a code into the practice scanner."""
        practice = self.page.locator("[data-part=practice]")
        practice.get_by_label("Code to scan").fill(code)
        self.answered(practice.get_by_role("button", name="Scan").click)

    def on_the_scale(self) -> None:
        """Put the box on the practice scale, then take what it shows."""
        with self.page.expect_response("**/scale*"):
            self.page.locator("[data-scale]").click()
        self.offered()

    def until(self, *steps: str) -> None:
        """Go on until one of these steps is on the screen."""
        for _ in range(PRESSES):
            step = self.step
            if step in steps:
                return
            if step == "label":  # bought and printed while we look on
                expect(self.page.locator("body")).not_to_have_attribute(
                    "data-step", "label", timeout=60_000
                )
            elif step == "weigh":
                self.on_the_scale()
            else:
                self.offered()
        raise AssertionError(f"still at {self.step}: {self.page.locator('main').inner_text()}")


def test_a_newcomer_ships_an_order_from_the_demo(browser: Browser, demo: Demo):
    context = browser.new_context(viewport={"width": 1280, "height": 800})
    page = context.new_page()
    page.goto(demo.url)
    page.get_by_label("Login").fill(demo.login)
    page.get_by_label("Password").fill(demo.password)
    page.get_by_role("button", name="Sign in").click()

    page.goto(f"{demo.url}/waves/new?carrier={EXPRESS[1]}")
    page.get_by_role("button", name="Propose 5 orders").click()
    page.get_by_role("button", name="Release", exact=True).click()
    expect(page.locator("main")).to_contain_text("Released")

    page.goto(f"{demo.url}/floor")
    page.locator("body[data-listens]").wait_for()
    mia = Newcomer(page)
    mia.answered(page.locator("button[data-process=picking]").click)
    mia.until("done")
    mia.typed("WXCMENU")
    mia.answered(page.locator("button[data-process=packing]").click)
    mia.until("stick")

    label = page.locator("img.sheet").first
    expect(label).to_be_visible()
    assert label.evaluate("image => image.complete && image.naturalWidth > 300")
    if SHOTS:
        page.screenshot(path=f"{SHOTS}/first-parcel.png")
    mia.offered()
    expect(page.locator("[data-part=say]")).to_contain_text("P-")

    mia.typed("WXCMENU")
    mia.answered(page.locator("button[data-process=loading]").click)
    mia.until("parcel")
    mia.offered()
    page.goto(f"{demo.url}/shipments/1")
    for _ in range(LOOKS):
        if page.get_by_text("The carrier has the parcel.").count():
            break
        page.wait_for_timeout(1_000)
        page.reload()
    expect(page.locator("main")).to_contain_text("The carrier has the parcel.")
    context.close()


def test_a_demo_that_is_killed_takes_all_of_it_along(demo: Demo):
    parents = dict(living())
    all_of_it = {number for number in parents if depth_of(number, demo.process.pid, parents)}
    assert len(all_of_it) >= len(("serve", "its worker", "the carrier"))

    demo.process.kill()

    wait_until(lambda: not all_of_it & dict(living()).keys(), 30)
