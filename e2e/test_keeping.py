"""What is typed and could not be kept by the site: the writer is told why, and nothing is lost."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, Route, expect

from cms.db import session, unit_of_work
from cms.models import Media, Post, User
from e2e.server import Site
from e2e.test_writing import KEPT, NEW, enter, text
from tests.media.pictures import plain


@pytest.fixture
def eve(new_context: Callable[..., BrowserContext], site: Site) -> Page:
    """A browser that may complain: the site will refuse what it sends."""
    return enter(new_context().new_page(), site, "eve")


def pass_time(page: Page, seconds: int) -> None:
    for _step in range(seconds // 4):
        page.clock.run_for(4_000)
        page.wait_for_timeout(50)  # for the answer of the site


@pytest.mark.parametrize(
    ("status", "reason", "times"),
    [
        (400, "You are signed out.", 4),
        (404, "This text is not here any more", 1),
        (413, "The text is too long to be kept", 1),
        (429, "we try again", 4),
        (500, "we try again", 4),
    ],
)
def test_the_writer_is_told_why_and_the_site_is_not_asked_for_ever(eve: Page, status, reason, times):
    asked = []

    def refuse(route: Route) -> None:
        asked.append(route.request.url)
        route.fulfill(status=status)

    eve.route("**/unsaved/", refuse)
    eve.clock.install()
    eve.goto(NEW)
    text(eve).fill("Low water.")
    pass_time(eve, 100)  # asked after 4, 16, 40 and 88 seconds
    expect(eve.locator("#keeping")).to_contain_text(reason)
    assert len(asked) == times
    eve.goto(NEW)
    eve.get_by_role("button", name="Bring it back").first.click()
    expect(text(eve)).to_have_value("Low water.")


def test_a_text_that_was_too_long_is_kept_when_it_is_shorter(eve: Page):
    eve.route("**/unsaved/", lambda route: route.fulfill(status=413), times=1)
    eve.goto(NEW)
    text(eve).fill("Too long.")
    expect(eve.locator("#keeping")).to_contain_text("The text is too long to be kept")
    text(eve).fill("Short.")
    expect(eve.locator("#keeping")).to_have_text(KEPT)


def test_check_boxes_are_brought_back(eve: Page, site: Site):
    with site.app.app_context(), unit_of_work():
        cover = Media.store(plain("PNG", 77, 88), "cover.png", by=None)
        post = Post.write(by=User.named("eve"), title="With a picture", body="One.", cover=cover)
        session.flush()
        address = f"/admin/posts/{post.id}/edit/"
    eve.goto(address)
    eve.locator("summary", has_text="Title picture").click()
    eve.context.set_offline(True)
    eve.get_by_label("Take the picture away").check()
    expect(eve.locator("#keeping")).to_have_text(re.compile("No connection."))
    eve.close()
    eve.context.set_offline(False)
    page = eve.context.new_page()
    box = page.get_by_label("Take the picture away")
    page.goto(address)
    page.get_by_role("button", name="Bring it back").click()
    expect(box).to_be_checked()
    expect(page.locator("#keeping")).to_have_text(KEPT)
    page.goto(address)
    page.get_by_role("link", name="Bring it back").click()
    expect(box).to_be_checked()
