"""Signing out elsewhere, and everywhere."""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from e2e.conftest import watched
from e2e.people import new_member, sign_in


@pytest.fixture
def elsewhere(new_context: Callable[..., BrowserContext], scripts: bool) -> Iterator[Page]:
    """Another browser."""
    yield from watched(new_context(java_script_enabled=scripts))


def is_signed_out(page: Page) -> bool:
    page.goto("/account/")
    return page.get_by_role("heading", level=1).inner_text().casefold() == "sign in"


def test_one_browser_is_signed_out_from_another(page: Page, elsewhere: Page, site):
    name, _address = new_member(page, site)
    sign_in(elsewhere, name)
    page.goto("/account/")
    page.get_by_role("link", name="See where you are signed in").click()
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(2)
    page.get_by_role("button", name="Sign out there").click()
    expect(page.get_by_role("status")).to_have_text("You are signed out there.")
    assert is_signed_out(elsewhere)
    assert not is_signed_out(page)


def test_everywhere_but_here(page: Page, elsewhere: Page, site):
    name, _address = new_member(page, site)
    sign_in(elsewhere, name)
    page.goto("/account/sessions/")
    page.get_by_role("button", name="Sign out everywhere but here").click()
    expect(page.get_by_role("main").get_by_role("listitem")).to_have_count(1)
    assert is_signed_out(elsewhere)


def test_everywhere(page: Page, elsewhere: Page, site):
    name, _address = new_member(page, site)
    sign_in(elsewhere, name)
    page.goto("/account/sessions/")
    page.get_by_role("button", name="Sign out everywhere", exact=True).click()
    expect(page.get_by_label("User name or e-mail address")).to_be_visible()
    assert is_signed_out(elsewhere)
    assert is_signed_out(page)
