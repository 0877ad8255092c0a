"""A post stays one post to a reader, whatever happens to its address."""

import json

import feedparser

from tests.factories import make_post


def ids(client) -> list[str]:
    found = [feedparser.parse(client.get(file).data).entries[0].id for file in ("/feed.xml", "/atom.xml")]
    return [*found, json.loads(client.get("/feed.json").data)["items"][0]["id"]]


def test_the_id_survives_a_new_slug(client):
    post = make_post(slug="old")
    before = ids(client)
    post.revise(by=None, slug="new", title="New")
    assert ids(client) == before
    assert len(set(before)) == 1


def test_the_id_survives_the_step_to_https(client, app, monkeypatch):
    make_post()
    before = ids(client)
    monkeypatch.setitem(app.config, "SITE_URL", "https://broadside.test")
    make_post().remove(by=None)
    assert ids(client) == before


def test_posts_and_parts_of_the_site_have_ids_of_their_own(client):
    make_post(tags=["sea"], authors=["Ada"], category="News")
    pages = ("", "tag/sea/", "author/ada/", "category/news/")
    feeds = [feedparser.parse(client.get(f"/{page}atom.xml").data) for page in pages]
    assert len({feed.feed.id for feed in feeds} | {feeds[0].entries[0].id}) == 5
