"""A reader without a mouse."""

import re

from playwright.sync_api import Page, expect

from e2e.browsing import tab_to, teasers


def test_the_first_stop_skips_to_the_text(page: Page):
    page.goto("/about/")
    skip = page.get_by_role("link", name="Skip to the text")
    expect(skip).not_to_be_in_viewport()
    page.keyboard.press("Tab")
    expect(skip).to_be_focused()
    expect(skip).to_be_in_viewport()
    page.keyboard.press("Enter")
    tab_to(page, page.get_by_role("main").get_by_role("link").first)


def test_the_menu_is_reached_and_followed(page: Page):
    page.goto("/")
    item = page.get_by_role("navigation", name="Main menu").get_by_role("link").last
    name = item.inner_text()
    tab_to(page, item)
    page.keyboard.press("Enter")
    current = page.get_by_role("navigation", name="Main menu").locator("[aria-current=page]")
    expect(current).to_have_text(name, use_inner_text=True)


def test_older_posts_are_reached_and_the_cursor_goes_on_from_there(page: Page, scripts: bool):
    page.goto("/blog/")
    shown = teasers(page).count()
    tab_to(page, page.get_by_role("link", name="Older posts"))
    page.keyboard.press("Enter")
    if scripts:
        expect(teasers(page).nth(shown).get_by_role("heading").get_by_role("link")).to_be_focused()
    else:
        expect(page).to_have_url(re.compile("before="))


def test_dark_is_chosen_and_the_cursor_stays(page: Page, scripts: bool):
    page.goto("/")
    tab_to(page, page.locator("#appearance summary"))
    page.keyboard.press("Enter")
    dark = page.get_by_role("button", name="Dark", exact=True)
    tab_to(page, dark)
    page.keyboard.press("Enter")
    expect(page.locator("#appearance [aria-pressed=true]")).to_have_text("Dark")
    if scripts:
        expect(dark).to_be_focused()
        page.keyboard.press("Escape")
        expect(dark).to_be_hidden()
        expect(page.locator("#appearance summary")).to_be_focused()
