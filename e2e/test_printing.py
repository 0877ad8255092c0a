"""A reader prints a post: the text comes out, what is for the screen does not."""

from playwright.sync_api import Page, expect

from e2e import content
from e2e.browsing import is_dark, paper


def test_only_the_text_is_printed(page: Page):
    page.emulate_media(color_scheme="dark")
    page.goto(content.LONG_POST)
    expect(page.get_by_role("navigation", name="Main menu")).to_be_visible()
    page.emulate_media(media="print")
    expect(page.get_by_role("heading", level=1)).to_be_visible()
    expect(page.get_by_text("It said nothing about soup.")).to_be_visible()
    for hidden in (".masthead .tools", ".menu", ".toc", ".turn", ".code-copy", ".skip"):
        for part in page.locator(hidden).all():
            expect(part).to_be_hidden()
    assert not is_dark(paper(page))


def test_a_dark_page_is_printed_on_white(page: Page):
    page.goto("/")
    page.get_by_text("Appearance").click()
    page.get_by_role("button", name="Dark", exact=True).click()
    expect(page.locator("#appearance [aria-pressed=true]")).to_have_text("Dark")
    page.emulate_media(media="print")
    assert not is_dark(paper(page))
