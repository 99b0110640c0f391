"""The one who looks is looked at: each fault, planted into a good page, is named."""

import pytest

from tests.pages import look

STYLE = """const style = (parts, rules) =>
    document.querySelectorAll(parts).forEach((part) => Object.assign(part.style, rules));"""
PLANTED = {
    "leaves the screen": "style('h1', {marginLeft: '-80px'})",
    "px wide on a screen": "style('h1', {width: '3000px'})",
    "is cut off by": "style('.page-head', {height: '20px', overflow: 'hidden'})",
    "lie on each other": "style('.page-head .btn + .btn', {marginLeft: '-60px'})",
    "is covered by": "document.body.append(document.createElement('hr'));"
    "style('hr', {position: 'fixed', inset: 0, zIndex: 9, height: '100%'})",
    "and close to": "style('.views a', {fontSize: '8px', padding: 0});"
    "style('.views', {gap: 0, flexDirection: 'column'})",
    "does not fit into": "document.querySelector('.find input').placeholder = 'x'.repeat(200)",
    "the console says": "console.error('the shelf is missing')",
    "the page's script stopped": "setTimeout(() => { throw new Error('stuck') })",
    "it calls http://localhost": "new Image().src = 'http://localhost:9/spy.png'",
    "Content Security Policy": "document.querySelector('h1').setAttribute('style', 'color: red')",
    "answered 404": "fetch('/nobody-here')",
    "must meet minimum color contrast": "style('h1', {color: '#999'})",
    "Buttons must have discernible text": "document.querySelector('.filters .btn').innerText = ''",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_named(browser, shown, fault):
    url, _ = shown

    def plant(page):
        page.evaluate(STYLE + PLANTED[fault])
        page.wait_for_timeout(100)

    found = look.minded(browser, f"{url}/items", name="items", reach=plant)

    assert [what for what in found if fault in what]


def test_a_small_key_on_the_floor_is_named(browser, shown):
    url, _ = shown

    def shrink(page):
        page.evaluate(
            "Object.assign(document.querySelector('.key').style, {minHeight: 0, height: '40px'})"
        )

    found = look.minded(browser, f"{url}/floor", name="floor", reach=shrink)

    assert [what for what in found if "less than 44" in what]


def test_another_status_than_expected_is_named(browser, shown):
    url, _ = shown

    found = look.minded(browser, f"{url}/lost", name="lost")

    assert [what for what in found if "answered 404, not 200" in what]
