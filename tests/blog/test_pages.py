"""What readers see at the addresses of posts, pages and lists."""

import json
import re

import pytest

from cms.models import Category, Redirect
from tests.factories import make_page, make_post, soon


def test_a_post_shows_its_text_author_tags_and_category(client):
    post = make_post(body="**Low** water", authors=["Ann Example"], tags=["Tide"], category="News")
    page = client.get(post.url).text
    for part in ("<strong>Low</strong> water", "/author/ann-example/", "/tag/tide/", "/category/news/"):
        assert part in page


def test_a_scheduled_post_is_not_there_yet(client):
    assert client.get(make_post(at=soon(hours=1)).url).status_code == 404


def test_an_archived_post_says_so_and_leaves_the_lists(client):
    post = make_post(title="Old news")
    post.archive(by=None)
    assert "archive" in client.get(post.url).text
    assert "Old news" not in client.get("/blog/").text


def test_a_removed_post_is_gone_and_the_page_helps_on(client):
    post = make_post()
    make_post(title="Something else")
    address = post.url
    post.remove(by=None)
    answer = client.get(address)
    assert answer.status_code == 410
    assert "Something else" in answer.text
    assert 'action="/search/"' in answer.text


def test_an_old_address_leads_on_for_good(client):
    post = make_post()
    Redirect.put("2015/05/15/Old.html", by=None, entry=post)
    for address in ("/2015/05/15/Old.html", "/2015/05/15/Old.html/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (301, post.url)


@pytest.mark.parametrize(
    "address", ["/tag/tide/", "/author/ann-example/", "/category/news/", "/series/ferry/"]
)
def test_an_archive_lists_its_posts(client, address):
    make_post(title="In it", tags=["Tide"], authors=["Ann Example"], category="News", series="Ferry")
    make_post(title="Not in it")
    page = client.get(address).text
    assert "In it" in page
    assert "Not in it" not in page


def test_a_month_begins_and_ends_in_the_sites_time_zone(client):
    from cms.models import Setting

    Setting.change("timezone", "Pacific/Auckland", by=None)
    post = make_post(title="At new year", at=soon(days=-1).replace(year=2025, month=12, day=31, hour=23))
    assert post.title in client.get("/blog/2026/01/").text
    assert post.title not in client.get("/blog/2025/12/").text


def test_a_page_stands_below_its_parent(client):
    above = make_page(title="Help")
    below = make_page(title="Answers", parent=above)
    assert client.get("/help/answers/").status_code == 200
    assert below.url in client.get(above.url).text
    assert client.get("/help/answers").headers["Location"] == "/help/answers/"


def test_more_posts_come_as_a_fragment_for_htmx_and_as_a_page_for_others(client):
    made = [make_post() for _ in range(12)]
    older = re.search(r'href="(/blog/\?before=[^"]+)"', client.get("/blog/").text)[1]
    fragment = client.get(older, headers={"HX-Request": "true"}).text
    page = client.get(older).text
    assert made[0].title in fragment
    assert made[0].title in page
    assert "<html" not in fragment
    assert "<html" in page


def test_the_list_of_a_tag_is_a_fragment_of_its_own(client):
    make_post(tags=["Tide"])
    for target, beginning in (("div#list", '<div id="list"'), ("div#posts", "<article")):
        answer = client.get("/blog/?tag=tide", headers={"HX-Request": "true", "HX-Target": target})
        assert answer.text.lstrip().startswith(beginning)


def test_the_page_tells_machines_what_it_is(client):
    post = make_post(title='</script> & "quotes"', authors=["Ann Example"])
    page = client.get(post.url).text
    blocks = [
        json.loads(text) for text in re.findall(r'<script type="application/ld\+json">(.*?)</script>', page)
    ]
    flat = [item for block in blocks for item in (block if isinstance(block, list) else [block])]
    (article,) = (item for item in flat if item["@type"] == "BlogPosting")
    assert article["headline"] == post.title
    assert article["author"][0]["name"] == "Ann Example"
    assert f'<link rel="canonical" href="http://broadside.test{post.url}">' in page


@pytest.mark.parametrize("address", ["/", "/blog/", "/tag/tide/", "/category/news/", "/post"])
def test_a_page_makes_at_most_six_queries_however_many_posts(app, client, queries, monkeypatch, address):
    monkeypatch.setitem(app.config, "PAGE_CACHE", False)
    counts = []
    for number in (1, 12):
        for _ in range(number):
            post = make_post(tags=["Tide", "Boats"], authors=["Ann Example"], category="News", series="Ferry")
        asked = post.url if address == "/post" else address
        client.get(asked)
        queries.clear()
        client.get(asked)
        counts.append(len(queries))
    assert counts[1] <= 6
    assert counts[0] == counts[1]


def test_an_unknown_tag_is_not_found(client):
    assert Category.named("News", by=None)
    assert client.get("/tag/nothing/").status_code == 404
    assert client.get("/blog/?tag=nothing").status_code == 404


TERMS_OF_A_DRAFT = ["/tag/quay/", "/author/ann/", "/category/news/", "/series/walks/", "/blog/?tag=quay"]
FEEDS_OF_A_DRAFT = ["/tag/quay/feed.xml", "/author/ann/atom.xml", "/category/news/feed.json"]


def named_by_a_draft():
    return make_post(published=False, tags=["Quay"], authors=["Ann"], category="News", series="Walks")


@pytest.mark.parametrize("address", TERMS_OF_A_DRAFT + FEEDS_OF_A_DRAFT)
def test_what_only_a_draft_names_is_not_there_for_readers(client, address):
    draft = named_by_a_draft()
    assert client.get(address).status_code == 404
    draft.publish(by=None)
    assert client.get(address).status_code == 200
    draft.archive(by=None)
    assert client.get(address).status_code == 200


@pytest.mark.parametrize(("name", "status"), [("bob", 404), ("eve", 200)])
@pytest.mark.parametrize("address", TERMS_OF_A_DRAFT)
def test_what_only_a_draft_names_is_there_for_who_may_see_drafts(client, sign_in, address, name, status):
    named_by_a_draft()
    sign_in(name)
    assert client.get(address).status_code == status
