"""An editor signs in, looks at a draft, and signs out."""

from playwright.sync_api import Page, expect

from e2e import content


def sign_in(page: Page, name: str, password: str) -> None:
    page.goto("/")
    page.get_by_role("link", name="Sign in").click()
    page.get_by_label("User name or e-mail address").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_an_editor_sees_drafts_until_signing_out(page: Page, site):
    sign_in(page, "eve", site.passwords["eve"])
    expect(page.get_by_role("heading", level=1)).to_have_text("eve")
    assert page.goto(content.DRAFT).status == 200
    expect(page.get_by_text("Only editors see this page.")).to_be_visible()
    page.get_by_role("banner").get_by_role("link", name="eve").click()
    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("link", name="Sign in")).to_be_visible()
    assert page.goto(content.DRAFT).status == 404


def test_a_member_sees_no_drafts(page: Page, site):
    sign_in(page, "bob", site.passwords["bob"])
    expect(page.get_by_role("heading", level=1)).to_have_text("bob")
    assert page.goto(content.DRAFT).status == 404


def test_a_wrong_password_is_refused_and_the_name_stays(page: Page):
    sign_in(page, "eve", "not the password")
    expect(page.get_by_role("alert").or_(page.locator("[aria-invalid=true]")).first).to_be_visible()
    expect(page.get_by_label("User name or e-mail address")).to_have_value("eve")
    expect(page.get_by_label("Password")).to_have_value("")
    expect(page.get_by_role("banner").get_by_role("link", name="Sign in")).to_be_visible()
