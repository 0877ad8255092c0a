"""A reader asks for older posts: they are appended where scripts run, and a page of their own where not."""

import re

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import teasers


@pytest.mark.parametrize("address", ["/", "/blog/"])
def test_older_posts_come(page: Page, site, scripts: bool, address: str):
    page.goto(address)
    first, shown = teasers(page).first.inner_text(), teasers(page).count()
    page.get_by_role("link", name="Older posts").click()
    if scripts:
        expect(teasers(page)).to_have_count(shown + 10)
        expect(teasers(page).first).to_have_text(first, use_inner_text=True)
        assert page.url == site.url + address
        expect(teasers(page).nth(shown).get_by_role("heading").get_by_role("link")).to_be_focused()
    else:
        expect(page).to_have_url(re.compile("before="))
        expect(teasers(page).first).not_to_have_text(first, use_inner_text=True)


def test_no_post_is_missed_or_shown_twice(page: Page, scripts: bool):
    page.goto("/blog/")
    seen, more = titles(page), page.get_by_role("link", name="Older posts")
    while more.count():
        before = teasers(page).first.inner_text()
        shown = teasers(page).count()
        more.click()
        if scripts:
            expect(teasers(page)).not_to_have_count(shown)
        else:
            expect(teasers(page).first).not_to_have_text(before, use_inner_text=True)
        seen = titles(page) if scripts else seen + titles(page)
    assert len(seen) == len(set(seen)) > 20


def test_the_way_back_leads_to_the_newest(page: Page, scripts: bool):
    page.goto("/blog/")
    first = teasers(page).first.inner_text()
    page.get_by_role("link", name="Older posts").click()
    if not scripts:
        page.get_by_role("link", name="Newer").click()
        expect(teasers(page).first).to_have_text(first, use_inner_text=True)
        page.go_back()
    teasers(page).last.get_by_role("heading").get_by_role("link").click()
    expect(page.get_by_role("heading", level=1)).not_to_have_text("All posts")
    page.go_back()
    expect(page.get_by_role("heading", level=1)).to_have_text("All posts")
    expect(page.get_by_role("link", name="Older posts")).to_be_visible()


def titles(page: Page) -> list[str]:
    return teasers(page).get_by_role("heading").all_inner_texts()
