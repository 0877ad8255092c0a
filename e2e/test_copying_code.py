"""A reader copies a block of code and gets exactly the code."""

from playwright.sync_api import Page, expect

from e2e import content


def test_selected_code_is_exactly_the_code(page: Page):
    page.goto(content.CODE_POST)
    code = page.locator(".prose pre code")
    assert code.evaluate("element => element.textContent") == content.CODE
    code.evaluate("element => getSelection().selectAllChildren(element)")
    selected = page.evaluate("getSelection().toString()")
    assert selected == content.CODE.removesuffix("\n")  # no browser gives the last line break of a selection


def test_the_button_copies_exactly_the_code(page: Page, scripts: bool):
    page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    page.goto(content.CODE_POST)
    button = page.get_by_role("button", name="Copy")
    if scripts:
        button.click()
        expect(page.get_by_role("button", name="Copied")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == content.CODE
    else:
        expect(button).to_have_count(0)
