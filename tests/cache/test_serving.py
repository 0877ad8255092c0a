from time import sleep

from cms import cache
from cms.db import session
from cms.models import Post, Setting, site
from tests.factories import make_post, soon


def test_a_second_reader_costs_one_query(client, queries):
    make_post()
    client.get("/")
    queries.clear()
    assert client.get("/").status_code == 200
    assert len(queries) == 1


def test_a_write_is_seen_by_the_next_reader(client):
    post = make_post(title="Low water")
    assert "Low water" in client.get("/").text
    post.revise(by=None, title="High water")
    assert "High water" in client.get("/").text


def test_what_was_rolled_back_leaves_the_cached_page(client, queries):
    post = make_post()
    client.get("/")
    post.revise(by=None, title="Never")
    session.rollback()
    queries.clear()
    assert "Never" not in client.get("/").text
    assert len(queries) == 1


def test_a_write_amid_a_render_is_not_hidden_by_the_page_stored_after_it(app, client, monkeypatch):
    make_post(title="Early")

    def write_amid_the_view() -> None:
        monkeypatch.undo()
        make_post(title="Late")
        session.commit()

    monkeypatch.setattr(Post, "next_change", write_amid_the_view)
    monkeypatch.setattr("cms.blog.home.meta_for_site", lambda: write_amid_the_view() or {})
    client.get("/")
    assert "Late" in client.get("/").text


def test_a_scheduled_post_ends_the_cached_page_at_its_moment(client, monkeypatch):
    post = make_post(title="At noon", at=soon(minutes=5))
    assert "At noon" not in client.get("/").text
    later = soon(minutes=6)
    monkeypatch.setattr(cache, "time", lambda: later.timestamp())
    monkeypatch.setattr("cms.models.entry.now", lambda: later)
    monkeypatch.setattr("cms.models.life.now", lambda: later)
    monkeypatch.setattr("cms.models.listing.now", lambda: later)
    assert post.state == "published"
    assert "At noon" in client.get("/").text


def test_an_unchanged_page_is_not_sent_twice(client):
    make_post()
    etag = client.get("/").headers["ETag"]
    again = client.get("/", headers={"If-None-Match": etag})
    assert (again.status_code, again.data) == (304, b"")


def test_readers_with_an_account_get_a_page_of_their_own(client, other_client, sign_in):
    make_post()
    sign_in("bob")
    assert "bob" in client.get("/").text
    assert "bob" not in other_client.get("/").text


def test_light_and_dark_are_kept_apart(client, other_client):
    client.get("/")
    client.post("/appearance", data={"scheme": "dark", "next": "/"})
    assert client.get("/").data != other_client.get("/").data


def test_a_value_read_amid_a_write_is_kept_for_nobody_else(app):
    app.extensions["remembered"].clear()
    Setting.change("tagline", "Never", by=None)
    assert site.tagline == "Never"
    session.rollback()
    assert site.tagline == ""


def test_what_no_view_reads_makes_no_page_of_its_own(client, queries):
    make_post()
    client.get("/")
    queries.clear()
    assert client.get("/?utm_source=letter").status_code == 200
    assert len(queries) == 1


def test_a_question_mark_in_a_path_is_no_query(client):
    client.get("/tags/?k")
    assert client.get("/tags/%3Fk").status_code == 404


def test_a_page_that_took_until_after_the_next_change_is_not_kept_past_it(client, monkeypatch):
    make_post(title="At noon", at=soon(seconds=1))

    def slow_view() -> dict:
        monkeypatch.undo()
        sleep(1.1)
        return {}

    monkeypatch.setattr("cms.blog.home.meta_for_site", slow_view)
    assert "At noon" not in client.get("/").text
    assert "At noon" in client.get("/").text


def test_nobody_keeps_a_members_page(client, sign_in):
    sign_in("bob")
    for address in ("/", "/account/", "/login", "/search/?q=x", "/nope/"):
        assert client.get(address).headers["Cache-Control"] == "private, no-store", address


def test_a_change_is_seen_by_the_one_who_makes_it_before_anybody_else(app):
    assert site.tagline == ""
    Setting.change("tagline", "Mine", by=None)
    assert site.tagline == "Mine"
