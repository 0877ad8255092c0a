"""The people who run the site at their desks: every journey with a browser of their own."""

from collections.abc import Callable

import pytest
from playwright.sync_api import BrowserContext, Page, expect

from cms.db import session, unit_of_work
from cms.models import Job, Mail
from e2e.browsing import tab_to
from e2e.people import newcomer, sign_in
from e2e.server import Site
from e2e.test_accessibility import axe_faults, violations

SEE_ACTIVITY = "See what was changed, when and by whom"
PHONE = {"width": 390, "height": 844}


@pytest.fixture
def alice(page: Page, site: Site) -> Page:
    """A browser in which alice is signed in."""
    sign_in(page, "alice", site.passwords["alice"])
    expect(page.get_by_role("heading", level=1)).to_have_text("alice")
    return page


@pytest.fixture
def browser_of(
    new_context: Callable[..., BrowserContext], site: Site, scripts: bool
) -> Callable[[str], Page]:
    """Another browser, in which somebody else is signed in."""

    def open_browser(name: str) -> Page:
        page = new_context(java_script_enabled=scripts).new_page()
        sign_in(page, name, site.passwords[name])
        expect(page.get_by_role("heading", level=1)).to_have_text(name)
        return page

    return open_browser


def go_to(page: Page, *names: str) -> None:
    for name in names:
        page.get_by_role("navigation", name="Back office").get_by_role("link", name=name).click()
        expect(page.get_by_role("heading", level=1)).to_have_text(name)


def add(site: Site, row: Job | Mail) -> int:
    with site.app.app_context(), unit_of_work():
        session.add(row)
        session.flush()
        return row.id


def test_a_colleague_is_invited_and_given_a_role(alice: Page, site: Site):
    name, address = newcomer()
    alice.get_by_role("banner").get_by_role("link", name="Back office").click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("Hello, alice")
    go_to(alice, "People")
    alice.get_by_role("link", name="Invite somebody").click()
    alice.get_by_label("E-mail address").fill(address)
    alice.get_by_label("User name").fill(name)
    alice.get_by_role("button", name="Invite").click()
    expect(alice.get_by_role("status")).to_have_text(f"{address} is invited.")
    expect(alice.get_by_text("invited", exact=True)).to_be_visible()
    assert site.link_to(address).startswith(site.url)
    alice.get_by_role("link", name="Edit").click()
    alice.get_by_label("Moderator").check()
    alice.get_by_role("button", name="Save").click()
    expect(alice.get_by_text("Member, Moderator")).to_be_visible()
    go_to(alice, "People")
    alice.get_by_label("Role").select_option("Moderator")
    alice.get_by_role("button", name="Show").click()
    expect(alice.get_by_role("link", name=name)).to_be_visible()
    expect(alice.get_by_role("link", name="bob")).to_have_count(0)


def test_moderators_are_allowed_to_see_activity(alice: Page, browser_of):
    mo = browser_of("mo")
    mo.goto("/admin/")
    expect(mo.get_by_role("link", name="Activity")).to_have_count(0)
    set_permission(alice, True)
    mo.reload()
    go_to(mo, "Activity")
    expect(mo.get_by_role("row").filter(has_text="Permission changed").first).to_contain_text("alice")
    set_permission(alice, False)
    assert mo.goto("/admin/activity/").status == 403


def set_permission(alice: Page, allowed: bool) -> None:
    alice.goto("/admin/roles/")
    alice.get_by_role("group", name="Moderator").get_by_label(SEE_ACTIVITY).set_checked(allowed)
    alice.get_by_role("button", name="Save the table").click()
    expect(alice.get_by_role("status")).to_have_text("The table is saved.")


def test_a_failed_job_is_run_again_and_another_dropped(alice: Page, site: Site):
    again = add(site, Job(kind="test.again", state="failed", error="The line went dead."))
    add(site, Job(kind="test.dropped", state="failed"))
    alice.goto("/admin/")
    alice.get_by_role("link", name="failed jobs").click()
    alice.get_by_role("link", name=f"test.again {again}").click()
    expect(alice.get_by_text("The line went dead.")).to_be_visible()
    alice.get_by_role("button", name="Run it now").click()
    expect(alice.get_by_text("waiting", exact=True)).to_be_visible()
    alice.goto("/admin/jobs/?kind=test.dropped")
    alice.get_by_role("link", name="test.dropped").click()
    alice.get_by_role("link", name="Drop the job …").click()
    alice.get_by_role("button", name="Drop the job").click()
    expect(alice.get_by_role("status")).to_have_text("The job is dropped.")
    with site.app.app_context(), unit_of_work():
        session.delete(session.get(Job, again))


@pytest.mark.parametrize(("name", "home"), [("eve", 200), ("bob", 403)])
def test_others_are_refused(page: Page, site: Site, name: str, home: int):
    sign_in(page, name, site.passwords[name])
    expect(page.get_by_role("heading", level=1)).to_have_text(name)
    desk = page.get_by_role("link", name="Back office", exact=True)
    expect(desk).to_have_count(1 if home == 200 else 0)
    assert page.goto("/admin/").status == home
    for room in ("users", "roles", "outbox", "jobs", "activity", "set-up"):
        assert page.goto(f"/admin/{room}/").status == 403


def test_a_phone_has_a_menu(alice: Page):
    alice.set_viewport_size(PHONE)
    alice.goto("/admin/")
    people = alice.get_by_role("navigation", name="Back office").get_by_role("link", name="People")
    expect(people).to_be_hidden()
    alice.get_by_role("button", name="Menu").click()
    people.click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("People")
    assert alice.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def test_the_table_is_changed_by_keyboard_alone(alice: Page):
    alice.goto("/admin/roles/")
    alice.keyboard.press("Tab")
    expect(alice.get_by_role("link", name="Skip to the page")).to_be_focused()
    alice.keyboard.press("Enter")
    cell = alice.get_by_role("group", name="Moderator").get_by_label(SEE_ACTIVITY)
    tab_to(alice, cell)
    alice.keyboard.press("Space")
    expect(cell).to_be_checked()
    tab_to(alice, alice.get_by_role("button", name="Save the table"))
    alice.keyboard.press("Enter")
    expect(alice.get_by_role("status")).to_be_visible()
    set_permission(alice, False)


def test_the_chosen_appearance_is_the_same_here(alice: Page):
    alice.goto("/admin/users/")
    alice.get_by_text("Appearance").click()
    alice.get_by_role("button", name="Dark", exact=True).click()
    expect(alice.get_by_role("heading", level=1)).to_have_text("People")
    assert alice.evaluate("getComputedStyle(document.body).colorScheme") == "dark"


ROOMS = [
    "",
    "users/",
    "users/new/",
    "users/1/",
    "users/1/edit/",
    "users/1/delete/",
    "users/?search=nobody-at-all",
]
ROOMS += ["roles/", "roles/new/", "outbox/", "jobs/", "activity/", "activity/1/", "set-up/"]


@pytest.mark.parametrize("room", ROOMS)
def test_axe_finds_nothing(scripted_page: Page, site: Site, room: str):
    sign_in(scripted_page, "alice", site.passwords["alice"])
    assert scripted_page.goto(f"/admin/{room}").status == 200
    assert violations(scripted_page) == {}


def test_axe_finds_nothing_in_a_mail_a_job_a_menu_and_a_refused_form(scripted_page: Page, site: Site):
    sign_in(scripted_page, "alice", site.passwords["alice"])
    mail = Mail(
        to="x@example.org", subject="A link", message_id="<axe@x>", state="kept", text="Hi", html="<p>"
    )
    scripted_page.goto(f"/admin/outbox/{add(site, mail)}/")
    scripted_page.get_by_text("Source of the HTML").click()
    assert violations(scripted_page) == {}
    scripted_page.goto(f"/admin/jobs/{add(site, Job(kind='axe', state='failed', error='It broke.'))}/")
    assert violations(scripted_page) == {}
    scripted_page.goto("/admin/users/new/")
    scripted_page.get_by_label("E-mail address").fill("alice@example.org")
    scripted_page.get_by_label("User name").fill("alice")
    scripted_page.get_by_role("button", name="Invite").click()
    expect(scripted_page.get_by_role("alert")).to_be_visible()
    assert violations(scripted_page) == {}
    scripted_page.set_viewport_size(PHONE)
    scripted_page.get_by_role("button", name="Menu").click()
    assert axe_faults(scripted_page) == []
