"""Every part of the page frame, looked at on every screen in both themes and both languages."""

import pytest

from tests.pages import gallery, look

ANSWERS = {"lost": 404, "away": 503}


@pytest.mark.parametrize("name", gallery.PAGES + gallery.PLAIN + gallery.FLOOR)
def test_nothing_of_the_frame_is_cut_off_covered_or_foreign(browser, shown, name):
    url, _ = shown

    found = look.minded(browser, f"{url}/{name}", name=name, answer=ANSWERS.get(name, 200))

    assert found == []


@pytest.mark.parametrize("name", ["item", "form", "import"])
def test_german_words_fit_as_well(browser, shown, name):
    url, _ = shown

    found = look.minded(browser, f"{url}/{name}?lang=de", name=f"{name}-de", language="de")

    assert found == []
