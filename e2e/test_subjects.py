"""An editor keeps subjects and menus in order: every journey with JavaScript and without."""

import pytest
from playwright.sync_api import Locator, Page, expect

from cms.db import session, unit_of_work
from cms.models import MenuItem, Tag
from e2e.browsing import tab_to
from e2e.people import sign_in
from e2e.server import Site
from e2e.test_accessibility import violations
from tests.factories import make_post


@pytest.fixture
def eve(page: Page, site: Site) -> Page:
    """A browser in which eve, who edits, is signed in."""
    sign_in(page, "eve", site.passwords["eve"])
    expect(page.get_by_role("heading", level=1)).to_have_text("eve")
    return page


@pytest.fixture
def menu(site: Site) -> list[int]:
    """Three items in a menu of their own, which no page shows."""
    with site.app.app_context(), unit_of_work():
        for item in session.query(MenuItem).filter_by(menu="journey"):
            session.delete(item)
        for place, name in enumerate(("Ebb", "Flood", "Slack")):
            MenuItem.place(by=None, menu="journey", label=name, url=f"/{name.lower()}/", position=place)


def rows(page: Page) -> Locator:
    return page.get_by_role("region", name="journey").get_by_role("listitem")


def said(page: Page, text: str) -> None:
    expect(page.get_by_role("status").filter(has_text=text)).to_be_visible()


def test_a_tag_is_renamed_and_its_old_address_leads_to_the_new_one(eve: Page, site: Site, scripts: bool):
    name = f"Murmuration {scripts}"
    slug = f"murmuration-{scripts}".lower()
    with site.app.test_request_context(), unit_of_work():
        make_post(title=f"Starlings {scripts}", tags=[name])
    eve.goto("/admin/tags/")
    eve.get_by_label("Search").fill("murmuration")
    eve.get_by_role("button", name="Show").click()
    eve.get_by_role("link", name=name).click()
    eve.get_by_role("link", name="Edit").click()
    eve.get_by_label("Name").fill(f"Flock {scripts}")
    if not scripts:
        eve.get_by_label("End of the address").fill("")
    eve.get_by_role("button", name="Save").click()
    said(eve, f"/tag/{slug}/ leads to /tag/flock-{scripts}/ from now on.".lower())
    eve.goto(f"/tag/{slug}/")
    assert eve.url.endswith(f"/tag/flock-{scripts}/".lower())
    expect(eve.get_by_role("link", name=f"Starlings {scripts}")).to_be_visible()


def test_two_tags_are_merged_and_parted_again(eve: Page, site: Site, scripts: bool):
    with site.app.test_request_context(), unit_of_work():
        make_post(tags=[f"Boats {scripts}"])
        number = Tag.named(f"Boat {scripts}", by=None).id
    eve.goto(f"/admin/tags/?search=boats+{scripts}")
    eve.get_by_role("link", name=f"Boats {scripts}").click()
    eve.get_by_role("link", name="Merge into another …").click()
    eve.get_by_label("Into which one?").fill(f"boat {scripts}")
    eve.get_by_role("button", name="Further").click()
    eve.get_by_role("button", name="Merge").click()
    said(eve, f"“Boats {scripts}” is merged into “Boat {scripts}”")
    expect(eve.get_by_text("1 post", exact=False).first).to_be_visible()
    eve.goto("/admin/trash/")
    eve.get_by_role("link", name=f"Boats {scripts}").click()
    eve.get_by_role("button", name="Restore").click()
    said(eve, f"“Boats {scripts}” is back.")
    eve.goto(f"/admin/tags/{number}/")
    expect(eve.get_by_text("0 posts")).to_be_visible()


def test_a_menu_is_put_in_order_by_its_buttons(eve: Page, menu):
    eve.goto("/admin/menus/")
    eve.get_by_role("button", name="Move “Slack” up").click()
    said(eve, "“Slack” is now item 2 of the menu.")
    expect(rows(eve)).to_contain_text(["Ebb", "Slack", "Flood"])
    expect(eve.get_by_role("button", name="Move “Slack” up")).to_be_focused()
    eve.keyboard.press("Enter")
    expect(rows(eve)).to_contain_text(["Slack", "Ebb", "Flood"])
    expect(eve.get_by_role("button", name="Move “Slack” down")).to_be_focused()


def test_the_buttons_are_reached_by_keyboard(eve: Page, menu):
    eve.goto("/admin/menus/")
    tab_to(eve, eve.get_by_role("button", name="Move “Ebb” down"))
    eve.keyboard.press("Enter")
    expect(rows(eve)).to_contain_text(["Flood", "Ebb", "Slack"])


def drag_the_last_to_the_top(page: Page) -> None:
    grips = rows(page).locator(".order-grip")
    grips.nth(2).scroll_into_view_if_needed()
    start, end = grips.nth(2).bounding_box(), grips.nth(0).bounding_box()
    page.mouse.move(start["x"] + 10, start["y"] + 10)
    page.mouse.down()
    page.mouse.move(end["x"] + 10, end["y"] + 30, steps=5)
    page.mouse.move(end["x"] + 10, end["y"] - 5, steps=5)
    page.mouse.up()


@pytest.mark.parametrize("scripts", [True], indirect=True)
def test_a_menu_is_put_in_order_by_dragging(eve: Page, menu):
    eve.goto("/admin/menus/")
    drag_the_last_to_the_top(eve)
    said(eve, "“Slack” is now item 1 of the menu.")
    eve.reload()
    expect(rows(eve)).to_contain_text(["Slack", "Ebb", "Flood"])


@pytest.mark.parametrize("scripts", [True], indirect=True)
@pytest.mark.parametrize("answer", ["Promise.reject()", "Promise.resolve(new Response('', {status: 503}))"])
def test_what_was_dragged_in_vain_goes_back(eve: Page, menu, answer: str):
    eve.goto("/admin/menus/")
    eve.evaluate(f"() => {{ window.fetch = () => {answer} }}")
    drag_the_last_to_the_top(eve)
    said(eve, "That did not reach the site.")
    expect(rows(eve)).to_contain_text(["Ebb", "Flood", "Slack"])


ROOMS = ["tags/", "tags/new/", "tags/1/", "tags/1/edit/", "tags/1/delete/", "tags/1/merge/", "series/1/"]
ROOMS += ["authors/1/edit/", "menus/", "menus/new/", "redirects/", "redirects/new/", "redirects/import/"]
ROOMS += ["snippets/", "snippets/new/", "trash/"]


@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing(scripted_page: Page, site: Site, room: str):
    sign_in(scripted_page, "eve", site.passwords["eve"])
    assert scripted_page.goto(f"/admin/{room}").status == 200
    assert violations(scripted_page) == {}
