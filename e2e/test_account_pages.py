"""Every page of an account is free of faults that axe can find, on a phone and on a desk, light and dark."""

import pytest
from playwright.sync_api import Page, expect

from e2e.people import new_member, sign_in, sign_out
from e2e.test_accessibility import violations
from e2e.test_second_factor import set_up

ADDRESSES = (
    "/account/",
    "/account/sessions/",
    "/account/leave",
    "/account/farewell",
    "/tf-setup",
    "/mf-recovery-codes",
    "/mf-recovery-codes?show_codes=1",
    "/wan-register",
    "/wan-verify",
    "/verify",
    "/change",
    "/change-email",
)


def test_the_pages_of_a_member(scripted_page: Page, site):
    new_member(scripted_page, site)
    assert faults_at(scripted_page, ADDRESSES) == {}


def test_the_pages_of_a_member_with_two_steps(scripted_page: Page, site):
    new_member(scripted_page, site)
    set_up(scripted_page)
    assert faults_at(scripted_page, ADDRESSES) == {}


def test_the_pages_of_the_second_step(scripted_page: Page, site):
    name, _address = new_member(scripted_page, site)
    set_up(scripted_page)
    sign_out(scripted_page)
    sign_in(scripted_page, name)
    assert faults_at(scripted_page, ("/tf-validate", "/mf-recovery")) == {}


def test_the_pages_with_a_refused_form(scripted_page: Page, site):
    page = scripted_page
    new_member(page, site)
    page.goto("/tf-setup")
    page.get_by_role("button", name="Set up an app").click()
    page.get_by_label("Code from your app").fill("000000")
    page.get_by_role("button", name="Turn on").click()
    expect(page.locator("[aria-invalid=true]")).to_be_visible()
    assert violations(page) == {}


@pytest.mark.parametrize("width", [320, 390])
def test_nothing_is_wider_than_the_screen(scripted_page: Page, site, width: int):
    new_member(scripted_page, site)
    set_up(scripted_page)
    scripted_page.set_viewport_size({"width": width, "height": 800})
    for address in ADDRESSES:
        scripted_page.goto(address)
        assert scripted_page.evaluate("document.documentElement.scrollWidth") <= width, address


def faults_at(page: Page, addresses: tuple[str, ...]) -> dict[str, dict]:
    found = {}
    for address in addresses:
        assert page.goto(address).status == 200, address
        if faults := violations(page):
            found[address] = faults
    return found
