"""Every part of the page frame, looked at on every screen in both themes and both languages."""

import pytest

from tests.pages import gallery, look

ANSWERS = {"lost": 404, "away": 503}


@pytest.mark.parametrize("name", gallery.PAGES + gallery.PLAIN + gallery.FLOOR)
def test_nothing_of_the_frame_is_cut_off_covered_or_foreign(browser, shown, name):
    url, _ = shown

    found = look.minded(browser, f"{url}/{name}", name=name, answer=ANSWERS.get(name, 200))

    assert found == []


def open_everything(page):
    """Open what waits behind a press: the question, the why, one's own corner and the list of keys."""
    page.locator("summary", has_text="Archive").click()
    page.get_by_role("button", name="why?").first.click()
    page.locator(".me summary").click()


def open_keys(page):
    page.keyboard.press("?")
    page.locator("#keys").wait_for()


def test_what_opens_in_place_is_as_good_as_the_page(browser, shown):
    url, _ = shown

    found = look.minded(browser, f"{url}/item", name="item-open", reach=open_everything)

    # The question floats above what it asks about, until it is answered.
    assert [what for what in found if "is covered by" not in what] == []


def test_the_list_of_keys_fits(browser, shown):
    url, _ = shown

    found = look.minded(browser, f"{url}/items", name="keys", reach=open_keys)

    assert [what for what in found if "is covered by" not in what] == []


@pytest.mark.parametrize("theme", ["light", "dark"])
@pytest.mark.parametrize("name", ["item", "floor"])
def test_a_chosen_theme_holds_whatever_the_device_says(browser, shown, name, theme):
    url, _ = shown

    found = look.minded(browser, f"{url}/{name}", name=f"{name}-{theme}", cookies={"look": theme})

    assert found == []


@pytest.mark.parametrize("name", ["item", "form", "drop"])
def test_german_words_fit_as_well(browser, shown, name):
    url, _ = shown

    found = look.minded(browser, f"{url}/{name}?lang=de", name=f"{name}-de", language="de")

    assert found == []
