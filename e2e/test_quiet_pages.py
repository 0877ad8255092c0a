"""No page stores anything on a reader's device or asks anything of anybody else; the sign-in form alone has a cookie."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page

from e2e.pages import KINDS


def test_no_page_sets_a_cookie_or_breaks_its_policy(scripted_page: Page, site):
    asked: set[str] = set()
    scripted_page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for address in {*KINDS.values(), *public_addresses(scripted_page)} - {KINDS["sign-in"]}:
        scripted_page.goto(address)
    assert scripted_page.context.cookies() == []
    assert asked == {urlsplit(site.url).netloc}


def test_a_policy_that_is_broken_is_heard(new_context, site):
    page = new_context().new_page()
    heard = []
    page.on("console", lambda message: heard.append(message.text))
    page.goto("/")
    page.evaluate("document.body.setAttribute('style', 'color: red')")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert any("Content Security Policy" in text for text in heard)


def public_addresses(page: Page) -> list[str]:
    """The paths in the site's map."""
    site_map = page.request.get("/sitemap.xml").text()
    found = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", site_map)]
    assert len(found) > 30
    return found
