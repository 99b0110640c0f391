"""What the scripts add to a page, and that the page does not need them."""

import re

import pytest
from playwright.sync_api import expect

from tests.pages.scanner import scan


@pytest.fixture
def office(page, shown):
    """Opens a page of the gallery by its name."""
    url, _ = shown

    def open_page(name):
        page.goto(f"{url}/{name}")
        return page

    return open_page


@pytest.fixture
def sent(shown):
    """What the forms of this test sent."""
    _, gallery = shown
    gallery.sent.clear()
    return gallery.sent


def watch_for_checking(page):
    """Note down whether the page says "checking…", for the page after it."""
    page.evaluate(
        """() => new MutationObserver(() => {
            if (document.querySelector(".checking")) sessionStorage.setItem("checking", "seen");
        }).observe(document.body, { childList: true, subtree: true })"""
    )


def was_checking(page):
    return page.evaluate("sessionStorage.getItem('checking')") == "seen"


def test_a_chosen_theme_is_there_at_once_on_the_next_page(office, shown):
    page = office("items")
    page.get_by_text("Ana Ruiz").click()
    page.get_by_role("button", name="Dark").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    page.get_by_role("link", name="Movements").click()

    expect(page.locator("html")).to_have_attribute("data-bs-theme", "dark")
    assert 'data-bs-theme="dark"' in page.request.get(f"{shown[0]}/items").text()
    page.get_by_text("Ana Ruiz").click()
    page.get_by_role("button", name="Device").click()
    assert "data-bs-theme" not in page.request.get(f"{shown[0]}/items").text()


def test_slash_goes_into_the_search_and_escape_leaves_it(office):
    page = office("items")

    page.keyboard.press("/")
    expect(page.get_by_label("Search or scan")).to_be_focused()
    expect(page.get_by_label("Search or scan")).to_have_value("")
    page.keyboard.press("Escape")

    expect(page.get_by_label("Search or scan")).not_to_be_focused()


def test_j_and_k_walk_the_rows_and_enter_opens_one(office):
    page = office("items")

    page.keyboard.press("j")
    expect(page.get_by_role("link", name="White hanging heart")).to_be_focused()
    page.wait_for_timeout(150)
    page.keyboard.press("j")
    expect(page.get_by_role("link", name="Enamel camping mug")).to_be_focused()
    page.wait_for_timeout(150)
    page.keyboard.press("k")
    expect(page.get_by_role("link", name="White hanging heart")).to_be_focused()
    page.keyboard.press("Enter")

    page.wait_for_url("**/item")


def test_g_and_a_letter_go_to_a_page_and_a_letter_alone_presses_its_button(office):
    page = office("items")

    page.keyboard.type("gm", delay=150)
    page.wait_for_url("**/moves")
    page.go_back()
    page.keyboard.press("n")

    page.wait_for_url("**/form")


def test_escape_leaves_a_question_and_then_the_page(office):
    page = office("bin")

    page.keyboard.press("h")
    expect(page.get_by_label("Reason")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.get_by_label("Reason")).to_be_hidden()


def test_a_scan_is_never_taken_for_keys(office, sent):
    page = office("form")
    page.get_by_role("button", name="Save").focus()

    scan(page, "A-03-12")

    page.wait_for_url("**/search?q=A-03-12")
    assert sent == []


def test_a_scan_into_a_field_goes_on_to_the_next_and_the_last_one_sends(office, sent):
    page = office("form")
    page.get_by_label("SKU").focus()

    scan(page, "85123B")
    expect(page.get_by_label("Name")).to_be_focused()
    scan(page, "White-heart")
    expect(page.get_by_label("Weight")).to_be_focused()
    page.get_by_label("Note for pickers").fill("Keep upright")
    page.get_by_label("Weight").focus()
    scan(page, "140")

    page.wait_for_url("**/items")
    assert [(form["sku"], form["name"], form["weight_g"]) for form in sent] == [
        ("85123B", "White-heart", "140")
    ]


def test_single_letters_can_be_switched_off(office):
    page = office("items")

    page.keyboard.press("?")
    page.get_by_label("Use single letters").uncheck()
    page.keyboard.press("Escape")
    page.reload()
    page.keyboard.press("n")
    page.wait_for_timeout(300)

    assert page.url.endswith("/items")


def test_the_list_of_keys_names_what_this_page_offers(office):
    page = office("items")

    page.keyboard.press("?")

    expect(page.locator("#keys")).to_be_visible()
    expect(page.locator("#keys")).to_contain_text("New item")
    expect(page.locator("#keys")).to_contain_text("Go to: Movements")


def test_two_presses_are_one_send_and_a_slow_answer_is_told(office, sent):
    page = office("form?wait=1.5")
    page.get_by_label("SKU").fill("85123B")
    page.get_by_label("Name").fill("White heart")

    watch_for_checking(page)

    page.get_by_role("button", name="Save").dblclick()

    page.wait_for_url("**/items")
    assert was_checking(page)
    assert len(sent) == 1
    assert sent[0]["_key"]
    expect(page.get_by_text("Kept.")).to_be_visible()


def test_a_fast_answer_shows_no_checking(office):
    page = office("form")
    page.clock.install(time=0)
    page.clock.pause_at(1)  # for the page no time passes, however busy the machine is
    page.get_by_label("SKU").fill("85123B")
    page.get_by_label("Name").fill("White heart")
    watch_for_checking(page)

    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/items")
    assert not was_checking(page)


def test_without_network_the_form_keeps_what_was_typed_and_says_so(office, sent):
    page = office("form")
    page.get_by_label("SKU").fill("85123B")
    page.get_by_label("Name").fill("White heart")

    page.context.set_offline(True)
    expect(page.get_by_text("No network.")).to_be_visible()
    page.get_by_role("button", name="Save").click()
    page.wait_for_timeout(300)
    expect(page.get_by_label("SKU")).to_have_value("85123B")
    page.context.set_offline(False)
    expect(page.get_by_text("No network.")).to_be_hidden()
    page.get_by_role("button", name="Save").click()

    page.wait_for_url("**/items")
    assert [form["sku"] for form in sent] == ["85123B"]


def test_a_server_on_this_machine_needs_no_network(office):
    page = office("form")

    page.evaluate("dispatchEvent(new Event('offline'))")
    page.wait_for_timeout(500)

    expect(page.get_by_text("No network.")).to_be_hidden()


def test_a_dropped_file_is_sent_and_its_answer_takes_the_place(office, sent, tmp_path):
    page = office("drop")
    file = tmp_path / "items.csv"
    file.write_text("sku,name\n85123A,Heart\n")

    page.get_by_label("Drop a CSV").set_input_files(file)
    page.get_by_role("button", name="Look at it first").click()

    page.wait_for_url("**/items")
    expect(page.get_by_role("heading", name="Items")).to_be_visible()
    expect(page.get_by_text("Kept.")).to_be_visible()
    assert [form["file"] for form in sent] == ["items.csv"]


def test_a_file_that_does_not_arrive_can_be_sent_again(office, sent, tmp_path):
    page = office("drop")
    file = tmp_path / "items.csv"
    file.write_text("sku,name\n85123A,Heart\n")
    page.get_by_label("Drop a CSV").set_input_files(file)
    page.context.set_offline(True)

    page.get_by_role("button", name="Look at it first").click()
    expect(page.get_by_text("The file did not arrive.")).to_be_visible()
    page.context.set_offline(False)
    page.get_by_role("button", name="Look at it first").click()

    page.wait_for_url("**/items")
    assert len(sent) == 1


def test_why_opens_in_place(office):
    page = office("item")

    page.get_by_role("button", name="why?").first.click()
    expect(page.get_by_role("region", name="Why A-03-12?").first).to_be_visible()
    page.get_by_role("button", name="why?").first.click()

    expect(page.get_by_role("region", name="Why A-03-12?").first).to_be_hidden()


def test_what_just_happened_is_told_in_minutes(office):
    page = office("moves")

    moments = page.locator("time[data-ago]")

    expect(moments.first).to_have_text(re.compile("now|sec"))
    expect(moments.nth(1)).to_have_text("17 Nov 2025, 15:41:07")


def test_everything_works_without_scripts(browser, shown, sent):
    url, _ = shown
    context = browser.new_context(java_script_enabled=False)
    page = context.new_page()

    page.goto(f"{url}/item")
    page.get_by_role("link", name="why?").first.click()
    expect(page.get_by_text("Chosen: fills the line from one bin")).to_be_visible()
    page.locator("summary", has_text="Archive").click()
    page.get_by_label("Reason").fill("No longer sold")
    page.locator(".ask").get_by_role("button", name="Archive").click()
    page.wait_for_url("**/items")
    page.get_by_text("Ana Ruiz").click()
    page.get_by_role("button", name="Keyboard").click()
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.get_by_label("Search or scan").fill("85123A")
    page.get_by_label("Search or scan").press("Enter")

    page.wait_for_url("**/search?q=85123A")
    assert [form["reason"] for form in sent] == ["No longer sold"]
    context.close()
