"""Search engines find what is published, and nothing else."""

import pytest
from lxml import etree

from cms.feed import sitemap
from tests.factories import make_page, make_post, soon

NS = "{http://www.sitemaps.org/schemas/sitemap/0.9}"


def locations(client, address="/sitemap.xml") -> list[str]:
    root = etree.fromstring(client.get(address).data)
    return [loc.text.removeprefix("http://broadside.test") for loc in root.iter(f"{NS}loc")]


def test_it_holds_posts_and_pages(client):
    post, page = make_post(), make_page()
    assert locations(client) == ["/", "/blog/", "/tags/", "/feeds/", post.url, page.url]


def test_it_holds_nothing_that_is_hidden(client):
    make_post(published=False)
    make_post(at=soon(hours=1))
    make_post().archive(by=None)
    make_post().remove(by=None)
    make_post(canonical_url="https://elsewhere.example/post")
    assert locations(client) == ["/", "/blog/", "/tags/", "/feeds/"]


def test_it_tells_when_a_text_changed(client):
    post = make_post()
    root = etree.fromstring(client.get("/sitemap.xml").data)
    assert root.findtext(f".//{NS}lastmod") == post.updated_at.isoformat(timespec="seconds")


def test_a_long_one_is_split_without_losing_an_address(client, monkeypatch):
    monkeypatch.setattr(sitemap, "PART", 3)
    urls = [make_post().url for _number in range(7)]
    parts = locations(client)
    assert etree.fromstring(client.get("/sitemap.xml").data).tag == f"{NS}sitemapindex"
    found = [location for part in parts for location in locations(client, part)]
    assert sorted(found) == sorted([*urls, *sitemap.ALWAYS])


def test_a_part_with_nothing_to_list_is_left_out(client, monkeypatch):
    post, _hidden = make_post(), make_post(published=False)
    first = post.id // 2 + 1
    monkeypatch.setattr(sitemap, "PART", 2)
    make_post(published=False)
    make_post(published=False)
    assert [int(part[9:-4]) for part in locations(client)] == sorted({1, first})
    assert client.get(f"/sitemap-{first + 1}.xml").status_code == 404


@pytest.mark.parametrize("number", ["0", "2", "99999999999999999999"])
def test_a_part_that_does_not_exist_is_missing(client, number):
    make_post()
    assert client.get(f"/sitemap-{number}.xml").status_code == 404


def test_robots_learn_where_the_sitemap_is(client):
    lines = client.get("/robots.txt").get_data(as_text=True).splitlines()
    assert "Sitemap: http://broadside.test/sitemap.xml" in lines
    assert "Disallow: /search/" in lines
