"""A reader follows an old link."""

from playwright.sync_api import Page, expect

from e2e import content


def test_an_address_that_moved_leads_to_the_post(page: Page, site):
    answer = page.goto(content.MOVED_FROM)
    assert answer.request.redirected_from.response().status == 301
    assert page.url == site.url + content.MOVED_TO
    expect(page.get_by_role("heading", level=1)).to_have_text("The old slip")


def test_a_removed_post_says_so_and_leads_to_others(page: Page):
    assert page.goto(content.REMOVED).status == 410
    expect(page.get_by_role("heading", level=1)).to_contain_text("removed")
    page.get_by_role("main").get_by_role("link", name=content.PARTS[2]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(content.PARTS[2])


def test_a_wrong_address_offers_a_search(page: Page):
    assert page.goto("/blgo/lantern").status == 404
    page.get_by_role("main").get_by_role("searchbox").fill("glimmerlamp")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    expect(page.get_by_role("link", name=content.PARTS[0])).to_be_visible()


def test_an_archived_post_still_answers_and_says_what_it_is(page: Page):
    assert page.goto(content.ARCHIVED).status == 200
    expect(page.get_by_text("From the archive")).to_be_visible()
