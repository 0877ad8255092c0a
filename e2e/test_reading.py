"""A reader comes in by the front page and reads on."""

from playwright.sync_api import Page, expect

from e2e import content


def test_the_lead_story_leads_on_to_neighbours_subjects_and_parts(page: Page):
    page.goto("/")
    page.get_by_role("main").get_by_role("article").first.get_by_role("heading").get_by_role("link").click()
    title = page.get_by_role("heading", level=1)
    expect(title).to_have_text(content.PARTS[2])
    page.get_by_role("navigation", name="Neighbouring posts").locator("[rel=prev]").click()
    expect(title).to_have_text(content.PARTS[1])
    page.get_by_role("navigation", name="Neighbouring posts").locator("[rel=next]").click()
    expect(title).to_have_text(content.PARTS[2])
    page.get_by_role("navigation", name=content.SERIES).get_by_role("link", name=content.PARTS[0]).click()
    expect(title).to_have_text(content.PARTS[0])
    page.get_by_role("list", name="Subjects").get_by_role("link", name=content.TAG).click()
    expect(title).to_have_text(content.TAG)
    expect(page.get_by_role("link", name=content.PARTS[1])).to_be_visible()


def test_a_draft_and_a_scheduled_post_are_nowhere_to_be_found(page: Page):
    assert page.goto(content.DRAFT).status == 404
    page.goto("/search/?q=conservancy wrong")
    expect(page.get_by_role("link", name="The letter we did not send")).to_have_count(0)


def test_the_table_of_contents_leads_to_its_part(page: Page):
    page.goto(content.LONG_POST)
    page.get_by_role("navigation", name="In this text").get_by_role("link", name="The small print").click()
    expect(page.get_by_role("heading", name="The small print")).to_be_in_viewport()
    assert "#" in page.url
