"""No page stores anything on a reader's device (but the sign-in form), or asks anything of anybody else."""

import re
from urllib.parse import urlsplit

from playwright.sync_api import Page

from e2e.browsing import Complaints
from e2e.pages import KINDS, OF_ACCOUNTS


def test_no_page_sets_a_cookie_or_breaks_its_policy(scripted_page: Page, site):
    asked: set[str] = set()
    scripted_page.on("request", lambda request: asked.add(urlsplit(request.url).netloc))
    for address in {*KINDS.values(), *public_addresses(scripted_page)} - {*OF_ACCOUNTS.values()}:
        scripted_page.goto(address)
    assert scripted_page.context.cookies() == []
    assert asked == {urlsplit(site.url).netloc}


def test_the_cookie_of_a_form_is_out_of_reach_of_scripts(scripted_page: Page):
    for address in OF_ACCOUNTS.values():
        scripted_page.goto(address)
    [cookie] = scripted_page.context.cookies()
    assert (cookie["name"], cookie["httpOnly"], cookie["sameSite"]) == ("session", True, "Lax")


def test_a_broken_policy_is_heard(new_context):
    page = new_context().new_page()
    complaints = Complaints(page)
    page.goto("/")
    page.evaluate("document.body.append(Object.assign(document.createElement('script'), {text: '1'}))")
    assert any("script-src" in text for _url, text in complaints.heard())


def public_addresses(page: Page) -> list[str]:
    """The paths in the site's map."""
    site_map = page.request.get("/sitemap.xml").text()
    found = [urlsplit(address).path for address in re.findall(r"<loc>([^<]+)</loc>", site_map)]
    assert len(found) > 30
    return found
