"""A text goes from its writer to a reviewer, back with remarks, and out to the readers."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms.db import unit_of_work
from e2e.people import newcomer, sign_in
from e2e.server import Site
from tests.factories import PASSWORD, make_user

Browser = Callable[..., Page]


@pytest.fixture
def browser_of(new_context: Callable[..., BrowserContext], scripts: bool) -> Browser:
    """A browser in which somebody is signed in."""

    def open_browser(name: str, password: str) -> Page:
        page = new_context(java_script_enabled=scripts).new_page()
        sign_in(page, name, password)
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        return page

    return open_browser


@pytest.fixture
def carla(site: Site, browser_of: Browser) -> Page:
    """The browser of a contributor, who may not publish, with a post begun."""
    name, address = newcomer()
    with site.app.app_context(), unit_of_work():
        make_user(name, "contributor", email=address)
    page = browser_of(name, PASSWORD)
    page.goto("/admin/posts/new/")
    page.get_by_label("Title", exact=True).fill(f"Low water by {name}")
    page.locator("#body").fill("The tide went out.")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(f"Low water by {name}")
    return page


@pytest.fixture
def eve(site: Site, browser_of: Browser) -> Page:
    return browser_of("eve", site.passwords["eve"])


def test_a_text_is_sent_back_with_remarks_and_then_published(site: Site, carla: Page, eve: Page):
    carla.get_by_role("link", name="Send for review").click()
    carla.get_by_role("button", name="Send for review").click()
    expect(carla.get_by_text("Somebody else has to approve it")).to_be_visible()
    assert "Low water" in site.mails_to("eve@example.org")[0].subject
    eve.goto(carla.url)
    eve.get_by_label("Remarks").fill("Say where.")
    eve.get_by_role("button", name="Send back").click()
    expect(eve.get_by_role("button", name="Send back")).to_have_count(0)
    carla.reload()
    expect(carla.get_by_text("Say where.").first).to_be_visible()
    carla.locator("#body").fill("The tide went out at the slip.")
    carla.get_by_role("button", name="Save", exact=True).click()
    carla.get_by_role("link", name="Send for review").click()
    carla.get_by_role("button", name="Send for review").click()
    eve.goto(carla.url)
    eve.get_by_role("link", name="Approve and publish").click()
    eve.get_by_role("button", name="Publish").first.click()
    eve.goto("/blog/")
    eve.get_by_role("link", name=carla.get_by_role("heading", level=1).inner_text()).first.click()
    expect(eve.get_by_text("The tide went out at the slip.")).to_be_visible()


def test_a_link_shows_a_draft_to_somebody_without_an_account(carla: Page, page: Page):
    carla.get_by_role("button", name="Make a link").click()
    link = carla.get_by_label("Whoever has this link can read the text").input_value()
    page.goto(link)
    expect(page.get_by_text("The tide went out.")).to_be_visible()
    expect(page.get_by_text("A preview of a draft, for you alone until")).to_be_visible()
    carla.go_back()
    carla.get_by_role("button", name="End all links").click()
    expect(carla.get_by_text("No link to a preview of this text works any more.")).to_be_visible()
    assert page.goto(link).status == 410
