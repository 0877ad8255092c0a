"""An editor brings pictures: chosen, dropped, put into words."""

import base64
import re
from itertools import count

import pytest
from playwright.sync_api import FilePayload, Page, expect

from e2e.people import sign_in
from e2e.server import Site
from e2e.test_accessibility import violations
from tests.media.pictures import picture

NEW = "/admin/pictures/new/"
DROP = """([name, data]) => {
  const files = new DataTransfer();
  files.items.add(new File([Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0))], name));
  const options = { dataTransfer: files, bubbles: true, cancelable: true };
  document.body.dispatchEvent(new DragEvent("drop", options));
}"""

_heights = count(400)


def photograph(name: str) -> FilePayload:
    """A picture that nobody has brought yet, lying on its side."""
    return {"name": name, "mimeType": "image/jpeg", "buffer": picture("JPEG", 700, next(_heights), 6)}


def open_desk(page: Page, site: Site) -> None:
    sign_in(page, "eve", site.passwords["eve"])
    expect(page.get_by_role("heading", level=1)).to_have_text("eve")
    page.goto("/admin/pictures/")
    page.get_by_role("link", name="Upload pictures").click()


def test_a_picture_is_brought_and_put_into_words(page: Page, site: Site):
    open_desk(page, site)
    page.get_by_label("Pictures", exact=True).set_input_files([photograph("Am Kai.jpg")])
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("am-kai.jpg")
    page.get_by_label("What does the picture show?").fill("The quay at low tide")
    page.get_by_label("Credit").fill("Wilf Marl")
    page.get_by_role("button", name="Save").click()
    expect(page.get_by_role("status")).to_have_text("The picture is described.")
    expect(page.get_by_label("To put it into a text")).to_have_value(re.compile("The quay at low tide"))


def test_the_bad_are_told_by_name_and_the_good_are_there(page: Page, site: Site):
    open_desk(page, site)
    evil: FilePayload = {"name": "evil.png", "mimeType": "image/png", "buffer": b"<script>alert(1)</script>"}
    files = [photograph("one.jpg"), photograph("two.jpg"), evil]
    page.get_by_label("Pictures", exact=True).set_input_files(files)
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("alert")).to_contain_text("“evil.png”: This is not a picture")
    expect(page.get_by_role("link", name="two.jpg").first).to_be_visible()


def test_a_dropped_picture_is_sent_with_the_form(scripted_page: Page, site: Site):
    page = scripted_page
    open_desk(page, site)
    page.wait_for_selector(".drop-hint:visible")
    dropped = photograph("dropped.jpg")
    page.evaluate(DROP, ["dropped.jpg", base64.b64encode(dropped["buffer"]).decode()])
    expect(page.locator("output")).to_have_text("dropped.jpg")
    page.get_by_role("button", name="Upload").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("dropped.jpg")


@pytest.mark.parametrize("room", ["", "new/", "1/"])
def test_axe_finds_nothing(scripted_page: Page, site: Site, room: str):
    sign_in(scripted_page, "alice", site.passwords["alice"])
    assert scripted_page.goto(f"/admin/pictures/{room}").status == 200
    assert violations(scripted_page) == {}
