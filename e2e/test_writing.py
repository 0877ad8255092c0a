"""Editors at their desks: writing, losing the connection, coming back, publishing, merging, restoring."""

import re
from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms.db import session, unit_of_work
from cms.models import Post, User
from e2e.browsing import tab_to
from e2e.conftest import watched
from e2e.people import sign_in
from e2e.server import Site
from e2e.test_accessibility import violations

NEW = "/admin/posts/new/"
NOVEL = "\n\n".join(f"Paragraph {number}. " + "The tide came in twice today. " * 33 for number in range(50))
KEPT = re.compile("Kept at")


def enter(page: Page, site: Site, name: str) -> Page:
    sign_in(page, name, site.passwords[name])
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    return page


@pytest.fixture
def eve(page: Page, site: Site) -> Page:
    """A browser in which eve is signed in."""
    return enter(page, site, "eve")


@pytest.fixture
def alice(new_context: Callable[..., BrowserContext], scripts: bool, site: Site) -> Iterator[Page]:
    """Another browser, in which alice is signed in."""
    for page in watched(new_context(java_script_enabled=scripts)):
        yield enter(page, site, "alice")


@pytest.fixture
def scripted_eve(scripted_page: Page, site: Site) -> Page:
    return enter(scripted_page, site, "eve")


def post_of(site: Site, title: str, body: str = "One.\n\nTwo.\n\nThree.") -> str:
    """A draft of eve's; the address of its form."""
    with site.app.app_context(), unit_of_work():
        post = Post.write(by=User.named("eve"), title=title, body=body)
        session.flush()
        return f"/admin/posts/{post.id}/edit/"


def title(page: Page):
    return page.get_by_label("Title", exact=True)


def text(page: Page):
    return page.get_by_label("Text", exact=True)


def save(page: Page) -> None:
    page.get_by_role("button", name="Save", exact=True).click()


def test_a_post_is_written_and_published_in_nine_steps(page: Page, site: Site):
    page.goto("/login?next=" + NEW)
    page.get_by_label("User name or e-mail address").fill("eve")  # 1
    page.get_by_label("Password").fill(site.passwords["eve"])  # 2
    page.get_by_role("button", name="Sign in", exact=True).click()  # 3
    title(page).fill("Nine steps")  # 4
    text(page).fill("To a *published* post.")  # 5
    page.get_by_role("button", name="Save and publish …").click()  # 6
    page.get_by_role("button", name="Publish", exact=True).click()  # 7
    expect(page.get_by_role("status").filter(has_text="It is published.")).to_be_visible()
    page.get_by_role("link", name="See it on the site").click()  # 8
    expect(page.get_by_role("heading", level=1)).to_have_text("Nine steps")
    expect(page.locator("em", has_text="published")).to_be_visible()


def test_ten_thousand_words_survive_a_crash(new_context: Callable[..., BrowserContext], site: Site):
    first = new_context()
    page = enter(first.new_page(), site, "eve")
    page.goto(NEW)
    title(page).fill("A long night")
    text(page).fill(NOVEL)
    expect(page.locator("#keeping")).to_have_text(KEPT)
    text(page).press("Control+End")
    with page.expect_response("**/unsaved/"):
        text(page).press_sequentially(" The end.")
    first.close()
    for page in watched(new_context()):
        enter(page, site, "eve")
        page.goto(NEW)
        page.get_by_role("listitem").filter(has_text="A long night").get_by_role("link").click()
        expect(title(page)).to_have_value("A long night")
        assert text(page).input_value() == f"{NOVEL} The end."
        save(page)
        expect(page.get_by_role("heading", level=1)).to_have_text("A long night")
        page.goto(NEW)
        expect(page.get_by_text("A long night")).to_have_count(0)


@pytest.mark.parametrize("is_new", [True, False], ids=["new", "old"])
def test_a_lost_connection_loses_nothing(
    new_context: Callable[..., BrowserContext], site: Site, is_new: bool
):
    context = new_context()
    page = enter(context.new_page(), site, "eve")
    address = NEW if is_new else post_of(site, "On the ferry")
    page.goto(address)
    context.set_offline(True)
    title(page).fill("In the tunnel")
    text(page).fill(NOVEL)
    expect(page.locator("#keeping")).to_have_text("No connection. Your text is kept in this browser.")
    page.close()
    context.set_offline(False)
    page = context.new_page()
    page.goto(address)
    page.get_by_role("button", name="Bring it back").click()
    expect(title(page)).to_have_value("In the tunnel")
    assert text(page).input_value() == NOVEL
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("In the tunnel")
    assert text(page).input_value() == NOVEL
    expect(page.get_by_text("This browser kept a text")).to_be_hidden()
    page.goto(address)
    expect(page.get_by_text("This browser kept a text")).to_be_hidden()


def test_a_lost_session_loses_nothing(eve: Page, site: Site, scripts: bool):
    address = post_of(site, "Signed out")
    eve.goto(address)
    text(eve).fill(NOVEL)
    eve.context.clear_cookies()
    save(eve)
    expect(eve.get_by_role("heading", level=1)).to_have_text("We could not read that request")
    kept = [box.input_value() for box in eve.locator("textarea").all()]
    assert NOVEL in kept
    enter(eve, site, "eve")
    eve.goto(address)
    if scripts:
        eve.get_by_role("button", name="Bring it back").click()
        assert text(eve).input_value() == NOVEL


def test_who_was_signed_out_while_typing_signs_in_elsewhere_and_goes_on(new_context, site: Site):
    address = post_of(site, "Signed in elsewhere")
    page = enter(new_context().new_page(), site, "eve")
    page.goto(address)
    page.context.clear_cookies()
    text(page).fill("Typed while signed out.")
    expect(page.locator("#keeping")).to_have_text(re.compile("You are signed out."))
    window = page.context.new_page()
    enter(window, site, "eve")
    window.close()
    expect(page.locator("#keeping")).to_have_text(KEPT)
    save(page)
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    assert text(page).input_value() == "Typed while signed out."


def test_what_was_saved_is_not_offered_as_unsaved(scripted_eve: Page, site: Site):
    page = scripted_eve
    address = post_of(site, "Said once")
    page.goto(address)
    text(page).fill("Once.")
    page.get_by_label("Tags").fill("b,a")
    save(page)
    expect(page.get_by_role("status").filter(has_text="Saved.")).to_be_visible()
    expect(page.get_by_text("This browser kept a text")).to_be_hidden()
    text(page).fill("Twice.")
    page.get_by_label("Tags").fill("d,c")
    page.get_by_role("button", name="Save and publish …").click()
    expect(page.get_by_role("button", name="Publish", exact=True)).to_be_visible()
    page.goto(address)
    expect(page.get_by_text("This browser kept a text")).to_be_hidden()
    assert page.evaluate("Object.keys(localStorage).filter(key => key.startsWith('unsaved')).length") == 0


def test_two_editors_merge(eve: Page, alice: Page, site: Site):
    address = post_of(site, "Of two hands")
    eve.goto(address)
    alice.goto(address)
    text(alice).fill("One of alice.\n\nTwo.\n\nThree.")
    save(alice)
    expect(alice.get_by_text("Saved.")).to_be_visible()
    text(eve).fill("One.\n\nTwo.\n\nThree of eve.")
    save(eve)
    expect(eve.get_by_role("heading", name="Two of you wrote at once")).to_be_visible()
    expect(eve.get_by_text("alice saved this text while you were writing")).to_be_visible()
    assert text(eve).input_value() == "One of alice.\n\nTwo.\n\nThree of eve."
    save(eve)
    expect(eve.get_by_text("Saved.")).to_be_visible()
    alice.goto(address)
    assert text(alice).input_value() == "One of alice.\n\nTwo.\n\nThree of eve."


def test_an_old_text_is_restored(eve: Page, site: Site):
    address = post_of(site, "Said before", "The boat leaves at six.")
    eve.goto(address)
    text(eve).fill("The boat leaves at seven.")
    save(eve)
    eve.get_by_role("link", name="History").click()
    eve.get_by_role("link", name="Revision 2").click()
    expect(eve.locator("del")).to_have_text("six")
    expect(eve.locator("ins")).to_have_text("seven")
    eve.get_by_role("link", name="History of Said before").click()
    eve.get_by_role("link", name="Revision 1").click()
    eve.get_by_role("button", name="Take this text back").click()
    expect(text(eve)).to_have_value("The boat leaves at six.")


def test_a_text_is_scheduled_taken_back_and_put_into_the_trash(eve: Page, site: Site):
    eve.goto(post_of(site, "For another day"))
    eve.get_by_role("link", name="Publish …").click()
    eve.get_by_label("At a certain time").check()
    eve.get_by_label("Day and time").fill("2040-07-01T09:00")
    eve.get_by_role("button", name="Publish", exact=True).click()
    expect(eve.get_by_text("It will be published on")).to_be_visible()
    expect(eve.get_by_text("scheduled", exact=True)).to_be_visible()
    eve.get_by_role("button", name="Make it a draft again").click()
    expect(eve.get_by_text("draft", exact=True)).to_be_visible()
    eve.get_by_role("button", name="Into the trash").click()
    expect(eve.get_by_text("It will be deleted for good")).to_be_visible()
    eve.get_by_role("button", name="Take it from the trash").click()
    expect(title(eve)).to_have_value("For another day")


def test_the_preview_shows_what_is_typed(eve: Page, scripts: bool):
    eve.goto(NEW)
    text(eve).fill("A *slow* tide.")
    if scripts:
        eve.locator("#live summary").click()
    else:
        eve.get_by_role("button", name="Preview", exact=True).click()
    expect(eve.locator("#live em")).to_have_text("slow")
    if scripts:
        text(eve).fill("A **fast** tide.")
        expect(eve.locator("#live strong")).to_have_text("fast")


def test_all_is_done_by_keyboard(scripted_eve: Page):
    page = scripted_eve
    page.goto(NEW)
    tab_to(page, title(page))
    page.keyboard.type("By keyboard alone")
    tab_to(page, page.get_by_role("button", name="Heading"))
    page.keyboard.press("ArrowRight")
    expect(page.get_by_role("button", name="Bold")).to_be_focused()
    page.keyboard.press("End")
    expect(page.get_by_role("button", name="Code")).to_be_focused()
    page.keyboard.press("Tab")
    expect(text(page)).to_be_focused()
    page.keyboard.type("tide")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+b")
    expect(text(page)).to_have_value("**tide**")
    page.keyboard.press("Control+a")
    page.keyboard.press("Control+Shift+Digit8")
    expect(text(page)).to_have_value("- **tide**")
    page.keyboard.press("Control+Shift+p")
    expect(page.locator("#live li strong")).to_have_text("tide")
    page.keyboard.press("Control+s")
    expect(page.get_by_role("heading", level=1)).to_have_text("By keyboard alone")


def test_axe_finds_nothing_where_texts_are_written(scripted_eve: Page, site: Site):
    page, address = scripted_eve, post_of(site, "For everybody", "One.\n\nTwo.")
    room = address.removesuffix("edit/")
    page.goto(address)
    text(page).fill("One.\n\nTwo, *changed*.")
    save(page)
    expect(page.get_by_text("Saved.")).to_be_visible()
    closed = page.get_by_role("main").locator("details:not([open]) > summary")
    while closed.count():
        closed.first.click()
    expect(page.locator("#live em")).to_be_visible()
    assert violations(page) == {}
    for act in ("history/", "history/2/", "history/1/?compare=present", "publish/"):
        assert page.goto(f"{room}{act}").status == 200
        assert violations(page) == {}, act


def test_axe_finds_nothing_on_a_new_text_a_refused_one_and_a_merge(scripted_eve: Page, site: Site):
    page, address = scripted_eve, post_of(site, "Of two again")
    page.goto(NEW)
    assert violations(page) == {}
    title(page).fill("Refused")
    page.locator("summary", has_text="Address, series and dates").click()
    page.get_by_label("Original address").fill("nowhere")
    save(page)
    expect(page.get_by_role("alert")).to_be_visible()
    assert violations(page) == {}
    page.goto(address)
    with site.app.app_context(), unit_of_work():
        post = session.query(Post).filter_by(title="Of two again").one()
        post.revise(by=User.named("alice"), body="One of alice.", summary="Hers.")
    text(page).fill("One of eve.")
    page.get_by_label("Summary").fill("Mine.")
    save(page)
    expect(page.get_by_role("heading", name="Two of you wrote at once")).to_be_visible()
    assert violations(page) == {}
