"""A member takes their data along and deletes the account."""

import json
from zipfile import ZipFile

from playwright.sync_api import Page, expect

from e2e.people import new_member, sign_in


def test_my_data_comes_as_an_archive(page: Page, site):
    name, address = new_member(page, site)
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download your data").click()
    with ZipFile(waiting.value.path()) as archive:
        account = json.loads(archive.read("account.json"))[0]
    assert (account["user name"], account["e-mail address"]) == (name, address)


def test_leaving_asks_for_the_name_and_ends_the_account(page: Page, site):
    name, _address = new_member(page, site)
    page.get_by_role("link", name="Delete the account").click()
    field = page.get_by_label("Type your name here")
    field.fill("somebody")
    page.get_by_role("button", name="Delete the account for good").click()
    expect(field).to_have_attribute("aria-invalid", "true")
    field.fill(name)
    page.get_by_role("button", name="Delete the account for good").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Farewell")
    sign_in(page, name)
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
