"""A reader that has the newest feed is told so in a few bytes."""

import pytest

from tests.factories import make_post, soon

FILES = ("/feed.xml", "/atom.xml", "/feed.json")


@pytest.mark.parametrize("file", FILES)
def test_an_unchanged_feed_is_not_sent_again(client, file):
    make_post()
    first = client.get(file)
    for headers in (
        {"If-None-Match": first.headers["ETag"]},
        {"If-Modified-Since": first.headers["Last-Modified"]},
        {"If-None-Match": first.headers["ETag"], "If-Modified-Since": first.headers["Last-Modified"]},
    ):
        answer = client.get(file, headers=headers)
        assert (answer.status_code, answer.data) == (304, b"")
        assert answer.headers["ETag"] == first.headers["ETag"]


@pytest.mark.parametrize("encoding", ["br", "gzip"])
def test_a_compressed_feed_is_not_sent_again(client, encoding):
    make_post(body="word " * 500)
    first = client.get("/feed.xml", headers={"Accept-Encoding": encoding})
    known = {"Accept-Encoding": encoding, "If-None-Match": first.headers["ETag"]}
    assert client.get("/feed.xml", headers=known).status_code == 304


def test_a_changed_feed_is_sent(client):
    post = make_post()
    before = client.get("/feed.xml")
    post.revise(by=None, title="Another title")
    answer = client.get("/feed.xml", headers={"If-None-Match": before.headers["ETag"]})
    assert (answer.status_code, b"Another title" in answer.data) == (200, True)


def test_a_removed_post_makes_the_feed_newer(client, monkeypatch):
    _other, post = make_post(), make_post()
    before = client.get("/feed.xml").last_modified
    monkeypatch.setattr("cms.cache.time_ns", lambda: int((before.timestamp() + 90) * 1e9))
    post.remove(by=None)
    assert (client.get("/feed.xml").last_modified - before).total_seconds() == 90


def test_a_scheduled_post_makes_the_feed_newer(client, monkeypatch):
    post = make_post(at=soon(minutes=1))
    client.get("/feed.xml")
    later = soon(minutes=2)
    for module in ("cms.models.entry", "cms.models.listing", "cms.models.base"):
        monkeypatch.setattr(f"{module}.now", lambda: later)
    monkeypatch.setattr("cms.cache.time", later.timestamp)
    assert client.get("/feed.xml").last_modified == post.published_at.replace(microsecond=0)


@pytest.mark.parametrize("file", FILES)
def test_head_answers_without_a_body(client, file):
    make_post()
    answer = client.head(file)
    assert (answer.status_code, answer.data) == (200, b"")
    assert answer.headers["ETag"] == client.get(file).headers["ETag"]


def test_a_member_gets_the_same_feed(client, other_client, sign_in):
    make_post()
    sign_in("bob")
    mine, theirs = client.get("/feed.xml"), other_client.get("/feed.xml")
    assert (mine.data, mine.headers["ETag"]) == (theirs.data, theirs.headers["ETag"])
