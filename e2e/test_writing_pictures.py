"""Pictures into a text while it is written: dropped, pasted, chosen, and sent with the form."""

import base64
import re

import pytest
from playwright.sync_api import Page, expect

from e2e.server import Site
from e2e.test_pictures import photograph
from e2e.test_writing import NEW, enter, save, text, title

BRING = """([kind, name, data]) => {
  const files = new DataTransfer();
  const bytes = Uint8Array.from(atob(data), (letter) => letter.charCodeAt(0));
  files.items.add(new File([bytes], name, { type: "image/jpeg" }));
  const options = { bubbles: true, cancelable: true };
  const event = kind === "drop"
    ? new DragEvent("drop", { dataTransfer: files, ...options })
    : new ClipboardEvent("paste", { clipboardData: files, ...options });
  document.getElementById("body").dispatchEvent(event);
}"""


def bring(page: Page, kind: str) -> None:
    data = base64.b64encode(photograph("quay.jpg")["buffer"]).decode()
    page.evaluate(BRING, [kind, f"{kind}.jpg", data])


def choose(page: Page) -> None:
    """Through the toolbar, by the keyboard."""
    button = page.get_by_role("button", name="Picture", exact=True)
    button.focus()
    with page.expect_file_chooser() as chooser:
        button.press("Enter")
    chooser.value.set_files([photograph("choose.jpg")])


@pytest.mark.parametrize("way", ["drop", "paste", "choose"])
def test_a_picture_is_put_into_words_and_shown_in_the_post(scripted_page: Page, site: Site, way: str):
    page = enter(scripted_page, site, "eve")
    page.goto(NEW)
    title(page).fill(f"Low water, by {way}")
    text(page).fill("Before.")
    text(page).press("Control+End")
    choose(page) if way == "choose" else bring(page, way)
    dialog = page.get_by_role("dialog", name="The picture in words")
    dialog.get_by_label("What does the picture show?").fill(f"The quay, by {way}")
    dialog.get_by_role("button", name="Save").click()
    expect(dialog).to_be_hidden()
    expect(text(page)).to_have_value(
        re.compile(rf"^Before\.\n\n!\[The quay, by {way}\]\(/media/\w{{16}}/{way}\.jpg\)")
    )
    page.get_by_role("button", name="Save and publish …").click()
    page.get_by_role("button", name="Publish", exact=True).click()
    page.get_by_role("link", name="See it on the site").click()
    shown = page.get_by_role("img", name=f"The quay, by {way}")
    expect(shown).to_be_visible()
    assert shown.evaluate("(image) => image.decode().then(() => image.naturalWidth)") > 0


@pytest.mark.parametrize("scripts", [False], indirect=True)
def test_pictures_that_come_with_the_form_stand_in_the_text(page: Page, site: Site, scripts: bool):
    enter(page, site, "eve").goto(NEW)
    title(page).fill("Low water, by the form")
    text(page).fill("Before.")
    expect(page.get_by_role("button", name="Picture", exact=True)).to_be_hidden()
    page.locator("summary", has_text="Pictures and snippets").click()
    page.get_by_label("Pictures", exact=True).set_input_files([photograph("plain.jpg")])
    page.get_by_role("button", name="Put into the text").click()
    expect(text(page)).to_have_value(re.compile(r"^Before\.\n\n!\[\]\(/media/\w{16}/plain\.jpg\)"))
    save(page)
    expect(page.get_by_role("heading", level=1)).to_have_text("Low water, by the form")
