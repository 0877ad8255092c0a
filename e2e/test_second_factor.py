"""Two-step sign-in with an app on the phone, and what helps when the phone is gone."""

import re
from time import time

from passlib.totp import TOTP
from playwright.sync_api import Page, expect

from e2e.people import new_member, sign_in, sign_out


def set_up(page: Page) -> tuple[TOTP, list[str]]:
    """Turn it on; the app and the recovery codes."""
    page.goto("/account/")
    page.get_by_role("link", name="Manage two-step sign-in").click()
    page.get_by_role("button", name="Set up an app").click()
    expect(page.get_by_role("img", name="QR code")).to_be_visible()
    app = TOTP(key=page.locator(".key").inner_text().replace("-", ""))
    enter(page, app.generate().token, "Turn on")
    expect(page.get_by_role("status")).to_have_text("Two-step sign-in is on.")
    return app, re.findall(r"\w{4}-\w{4}-\w{4}", page.locator(".codes").inner_text())


def enter(page: Page, code: str, button: str = "Sign in") -> None:
    page.get_by_label("Code from your app").fill(code)
    page.get_by_role("button", name=button, exact=True).click()


def next_code(app: TOTP) -> str:
    """The code after this one, as this one was used."""
    return app.generate(time() + 30).token


def test_the_code_is_asked_for_after_the_password(page: Page, site):
    name, _address = new_member(page, site)
    app, _codes = set_up(page)
    sign_out(page)
    sign_in(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("The second step")
    enter(page, "000 000")
    expect(page.get_by_label("Code from your app")).to_have_attribute("aria-invalid", "true")
    enter(page, next_code(app))
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_mistyped_code_leaves_the_set_up_as_it_was(page: Page, site):
    new_member(page, site)
    page.goto("/tf-setup")
    page.get_by_role("button", name="Set up an app").click()
    key = page.locator(".key").inner_text()
    enter(page, "000000", "Turn on")
    expect(page.locator(".key")).to_have_text(key)
    enter(page, TOTP(key=key.replace("-", "")).generate().token, "Turn on")
    expect(page.get_by_role("heading", level=1)).to_have_text("Recovery codes")


def test_a_recovery_code_lets_in_and_new_ones_are_made(page: Page, site):
    name, _address = new_member(page, site)
    _app, codes = set_up(page)
    sign_out(page)
    sign_in(page, name)
    page.get_by_role("link", name="My phone or key is gone").click()
    page.get_by_label("Recovery code").fill(codes[0])
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_text("9 left")).to_be_visible()
    page.get_by_role("link", name="Show the recovery codes").click()
    page.get_by_role("button", name="Make new ones").click()
    expect(page.locator(".codes")).to_be_visible()
    assert codes[1] not in page.locator(".codes").inner_text()


def test_it_is_turned_off_again(page: Page, site):
    name, _address = new_member(page, site)
    set_up(page)
    page.goto("/tf-setup")
    page.get_by_role("button", name="Turn it off").click()
    expect(page.get_by_role("status")).to_be_visible()
    sign_out(page)
    sign_in(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
