"""A reader narrows the list of posts down to a subject, and goes back."""

from playwright.sync_api import Page, expect

from e2e import content
from e2e.browsing import teasers


def test_a_subject_shows_its_posts_and_the_back_button_shows_all(page: Page, site, scripts: bool):
    page.goto("/blog/")
    everything = page.get_by_role("link", name="Everything", exact=True)
    expect(everything).to_have_attribute("aria-current", "true")
    page.evaluate("window.sameDocument = true")
    subject = page.get_by_role("link", name=content.TAG, exact=True)
    subject.click()
    expect(page).to_have_url(site.url + content.TAGGED)
    expect(subject).to_have_attribute("aria-current", "true")
    expect(teasers(page)).to_have_count(content.TAGGED_POSTS)
    assert page.evaluate("'sameDocument' in window") is scripts
    page.go_back()
    expect(page).to_have_url(f"{site.url}/blog/")
    expect(teasers(page)).to_have_count(10)
    expect(everything).to_have_attribute("aria-current", "true")


def test_the_address_of_a_subject_can_be_shared(page: Page):
    page.goto(content.TAGGED)
    expect(page.get_by_role("heading", level=1)).to_have_text("All posts")
    expect(teasers(page)).to_have_count(content.TAGGED_POSTS)


def test_going_forward_again_shows_the_subject(page: Page, site):
    page.goto("/blog/")
    page.get_by_role("link", name=content.TAG, exact=True).click()
    expect(teasers(page)).to_have_count(content.TAGGED_POSTS)
    page.go_back()
    expect(teasers(page)).to_have_count(10)
    page.go_forward()
    expect(page).to_have_url(site.url + content.TAGGED)
    expect(teasers(page)).to_have_count(content.TAGGED_POSTS)
