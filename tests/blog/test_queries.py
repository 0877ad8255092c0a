from datetime import UTC, datetime

import pytest

from cms.models import Setting
from tests.factories import make_page, make_post


@pytest.mark.parametrize("zone", ["UTC", "Europe/Berlin", "America/New_York", "Pacific/Auckland"])
def test_each_month_of_the_index_leads_to_its_posts(client, zone):
    Setting.change("timezone", zone, by=None)
    for day in (datetime(2025, 3, 31, 23, 30, tzinfo=UTC), datetime(2025, 6, 1, 3, tzinfo=UTC)):
        make_post(title=f"On {day:%d %B}", at=day)
    page = client.get("/tags/").text
    listed = [month for month in range(1, 13) if f"/blog/2025/{month:02}/" in page]
    shown = [month for month in range(1, 13) if "On " in client.get(f"/blog/2025/{month:02}/").text]
    assert listed == shown


@pytest.mark.parametrize("address", ["/blog/1/1/", "/blog/1899/12/", "/blog/9001/1/", "/blog/2025/0/"])
def test_months_of_no_time_are_not_found(client, address):
    Setting.change("timezone", "Europe/Berlin", by=None)
    assert client.get(address).status_code == 404


def test_the_tags_of_drafts_are_nobodys_business(client):
    make_post(published=False, tags=["Secret"], authors=["Ann Example"], category="News", series="Ferry")
    for address in ("/tags/", "/blog/", "/feeds/"):
        page = client.get(address).text
        for name in ("Secret", "Ann Example", "/category/news/", "/series/ferry/"):
            assert name not in page, address


def test_a_page_shows_no_draft_above_or_below_it(client):
    above = make_page(title="Secret above", published=False)
    page = make_page(title="Between", parent=above)
    make_page(title="Secret below", parent=page, published=False)
    assert "Secret" not in client.get(page.url).text.replace("secret-above", "")


@pytest.mark.parametrize("address", ["/tags/", "/a/b/c/d/"])
def test_an_index_and_a_deep_page_make_at_most_six_queries_on_a_miss(client, queries, address):
    parent = None
    for title in "abcd":
        parent = make_page(title=title, parent=parent)
    make_post(tags=["Tide"], authors=["Ann Example"], category="News", series="Ferry")
    client.get(address)
    queries.clear()
    client.get(f"{address}?again")
    assert len(queries) <= 6
