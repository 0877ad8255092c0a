"""Signing in with a passkey, by Chromium's virtual authenticator; and what is said without JavaScript."""

import pytest
from playwright.sync_api import Page, expect

from e2e.people import new_member, sign_in, sign_out

DEVICE = {
    "protocol": "ctap2",
    "transport": "internal",
    "hasResidentKey": True,
    "hasUserVerification": True,
    "isUserVerified": True,
    "automaticPresenceSimulation": True,
}


class Device:
    """A device that keeps passkeys, and whose owner touches it at once, or never."""

    def __init__(self, page: Page):
        self.browser = page.context.new_cdp_session(page)
        self.browser.send("WebAuthn.enable")
        added = self.browser.send("WebAuthn.addVirtualAuthenticator", {"options": DEVICE})
        self.name = {"authenticatorId": added["authenticatorId"]}

    def knows_its_owner(self, known: bool) -> None:
        self.browser.send("WebAuthn.setUserVerified", {**self.name, "isUserVerified": known})


@pytest.fixture
def authenticator(scripted_page: Page) -> Device:
    return Device(scripted_page)


def add_passkey(page: Page, name: str, use: str = "Signing in without a password") -> None:
    page.goto("/account/")
    page.get_by_role("link", name="Manage passkeys").click()
    page.get_by_label("What is it called?").fill(name)
    page.get_by_label(use).check()
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("status")).to_have_text(f"“{name}” is your passkey now.")


def test_a_passkey_signs_in_without_name_and_password(scripted_page: Page, site, authenticator):
    page = scripted_page
    name, _address = new_member(page, site)
    add_passkey(page, "Laptop")
    sign_out(page)
    page.goto("/login")
    page.get_by_role("button", name="Sign in with a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    page.goto("/account/sessions/")
    expect(page.get_by_text("by passkey")).to_be_visible()


def test_a_removed_one_signs_nobody_in(scripted_page: Page, site, authenticator):
    page = scripted_page
    new_member(page, site)
    add_passkey(page, "Laptop")
    page.get_by_role("button", name="Remove Laptop").click()
    expect(page.get_by_role("status")).to_contain_text("signs you in no more")
    sign_out(page)
    page.goto("/wan-signin")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("could not be used")


def test_as_a_second_step_it_comes_after_the_password(scripted_page: Page, site, authenticator):
    page = scripted_page
    name, _address = new_member(page, site)
    add_passkey(page, "Stick", "As the second step, after the password")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")
    sign_out(page)
    sign_in(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_device_that_does_not_know_its_owner_is_asked_again(scripted_page: Page, site, authenticator):
    page = scripted_page
    name, _address = new_member(page, site)
    add_passkey(page, "Laptop")
    sign_out(page)
    authenticator.knows_its_owner(False)
    page.goto("/wan-signin")
    page.get_by_role("button", name="Use a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("Nothing was done")
    authenticator.knows_its_owner(True)
    page.get_by_role("button", name="Ask again").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_the_same_device_is_told_that_it_has_one(scripted_page: Page, site, authenticator):
    page = scripted_page
    new_member(page, site)
    add_passkey(page, "Laptop")
    page.get_by_label("What is it called?").fill("Laptop again")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_role("alert")).to_contain_text("has a passkey for you already")


@pytest.mark.parametrize("scripts", [False], ids=["plain"], indirect=True)
def test_without_scripts_the_pages_say_what_they_need(page: Page, site):
    new_member(page, site)
    page.goto("/wan-register")
    expect(page.get_by_text("with JavaScript only")).to_be_visible()
    page.get_by_label("What is it called?").fill("Laptop")
    page.get_by_role("button", name="Add a passkey").click()
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    page.get_by_role("link", name="Another way").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Passkeys")
    sign_out(page)
    page.goto("/wan-signin")
    expect(page.get_by_text("Passkeys need JavaScript")).to_be_visible()
    page.get_by_role("link", name="Sign in with the password").click()
    expect(page.get_by_label("Password")).to_be_visible()
