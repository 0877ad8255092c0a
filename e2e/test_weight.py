"""What a browser fetches on a first visit, as it comes over the wire."""

import pytest
from playwright.sync_api import Page, Response

from e2e.pages import KINDS

BUDGET = 30_000  # bytes of a page and all it loads, pictures and fonts aside
FONT_BUDGET = 50_000  # bytes
FETCHED = """
performance.getEntriesByType("resource").filter(entry => entry.transferSize > 0).map(entry => entry.name)
"""
YEAR = "max-age=31536000"
WEIGHED = {name: KINDS[name] for name in ("home", "list", "long post", "post with code")} | {
    "longest post": "/blog/a-tide-gauge-for-the-price-of-a-fish-supper/"
}


@pytest.mark.parametrize("kind", WEIGHED)
def test_a_first_visit_stays_within_its_budgets(scripted_page: Page, kind: str):
    loaded = what_loads(scripted_page, WEIGHED[kind])
    fonts = [response for response in loaded if response.request.resource_type == "font"]
    others = [response for response in loaded if response.request.resource_type not in ("font", "image")]
    assert {response.request.resource_type for response in others} >= {"document", "stylesheet", "script"}
    assert weight(others) < BUDGET
    assert 0 < weight(fonts) <= FONT_BUDGET


def test_texts_come_compressed_and_files_are_kept_for_a_year(scripted_page: Page):
    loaded = what_loads(scripted_page, "/")
    files = [response for response in loaded if "/static/" in response.url]
    assert all(YEAR in response.headers["cache-control"] for response in files)
    texts = [response for response in files if response.request.resource_type in ("stylesheet", "script")]
    assert {response.headers.get("content-encoding") for response in (loaded[0], *texts)} == {"br"}


def test_a_second_page_fetches_only_itself_and_its_pictures(scripted_page: Page):
    what_loads(scripted_page, "/blog/")
    scripted_page.goto(KINDS["post with code"], wait_until="networkidle")
    fetched = scripted_page.evaluate(FETCHED)
    assert [address for address in fetched if "/media/" not in address] == []


def what_loads(page: Page, address: str) -> list[Response]:
    """All that the browser fetches for the page at ``address``."""
    loaded: list[Response] = []
    here = page.context.new_page()
    here.on("response", lambda response: loaded.append(response))
    here.goto(address, wait_until="networkidle")
    return loaded


def weight(responses: list[Response]) -> int:
    """Bytes of the bodies, as they were sent."""
    return sum(response.request.sizes()["responseBodySize"] for response in responses)
