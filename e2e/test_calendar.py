"""An editor moves what is scheduled: by dragging where scripts run, by the form where not."""

from datetime import datetime, timedelta
from itertools import count

import pytest
from playwright.sync_api import Locator, Page, expect

from cms.admin.clock import day_of, time_of
from cms.db import session, unit_of_work
from cms.models import Post
from cms.models.base import now
from e2e.browsing import tab_to
from e2e.people import sign_in
from e2e.server import Site
from e2e.test_accessibility import axe_faults, violations

PHONE = {"width": 390, "height": 844}
DESK = {"width": 1280, "height": 900}


@pytest.fixture
def eve(page: Page, site: Site) -> Page:
    """A browser in which eve is signed in."""
    sign_in(page, "eve", site.passwords["eve"])
    expect(page.get_by_role("heading", level=1)).to_have_text("eve")
    page.set_viewport_size(DESK)
    return page


_numbers = count(1)


class Scheduled:
    """A post that appears on a Wednesday at half past nine, in a month that no other test looks at."""

    def __init__(self, site: Site, title: str):
        self.site, self.title = site, title
        middle = now().replace(day=8, hour=9, minute=30, second=0, microsecond=0)
        middle += timedelta(days=31 * next(_numbers))
        self.at = middle + timedelta(days=(2 - middle.weekday()) % 7)
        with site.app.app_context(), unit_of_work():
            post = Post.write(by=None, title=title, body="The boat will come.")
            post.publish(by=None, at=self.at)
            session.flush()
            self.id, self.day, self.time = post.id, day_of(self.at), time_of(self.at)
            self.next_day = day_of(self.at + timedelta(days=1))

    def moment(self) -> datetime:
        with self.site.app.app_context():
            return session.get(Post, self.id).published_at

    def move_by_another(self, **delta: int) -> None:
        with self.site.app.app_context(), unit_of_work():
            session.get(Post, self.id).reschedule(self.at + timedelta(**delta), by=None)

    def open(self, page: Page) -> None:
        page.goto(f"/admin/calendar/?day={self.day}")
        expect(self.on(page, self.day)).to_be_visible()

    def on(self, page: Page, day: str) -> Locator:
        """The post in the cell of a day."""
        return page.locator(f"#day-{day} #text-{self.id}")


def drag(page: Page, what: Locator, to: Locator) -> None:
    here, there = what.bounding_box(), to.bounding_box()
    page.mouse.move(here["x"] + 5, here["y"] + 5)
    page.mouse.down()
    page.mouse.move(there["x"] + 20, there["y"] + 150, steps=6)
    page.mouse.up()


def fill_form(page: Page, post: Scheduled, day: str, time: str) -> None:
    form = page.locator(f"#text-{post.id}")
    form.get_by_text("Move").first.click()
    form.get_by_label("Day").fill(day)
    form.get_by_label("Time").fill(time)
    form.get_by_role("button", name="Move it").click()


def test_a_post_is_moved_to_another_day_and_back(eve: Page, site: Site, scripts: bool):
    post = Scheduled(site, f"Of eels, {scripts}")
    post.open(eve)
    if scripts:
        drag(eve, post.on(eve, post.day), eve.locator(f"#day-{post.next_day}"))
    else:
        fill_form(eve, post, post.next_day, post.time)
    expect(post.on(eve, post.next_day)).to_contain_text("09:30")
    expect(eve.get_by_role("status")).to_contain_text(f"“{post.title}” will appear on")
    assert post.moment() == post.at + timedelta(days=1)
    eve.get_by_role("button", name="Undo").click()
    expect(post.on(eve, post.day)).to_be_visible()
    assert post.moment() == post.at


def test_a_post_is_moved_by_keyboard_alone(eve: Page, site: Site, scripts: bool):
    post = Scheduled(site, f"Of herons, {scripts}")
    post.open(eve)
    tab_to(eve, eve.locator(f"#text-{post.id} summary"))
    eve.keyboard.press("Enter")
    time = eve.locator(f"#text-{post.id}").get_by_label("Time")
    time.fill("18:45")
    tab_to(eve, eve.locator(f"#text-{post.id}").get_by_role("button", name="Move it"))
    eve.keyboard.press("Enter")
    expect(post.on(eve, post.day)).to_contain_text("18:45")
    if scripts:
        expect(eve.get_by_role("link", name=post.title)).to_be_focused()


def test_a_past_moment_is_refused_and_stays_as_typed(eve: Page, site: Site, scripts: bool):
    post = Scheduled(site, f"Of fog, {scripts}")
    post.open(eve)
    fill_form(eve, post, "2020-01-02", "07:13")
    expect(eve.get_by_text("This moment has passed.")).to_be_visible()
    expect(eve.locator(f"#text-{post.id}").get_by_label("Day")).to_have_value("2020-01-02")
    expect(eve.locator(f"#text-{post.id}").get_by_label("Time")).to_have_value("07:13")
    assert post.moment() == post.at


def test_of_two_who_move_one_post_the_second_is_told(eve: Page, site: Site, scripts: bool):
    post = Scheduled(site, f"Of soup, {scripts}")
    post.open(eve)
    post.move_by_another(hours=2)
    fill_form(eve, post, post.next_day, post.time)
    expect(eve.get_by_text("Somebody else moved it meanwhile.")).to_be_visible()
    assert post.moment() == post.at + timedelta(hours=2)


def test_a_finger_drags_a_post_over_days_that_were_hidden(new_context, site: Site):
    context = new_context(has_touch=True, is_mobile=True, viewport=PHONE)
    page = context.new_page()
    sign_in(page, "eve", site.passwords["eve"])
    expect(page.get_by_role("heading", level=1)).to_have_text("eve")
    post = Scheduled(site, "Of a finger")
    page.goto(f"/admin/calendar/?month={post.day[:7]}")
    expect(page.locator(f"#day-{post.next_day}")).to_be_hidden()
    grip = page.locator(f"#text-{post.id} .text-grip")
    grip.scroll_into_view_if_needed()
    touch_drag(page, context, grip, f"#day-{post.next_day}")
    expect(post.on(page, post.next_day)).to_be_visible()
    assert post.moment() == post.at + timedelta(days=1)
    assert page.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]


def touch_drag(page: Page, context, what: Locator, to: str) -> None:
    """Drag as a finger does: the goal is looked for once the drag has begun, as it may be hidden before."""
    touch = context.new_cdp_session(page)

    def send(kind: str, *points: tuple[float, float]) -> None:
        touches = [{"x": x, "y": y} for x, y in points]
        touch.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": touches})

    box = what.bounding_box()
    x, y = box["x"] + box["width"] / 2, box["y"] + box["height"] / 2
    send("touchStart", (x, y))
    for step in range(1, 4):
        send("touchMove", (x, y + 5 * step))
    goal = page.locator(to).bounding_box()
    send("touchMove", (goal["x"] + 30, goal["y"] + goal["height"] / 2))
    send("touchEnd")


@pytest.mark.parametrize("room", ["calendar/", "calendar/?week=2026-W48", "help/"])
def test_axe_finds_nothing(scripted_page: Page, site: Site, room: str):
    sign_in(scripted_page, "eve", site.passwords["eve"])
    assert scripted_page.goto(f"/admin/{room}").status == 200
    assert violations(scripted_page) == {}


def test_axe_finds_nothing_in_an_open_form_and_what_is_told(scripted_page: Page, site: Site):
    sign_in(scripted_page, "eve", site.passwords["eve"])
    post = Scheduled(site, "Of axes")
    post.open(scripted_page)
    fill_form(scripted_page, post, post.next_day, post.time)
    expect(scripted_page.get_by_role("button", name="Undo")).to_be_visible()
    scripted_page.locator(f"#text-{post.id} summary").click()
    assert axe_faults(scripted_page) == []
