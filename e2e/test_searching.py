"""A reader searches: while typing where scripts run, by Enter where not."""

from playwright.sync_api import Locator, Page, expect

from e2e import content


def look_for(page: Page, words: str, scripts: bool) -> None:
    """Type ``words`` into the search page; press Enter only where nothing happens without it."""
    field = page.get_by_role("main").get_by_role("searchbox")
    field.clear()
    field.press_sequentially(words)
    if not scripts:
        field.press("Enter")


def results(page: Page) -> Locator:
    return page.locator("#results").get_by_role("article")


def test_the_beginning_of_a_word_finds_it_and_marks_it(page: Page, site, scripts: bool):
    page.goto("/search/")
    look_for(page, "glimmerl", scripts)
    expect(results(page)).to_have_count(3)
    expect(results(page).first.locator("mark")).to_have_text("glimmerlamp")
    expect(page).to_have_url(f"{site.url}/search/?q=glimmerl")
    if scripts:
        expect(page.get_by_role("status")).to_contain_text("glimmerl")
        expect(page.get_by_role("main").get_by_role("searchbox")).to_be_focused()
    results(page).get_by_role("link", name=content.PARTS[0]).click()
    expect(page.get_by_role("heading", level=1)).to_have_text(content.PARTS[0])


def test_filters_narrow_a_search_down(page: Page, scripts: bool):
    page.goto("/search/")
    look_for(page, "tag:night-swimming script", scripts)
    expect(results(page)).to_have_count(1)
    expect(results(page)).to_contain_text("Counting boats")
    look_for(page, "author:pim-ottelwick glimmerlamp", scripts)
    expect(results(page)).to_have_count(3)
    look_for(page, "glimmerlamp before:2020-01", scripts)
    expect(results(page)).to_have_count(0)


def test_nothing_found_is_said_and_the_words_stay(page: Page, scripts: bool):
    page.goto("/search/")
    look_for(page, "zzquibble", scripts)
    expect(page.get_by_text("Nothing found for “zzquibble”.").first).to_be_visible()
    expect(page.get_by_role("main").get_by_role("searchbox")).to_have_value("zzquibble")


def test_the_masthead_searches_from_any_page(page: Page):
    page.goto("/about/")
    page.get_by_role("banner").get_by_text("Search").first.click()
    page.get_by_role("banner").get_by_role("searchbox").fill("glimmerlamp")
    page.get_by_role("banner").get_by_role("searchbox").press("Enter")
    expect(results(page)).to_have_count(3)


def test_markup_in_a_search_stays_text(page: Page, scripts: bool):
    page.goto("/search/")
    look_for(page, '<b>zz</b> "(', scripts)
    expect(page.locator("#results")).to_contain_text("<b>zz</b>")
    expect(page.locator("#results b")).to_have_count(0)
