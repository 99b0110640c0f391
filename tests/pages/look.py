"""Looks at a page as its readers do: three screens, light and dark, and tells what an eye would mind."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from types import MappingProxyType
from typing import Any
from urllib.parse import urlsplit

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, ConsoleMessage, Page, Playwright, Request, Response

BROWSERS = ("/usr/bin/chromium-headless-shell", "/usr/bin/chromium")
"""The same engine twice: without windows a page costs half as much."""
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
SCREENS = ((1280, 800), (800, 1280), (360, 640))
THEMES = ("light", "dark")
OFFICE_TARGET_PX = 24
FLOOR_TARGET_PX = 44
COLOR_RULES = ["color-contrast", "link-in-text-block"]
GRAVE = ("serious", "critical")
EYES = (Path(__file__).parent / "look.js").read_text(encoding="utf-8").strip().rstrip(";")
EYES = EYES[EYES.index("async (least)") :]

Reach = Callable[[Page], None]
"""Steps from the opened page to the state to look at: fill a form with something refused and send it."""


def installed() -> str | None:
    """The browser of this machine; tests download none."""
    return next((path for path in BROWSERS if Path(path).exists()), None)


def start_browser(playwright: Playwright, path: str) -> Browser:
    """Start the browser that is there."""
    return playwright.chromium.launch(executable_path=path, args=FLAGS)


def minded(
    browser: Browser,
    url: str,
    *,
    name: str,
    cookies: Mapping[str, str] = MappingProxyType({}),
    reach: Reach | None = None,
    answer: int = 200,
    language: str = "en",
) -> list[str]:
    """What is wrong with this page, on any screen and in any theme, as sentences. An empty list is a good page."""
    context = browser.new_context(
        locale=language,
        reduced_motion="reduce",  # colors are measured at rest
    )
    context.add_cookies(
        [{"name": kind, "value": value, "url": url} for kind, value in cookies.items()]
    )
    page = context.new_page()
    witness = Witness(urlsplit(url).netloc)
    witness.attend(page)
    found = _opened(page, url, reach, answer)
    for width, height in SCREENS:
        page.set_viewport_size({"width": width, "height": height})
        found += [f"at {width}x{height}: {what}" for what in _seen(page)]
        _shoot(page, f"{name}-{width}")
    found += witness.heard
    found += _axe(page)
    context.close()
    return [f"{name}: {what}" for what in found]


@dataclass
class Witness:
    """Hears what the page complains of and whom it calls, while it is open."""

    host: str
    heard: list[str] = field(default_factory=list)

    def attend(self, page: Page) -> None:
        page.on("console", self._console)
        page.on("pageerror", lambda error: self.heard.append(f"the page's script stopped: {error}"))
        page.on("request", self._request)
        page.on("response", self._response)

    def _console(self, message: ConsoleMessage) -> None:
        # A status is told by `_response`, with its address.
        if message.type in ("error", "warning") and "status of" not in message.text:
            self.heard.append(f"the console says: {message.text}")

    def _request(self, request: Request) -> None:
        address = urlsplit(request.url)
        if address.scheme not in ("data", "blob") and address.netloc != self.host:
            self.heard.append(f"it calls {request.url}")

    def _response(self, response: Response) -> None:
        if response.status >= 400 and not response.request.is_navigation_request():
            self.heard.append(f"{response.url} answered {response.status}")


def _opened(page: Page, url: str, reach: Reach | None, answer: int) -> list[str]:
    response = page.goto(url, wait_until="load")
    status = response.status if response else 0
    if reach:
        reach(page)
        page.wait_for_load_state("load")
    return [] if status == answer else [f"it answered {status}, not {answer}"]


def _shoot(page: Page, shot: str) -> None:
    """Keep pictures of both themes where somebody wants to look at them."""
    folder = os.environ.get("WMS_SHOTS")
    for theme in THEMES if folder else ():
        page.emulate_media(color_scheme="dark" if theme == "dark" else "light")
        page.screenshot(path=Path(str(folder)) / f"{shot}-{theme}.png", full_page=True)


def _seen(page: Page) -> list[str]:
    """What an eye would mind of the places of things: a theme changes colors only, and those are axe's."""
    floor = page.evaluate("document.body.classList.contains('floor')")
    seen: list[str] = page.evaluate(EYES, FLOOR_TARGET_PX if floor else OFFICE_TARGET_PX)
    return seen


def _axe(page: Page) -> list[str]:
    """Grave findings of axe: all its rules in the dark, those about color also in the light.

    It comes in through the debugger's door, when all else has been heard, so the page keeps its CSP.
    """
    page.evaluate(Axe().axe_script)
    page.emulate_media(color_scheme="dark")
    found = _ran(page, {"resultTypes": ["violations"]})
    page.emulate_media(color_scheme="light")
    return found + _ran(page, {"resultTypes": ["violations"], "runOnly": COLOR_RULES})


def _ran(page: Page, options: dict[str, Any]) -> list[str]:
    rules = page.evaluate("async (options) => (await axe.run(options)).violations", options)
    return [
        f"axe, {rule['impact']}: {rule['help']} at "
        + ", ".join(str(node["target"][0]) for node in rule["nodes"][:3])
        for rule in rules
        if rule["impact"] in GRAVE
    ]
