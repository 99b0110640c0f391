"""A scanner that types into a browser."""

import time

from playwright.sync_api import Page

GAP_S = 0.002


def scan(page: Page, code: str) -> None:
    """Type as a scanner does: 2 ms a key, with Enter at the end. The times are told, not kept."""
    _wait_for_ears(page)
    wire = page.context.new_cdp_session(page)
    start = time.time()
    for n, key in enumerate([*code, "Enter"]):
        text = "\r" if key == "Enter" else key
        strike = {"key": key, "text": text, "timestamp": start + n * GAP_S}
        wire.send("Input.dispatchKeyEvent", {"type": "keyDown", **strike})
        wire.send("Input.dispatchKeyEvent", {"type": "keyUp", "key": key})


def wedge(page: Page, code: str) -> None:
    """Type as a scanner does, all keys at once inside the page: a busy machine cannot come between two of them."""
    _wait_for_ears(page)
    page.evaluate(KEYS, code)


def _wait_for_ears(page: Page) -> None:
    """A page of the floor that was just opened hears nothing yet."""
    if page.locator("[data-ear]").count():
        page.locator("body[data-listens]").wait_for()


KEYS = """(text) => {
  const SIGNS = {'-': 'Minus', '/': 'Slash', ':': 'Semicolon', '#': 'Digit3'};
  const strike = (key, code, shiftKey) => {
    const how = {key, code, shiftKey, bubbles: true, cancelable: true};
    (document.activeElement ?? document.body).dispatchEvent(new KeyboardEvent('keydown', how));
  };
  for (const sign of text) {
    const isLetter = /[a-z]/i.test(sign);
    const code = SIGNS[sign] ?? (isLetter ? `Key${sign.toUpperCase()}` : `Digit${sign}`);
    strike(sign, code, isLetter ? sign === sign.toUpperCase() : ':#'.includes(sign));
  }
  strike('Enter', 'Enter', false);
}"""
