"""Every kind of page is free of faults that axe can find: light and dark, on a phone and on a desk."""

from itertools import product

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from e2e.pages import KINDS

WIDTHS = {"phone": 390, "desk": 1280}  # CSS pixels


@pytest.mark.parametrize("kind", KINDS)
def test_axe_finds_nothing(scripted_page: Page, kind: str):
    scripted_page.goto(KINDS[kind])
    assert violations(scripted_page) == {}


@pytest.mark.parametrize("kind", ["home", "list", "long post", "search", "sign-in"])
def test_axe_finds_nothing_in_the_plain_theme(scripted_page: Page, plain_theme, kind: str):
    scripted_page.goto(KINDS[kind])
    assert violations(scripted_page) == {}


def test_axe_finds_nothing_with_the_panels_open(scripted_page: Page):
    for panel in ("Search", "Appearance"):
        scripted_page.goto("/about/")
        scripted_page.get_by_role("banner").get_by_text(panel).first.click()
        assert violations(scripted_page) == {}


def violations(page: Page) -> dict[tuple[str, str], list[str]]:
    """``{(width, scheme): [rule and element, ...]}`` of what axe holds against the page."""
    found = {}
    for (name, width), scheme in product(WIDTHS.items(), ("light", "dark")):
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(color_scheme=scheme)
        if faults := axe_faults(page):
            found[name, scheme] = faults
    return found


def axe_faults(page: Page) -> list[str]:
    violated = Axe().run(page).response["violations"]
    return [f"{rule['id']}: {node['html'][:200]}" for rule in violated for node in rule["nodes"]]
