"""A reader chooses light or dark; until then the device decides, and nothing is stored."""

import pytest
from playwright.sync_api import Page, expect

from e2e.browsing import is_dark, paper


def choose(page: Page, name: str) -> None:
    page.get_by_text("Appearance").click()
    chosen = page.get_by_role("button", name=name, exact=True)
    chosen.click()
    expect(page.locator("#appearance [aria-pressed=true]")).to_have_text(name)


@pytest.mark.parametrize("preference", ["light", "dark"])
def test_the_device_decides_as_long_as_the_reader_has_not(page: Page, preference: str):
    page.emulate_media(color_scheme=preference)
    page.goto("/")
    assert is_dark(paper(page)) is (preference == "dark")
    assert page.context.cookies() == []


@pytest.mark.parametrize(("preference", "choice"), [("light", "Dark"), ("dark", "Light")])
def test_a_choice_holds_on_all_pages_and_after_reloading(page: Page, site, preference: str, choice: str):
    page.emulate_media(color_scheme=preference)
    page.goto("/about/")
    choose(page, choice)
    assert page.url == f"{site.url}/about/"
    for look_again in (page.reload, lambda: page.goto("/blog/"), lambda: page.goto("/")):
        assert is_dark(paper(page)) is (choice == "Dark")
        look_again()
    assert is_dark(paper(page)) is (choice == "Dark")
    assert [cookie["name"] for cookie in page.context.cookies()] == ["scheme"]


def test_a_choice_can_be_handed_back_to_the_device(page: Page):
    page.goto("/search/?q=boat")
    choose(page, "Dark")
    assert is_dark(paper(page))
    page.reload()
    choose(page, "As the device")
    assert not is_dark(paper(page))
    page.emulate_media(color_scheme="dark")
    assert is_dark(paper(page))
    expect(page.get_by_role("main").get_by_role("searchbox")).to_have_value("boat")
