"""The one who looks is looked at: each fault, planted into a good page, is named."""

import pytest

from tests.pages import look

PLANTED = {
    "leaves the screen": "document.querySelector('h1').style.marginLeft = '-80px'",
    "px wide on a screen": "document.querySelector('h1').style.width = '3000px'",
    "is cut off by": "Object.assign(document.querySelector('.page-head').style, {height: '20px', overflow: 'hidden'})",
    "lie on each other": "document.querySelectorAll('.page-head .btn')[1].style.marginLeft = '-60px'",
    "is covered by": "Object.assign(document.querySelector('.page-head').style, {position: 'relative', zIndex: -1})",
    "and close to": "document.querySelectorAll('.grid td a').forEach((link) => (link.style.fontSize = '4px'))"
    ";document.querySelectorAll('.grid td').forEach((cell) => (cell.style.padding = 0))",
    "does not fit into": "document.querySelector('.find input').placeholder = 'x'.repeat(200)",
    "the console says": "console.error('the shelf is missing')",
    "the page's script stopped": "setTimeout(() => { throw new Error('stuck') })",
    "it calls http://localhost": "new Image().src = 'http://localhost:9/spy.png'",
    "Content Security Policy": "document.querySelector('h1').setAttribute('style', 'color: red')",
    "answered 404": "fetch('/nobody-here')",
    "must meet minimum color contrast": "document.querySelector('h1').style.color = '#999'",
    "Buttons must have discernible text": "document.querySelector('.filters .btn').textContent = ''",
}


@pytest.mark.parametrize("fault", PLANTED)
def test_a_planted_fault_is_named(browser, shown, fault):
    url, _ = shown

    def plant(page):
        page.evaluate(PLANTED[fault])
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
