"""An owner changes the theme, names the site and invites a colleague."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Page, expect

from cms.db import unit_of_work
from cms.models import Setting
from e2e.people import PASSWORD, newcomer, sign_in
from e2e.server import Site
from e2e.test_accessibility import violations

LOOKS = {"theme": "default", "accent": "", "fonts": ""}
GREEN = "#1a6b3c"


@pytest.fixture
def alice(page: Page, site: Site) -> Iterator[Page]:
    """A browser in which alice is signed in; what she changes of the site is as before afterwards."""
    sign_in(page, "alice", site.passwords["alice"])
    expect(page.get_by_role("heading", level=1)).to_have_text("alice")
    with site.app.app_context():
        before = Setting.query.filter_by(name="name").one().value
    yield page
    with site.app.app_context(), unit_of_work():
        for name, value in {**LOOKS, "name": before}.items():
            Setting.change(name, value, by=None)


@pytest.fixture
def reader(new_context) -> Page:
    """A page of somebody without an account."""
    return new_context().new_page()


def theme_of(page: Page) -> str:
    page.goto("/")
    return page.locator('link[rel="stylesheet"][href*="/site."]').get_attribute("href").split("/")[2]


def accent(page: Page) -> str:
    return page.evaluate("getComputedStyle(document.documentElement).getPropertyValue('--spot-light')")


def test_a_theme_is_looked_at_before_everybody_sees_it(alice: Page, reader: Page):
    alice.goto("/admin/")
    alice.get_by_role("navigation", name="Back office").get_by_role("link", name="Themes").click()
    alice.get_by_role("link", name="Try it out Plain").click()
    alice.get_by_label("Accent colour on light paper", exact=True).fill(GREEN)
    alice.get_by_role("button", name="Look at it first").click()
    bar = alice.get_by_role("complementary", name="Preview")
    expect(bar).to_contain_text("You are looking at the theme “Plain”")
    assert (theme_of(alice), accent(alice)) == ("plain", GREEN)
    assert theme_of(reader) == "default"
    alice.get_by_role("link", name="News").first.click()
    expect(bar).to_be_visible()
    bar.get_by_role("button", name="Apply").click()
    expect(alice.get_by_role("status")).to_contain_text("The site wears the theme “Plain”")
    assert (theme_of(reader), accent(reader)) == ("plain", GREEN)
    expect(reader.get_by_role("complementary", name="Preview")).to_have_count(0)


def test_a_preview_that_does_not_please_is_stopped(alice: Page, reader: Page):
    alice.goto("/admin/themes/plain/")
    alice.get_by_role("button", name="Look at it first").click()
    alice.get_by_role("button", name="Stop").click()
    expect(alice.get_by_role("status")).to_contain_text("nothing was changed")
    assert theme_of(alice) == theme_of(reader) == "default"


def test_a_picked_colour_is_used(alice: Page, scripts: bool):
    alice.goto("/admin/themes/default/")
    alice.get_by_label("Accent colour on light paper: pick").fill(GREEN)
    expect(alice.get_by_label("Accent colour on light paper", exact=True)).to_have_value(
        GREEN if scripts else ""
    )
    alice.get_by_role("button", name="Save").click()
    expect(alice.get_by_role("status")).to_be_visible()
    alice.goto("/")
    assert accent(alice) == GREEN


def test_a_wrong_setting_keeps_what_was_typed(alice: Page, reader: Page):
    alice.goto("/admin/settings/")
    alice.get_by_label("Name of the site").fill("   ")
    alice.get_by_label("Line under the name").fill("Every night, again")
    alice.get_by_label("Name of the site").evaluate("field => field.form.noValidate = true")
    alice.get_by_role("button", name="Save").click()
    expect(alice.get_by_role("alert")).to_contain_text("Nothing is saved yet")
    expect(alice.get_by_label("Line under the name")).to_have_value("Every night, again")
    alice.get_by_label("Name of the site").fill("The Later Boat")
    alice.get_by_label("Time zone").select_option("Europe/Berlin")
    alice.get_by_role("button", name="Save").click()
    expect(alice.get_by_role("status")).to_have_text("The settings are saved.")
    reader.goto("/")
    expect(reader).to_have_title(re.compile("The Later Boat"))


def test_an_invited_colleague_chooses_a_password_and_signs_in(alice: Page, reader: Page, site: Site):
    name, address = newcomer()
    alice.goto("/admin/users/new/")
    alice.get_by_label("E-mail address").fill(address)
    alice.get_by_label("User name").fill(name)
    alice.get_by_label("Editor").check()
    alice.get_by_role("button", name="Invite").click()
    expect(alice.get_by_role("status")).to_have_text(f"{address} is invited.")
    alice.goto("/admin/users/")
    alice.get_by_role("link", name="invited, not yet there").click()
    expect(alice.get_by_role("link", name=name)).to_be_visible()
    reader.goto(site.link_to(address))
    reader.get_by_label("New password", exact=True).fill(PASSWORD)
    reader.get_by_label("The same once more").fill(PASSWORD)
    reader.get_by_role("button", name="Use this password").click()
    expect(reader.get_by_role("heading", level=1)).not_to_have_text("A new password")
    reader.context.clear_cookies()
    sign_in(reader, name)
    expect(reader.get_by_role("heading", level=1)).to_have_text(name)
    reader.get_by_role("link", name="Back office", exact=True).click()
    expect(reader.get_by_role("heading", level=1)).to_have_text(f"Hello, {name}")
    alice.reload()
    expect(alice.get_by_role("link", name=name)).to_have_count(0)


def test_a_test_mail_is_asked_for(alice: Page, site: Site):
    alice.goto("/admin/set-up/")
    alice.get_by_role("button", name="Send me a test mail").click()
    expect(alice.get_by_role("status")).to_contain_text("is on its way")
    expect(alice.get_by_text("Your last test mail:")).to_be_visible()
    assert site.mails_to("alice@example.org")[0].subject.endswith(": test")


@pytest.mark.parametrize("room", ["settings/", "themes/", "themes/default/"])
def test_axe_finds_nothing(scripted_page: Page, site: Site, room: str):
    sign_in(scripted_page, "alice", site.passwords["alice"])
    assert scripted_page.goto(f"/admin/{room}").status == 200
    assert violations(scripted_page) == {}


@pytest.mark.parametrize("theme", ["default", "plain"])
def test_axe_finds_nothing_in_a_preview_and_a_refused_form(scripted_page: Page, site: Site, theme: str):
    sign_in(scripted_page, "alice", site.passwords["alice"])
    scripted_page.goto(f"/admin/themes/{theme}/")
    scripted_page.get_by_label("Accent colour on light paper", exact=True).fill("red")
    scripted_page.get_by_role("button", name="Look at it first").click()
    expect(scripted_page.get_by_role("alert")).to_be_visible()
    assert violations(scripted_page) == {}
    scripted_page.get_by_label("Accent colour on light paper", exact=True).fill(GREEN)
    scripted_page.get_by_role("button", name="Look at it first").click()
    expect(scripted_page.get_by_role("complementary", name="Preview")).to_be_visible()
    assert violations(scripted_page) == {}
