"""A reader looks for the feeds, and opens one in the browser."""

import pytest
from playwright.sync_api import Page, expect

from e2e import content


@pytest.mark.parametrize("kind", ["RSS", "Atom"])
def test_a_feed_opened_in_the_browser_is_a_page_for_people(page: Page, kind: str):
    page.goto("/")
    page.get_by_role("contentinfo").get_by_role("link", name="Feeds").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Feeds")
    page.get_by_role("row").get_by_role("link", name=kind).first.click()
    expect(page.get_by_role("link", name=content.PARTS[2])).to_be_visible()
    page.get_by_role("link", name=content.PARTS[2]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(content.PARTS[2])


def test_a_reader_program_gets_the_feed_that_the_page_names(page: Page):
    page.goto("/")
    named = page.locator("link[rel=alternate][type='application/atom+xml']").first.get_attribute("href")
    answer = page.request.get(named, headers={"Accept": "application/atom+xml"})
    assert answer.headers["content-type"].startswith("application/atom+xml")
    assert content.PARTS[2] in answer.text()
