"""Giving away a link to a draft, and taking all of them back."""

import html
import re

import pytest

from cms.db import session
from cms.models import Event
from tests.factories import make_post, path_to, send_form, token_of


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


def make_link(client, post, days: int = 7):
    page = f"/admin/posts/{post.id}/"
    return send_form(client, f"{page}edit/", post_to=f"{page}previews/", days=days)


def test_a_link_is_shown_to_be_copied_and_opens_the_draft(client, other_client, eve):
    post = make_post(published=False, body="The tide went out.")
    answer = make_link(client, post)
    link = html.unescape(re.search(r'<input id="link" value="([^"]+)" readonly', answer.text)[1])
    assert answer.status_code == 200
    assert link.startswith("http://broadside.test/preview/")
    assert "The tide went out." in other_client.get(link.removeprefix("http://broadside.test")).text
    event = session.query(Event).filter_by(name="entry.preview_made", actor_id=eve.id).one()
    assert event.changes == {"days": [None, 7]}


@pytest.mark.parametrize("days", [0, 2, 31, -1, 10**12, "seven"])
def test_a_link_is_good_for_no_other_time_than_offered(client, eve, days):
    assert make_link(client, make_post(published=False), days).status_code == 422


def test_ending_the_previews_ends_every_link(client, other_client, eve):
    post = make_post(published=False)
    links = [path_to(post, days) for days in (1, 30)]
    page = f"/admin/posts/{post.id}/"
    assert send_form(client, f"{page}edit/", post_to=f"{page}previews/end/").status_code == 303
    assert [other_client.get(link).status_code for link in links] == [410, 410]
    session.refresh(post)
    assert other_client.get(path_to(post)).status_code == 200


def test_what_is_public_or_in_the_trash_is_offered_no_link(client, eve):
    public, trashed = make_post(), make_post()
    trashed.remove(by=None)
    for post in (public, trashed):
        assert 'id="previews"' not in client.get(f"/admin/posts/{post.id}/edit/").text
    form = {"csrf_token": token_of(client, f"/admin/posts/{public.id}/edit/"), "days": 7}
    assert client.post(f"/admin/posts/{trashed.id}/previews/", data=form).status_code == 422
