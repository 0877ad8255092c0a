"""A draft as whoever has a link to its preview sees it."""

from datetime import UTC, datetime, timedelta

import pytest
from itsdangerous import TimestampSigner, URLSafeTimedSerializer

from cms.previews import link_to, preview_at
from tests.factories import make_page, make_post, path_to, soon


def days_pass(monkeypatch, days: float) -> None:
    """Let links that are made from now on have been made so many days ago."""
    at = datetime.now(UTC) - timedelta(days=days)
    monkeypatch.setattr(TimestampSigner, "get_timestamp", lambda _signer: int(at.timestamp()))


@pytest.mark.parametrize("make", [make_post, make_page])
def test_a_draft_is_shown_in_the_theme_with_a_ribbon(client, make):
    draft = make(published=False, title="Low water", body="The tide went out.")
    answer = client.get(path_to(draft))
    assert answer.status_code == 200
    assert "The tide went out." in answer.text
    assert "A preview of a draft, for you alone until" in answer.text
    assert "Only editors see this page" not in answer.text


def test_nobody_keeps_it_lists_it_or_learns_its_address(client):
    headers = client.get(path_to(make_post(published=False))).headers
    assert headers["Cache-Control"] == "private, no-store"
    assert headers["X-Robots-Tag"] == "noindex, nofollow"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert client.get("/").headers["Referrer-Policy"] == "strict-origin-when-cross-origin"


def test_it_shows_the_text_as_it_was_last_saved(client):
    draft = make_post(published=False, body="Low water.")
    link = path_to(draft)
    assert "Low water." in client.get(link).text
    draft.revise(by=None, body="High water.")
    assert "High water." in client.get(link).text


@pytest.mark.parametrize("days", [1, 7, 30])
def test_it_expires(client, monkeypatch, days):
    draft = make_post(published=False)
    with monkeypatch.context() as clock:
        days_pass(clock, days - 0.01)
        young = path_to(draft, days)
        days_pass(clock, days)
        old = path_to(draft, days)
    assert client.get(young).status_code == 200
    answer = client.get(old)
    assert answer.status_code == 410
    assert "This preview has ended." in answer.text
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_it_ends_with_its_round_in_the_trash_and_when_the_text_is_deleted(client):
    draft = make_post(published=False)
    link = path_to(draft)
    draft.end_previews(by=None)
    assert client.get(link).status_code == 410
    link = path_to(draft)
    draft.remove(by=None)
    assert client.get(link).status_code == 410
    draft.delete_for_good(by=None)
    assert client.get(link).status_code == 410


def test_what_is_public_by_now_is_read_at_its_own_address(client):
    post = make_post(published=False, slug="low-water")
    link = path_to(post)
    post.publish(by=None, at=soon(hours=1))
    assert client.get(link).status_code == 200
    post.publish(by=None)
    answer = client.get(link)
    assert (answer.status_code, answer.location) == (302, "/blog/low-water/")


def test_an_altered_link_is_not_found(client):
    link = path_to(make_post(published=False))
    payload, stamp, signature = link.removeprefix("/preview/").split(".")
    altered = (f"x{payload}.{stamp}.{signature}", f"{payload}.{stamp}.x{signature}", payload, "é", "x" * 5000)
    assert {client.get(f"/preview/{token}").status_code for token in altered} == {404}


def test_a_key_of_before_still_opens_it(app, client, settings):
    draft = make_post(published=False)
    link = path_to(draft)
    settings(SECRET_KEY="another key altogether, and long enough")
    assert client.get(link).status_code == 404
    settings(SECRET_KEY_FALLBACKS=["only for tests, and for no site of anybody"])
    assert client.get(link).status_code == 200


def test_what_was_signed_for_something_else_opens_nothing(app):
    foreign = URLSafeTimedSerializer(app.config["SECRET_KEY"], salt="cookie").dumps([1, 0, 7])
    assert preview_at(foreign) is None


def test_only_offered_lifetimes_can_be_signed(app):
    with pytest.raises(ValueError, match="365"):
        link_to(make_post(published=False), 365)


def test_a_preview_shows_everybody_what_a_reader_sees(client, sign_in):
    sign_in("eve")
    draft = make_page(published=False, title="Help")
    make_page(published=False, title="Not yet", parent=draft)
    make_page(title="Already there", parent=draft)
    page = client.get(path_to(draft)).text
    assert "Already there" in page
    assert "Not yet" not in page
