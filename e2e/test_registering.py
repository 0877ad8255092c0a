"""Somebody registers, confirms the address, signs in; forgets the password; moves to another address."""

from playwright.sync_api import Page, expect

from e2e.people import PASSWORD, new_member, newcomer, register, sign_in, sign_out

OTHER = "eleven lanterns under a bridge"


def test_a_newcomer_registers_confirms_and_signs_in(page: Page, site):
    name, address = newcomer()
    register(page, name, address)
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    sign_in(page, name)
    expect(page.get_by_role("link", name="I have just registered")).to_be_visible()
    page.goto(site.link_to(address))
    page.get_by_label("Password").fill(PASSWORD)
    page.get_by_role("button", name="Confirm and sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    sign_out(page)
    sign_in(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_what_was_typed_comes_back_with_what_is_wrong(page: Page):
    name, address = newcomer()
    register(page, name, address, password="password123")
    expect(page.get_by_label("Password")).to_have_attribute("aria-invalid", "true")
    expect(page.get_by_text("most used")).to_be_visible()
    expect(page.get_by_label("User name")).to_have_value(name)
    expect(page.get_by_label("E-mail address")).to_have_value(address)


def test_a_forgotten_password_is_replaced(page: Page, site):
    name, address = new_member(page, site)
    sign_out(page)
    page.get_by_role("link", name="Sign in").first.click()
    page.get_by_role("link", name="I forgot my password").click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(site.link_to(address))
    page.get_by_label("New password").fill(OTHER)
    page.get_by_label("The same once more").fill(OTHER)
    page.get_by_role("button", name="Use this password").click()
    sign_in(page, name, OTHER)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_link_signs_in_without_a_password(page: Page, site):
    name, address = new_member(page, site)
    sign_out(page)
    page.goto("/login")
    page.get_by_role("link", name="Send me a link instead").click()
    page.get_by_label("E-mail address").fill(address)
    page.get_by_role("button", name="Send the link").click()
    page.goto(site.link_to(address))
    page.get_by_role("button", name="Sign in", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)


def test_a_member_moves_to_another_address(page: Page, site):
    name, old = new_member(page, site)
    _name, new = newcomer()
    page.goto("/change-email")
    page.get_by_label("New e-mail address").fill(new)
    page.get_by_role("button", name="Send the link").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Look into your mail")
    page.goto(site.link_to(new))
    page.get_by_role("button", name="Use the new address").click()
    sign_out(page)
    sign_in(page, new)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    assert "another e-mail address" in site.mails_to(old)[0].text


def test_a_changed_password_keeps_this_browser_signed_in(page: Page, site):
    name, _address = new_member(page, site)
    page.goto("/change")
    page.get_by_label("The password of today").fill(PASSWORD)
    page.get_by_label("New password").fill(OTHER)
    page.get_by_label("The same once more").fill(OTHER)
    page.get_by_role("button", name="Change it").click()
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    sign_out(page)
    sign_in(page, name, OTHER)
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
