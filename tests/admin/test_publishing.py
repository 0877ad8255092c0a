"""Publishing in the back office: now, later, in the past, by way of a review; and back again."""

from datetime import UTC, datetime, timedelta

import pytest

from cms.db import session
from cms.models import Event, Permission, Post, Role, Setting
from cms.models.base import now
from tests.admin.desk import NEW, address_of, write
from tests.factories import hidden_field, make_page, make_post, make_user, send_form, soon, token_of


@pytest.fixture
def eve(sign_in):
    return sign_in("eve")


@pytest.fixture
def cara(sign_in):
    make_user("cara", "contributor")
    return sign_in("cara")


def publish(client, entry, **fields):
    """Answer the question when; the answer."""
    answer = send_form(client, address_of(entry, "publish"), **fields)
    session.refresh(entry)
    return answer


def press(client, entry, act: str):
    """Press the button ``act`` on the page of a text; the answer."""
    answer = client.post(address_of(entry, act), data={"csrf_token": token_of(client, NEW)})
    session.refresh(entry)
    return answer


def allow(act: str, is_allowed: bool, role: str = "editor") -> None:
    Permission.set(Role.named(role), act, is_allowed, by=None)


def test_from_the_first_word_to_the_public_page(client, other_client, eve):
    write(client, NEW, title="Low water", body="The *tide*.", then="publish")
    post = session.query(Post).one()
    assert publish(client, post, when="now").status_code == 303
    assert "<em>tide</em>" in other_client.get("/blog/low-water/").text
    assert session.query(Event).filter_by(name="entry.published", actor_id=eve.id).count() == 1


def test_it_is_published_now(client, eve):
    post = make_post(published=False)
    publish(client, post, when="now")
    assert post.state == "published"
    assert abs(post.published_at - now()) < timedelta(minutes=1)


def test_it_is_scheduled_by_the_clock_of_the_site(client, eve):
    Setting.change("timezone", "Europe/Berlin", by=None)
    post = make_post(published=False)
    publish(client, post, when="later", at="2040-07-01T09:00")
    assert (post.state, post.published_at) == ("scheduled", datetime(2040, 7, 1, 7, tzinfo=UTC))
    assert "2040, 09:00" in client.get(address_of(post)).text


def test_it_is_dated_back(client, eve):
    post = make_post(published=False)
    publish(client, post, when="later", at="1999-12-31T23:59")
    assert (post.state, post.published_at.year) == ("published", 1999)


def test_the_time_of_a_scheduled_text_is_changed(client, eve):
    post = make_post(at=soon(days=3))
    publish(client, post, when="later", at="2040-07-01T09:00")
    assert post.published_at.year == 2040
    publish(client, post, when="now")
    assert post.state == "published"


def test_a_moment_in_the_address_is_proposed(client, eve):
    post = make_post(published=False)
    page = client.get(address_of(post, "publish") + "?at=2030-01-01T09:00").text
    assert 'value="2030-01-01T09:00"' in page
    assert 'value="later" checked' in page


@pytest.mark.parametrize(
    "at", ["x", "0000-01-01T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "2030", "é" * 20]
)
def test_no_moment_in_the_address_breaks_the_page(client, eve, at):
    Setting.change("timezone", "Europe/Berlin", by=None)
    assert client.get(address_of(make_post(), "publish") + f"?at={at}").status_code == 200


@pytest.mark.parametrize(
    "typed",
    [
        {"when": "later", "at": ""},
        {"when": "later", "at": "tomorrow <b>"},
        {"when": "later", "at": "0001-01-01T00:00"},
        {"when": "later", "at": "9999-12-31T23:30"},
        {"when": "never", "at": "2040-07-01T09:00"},
    ],
)
@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York"])
def test_a_time_that_is_none_is_refused_and_stays_in_the_form(client, eve, typed, zone):
    Setting.change("timezone", zone, by=None)
    post = make_post(published=False)
    answer = publish(client, post, **typed)
    assert (answer.status_code, post.state) == (422, "draft")
    assert f'value="{typed["at"].replace("<", "&lt;").replace(">", "&gt;")}"' in answer.text
    assert 'role="alert"' in answer.text


def test_a_time_that_the_clocks_skip_is_refused_and_stays_in_the_form(client, eve):
    Setting.change("timezone", "Europe/Berlin", by=None)
    post = make_post(published=False)
    answer = publish(client, post, when="later", at="2031-03-30T02:30")
    assert (answer.status_code, post.state) == (422, "draft")
    assert "The clocks go forward on that day" in answer.text
    assert 'value="2031-03-30T02:30"' in answer.text


def test_to_expire_before_it_appears_is_refused_and_the_time_stays(client, eve):
    post = make_post(published=False, expires_at=datetime(2040, 1, 1, tzinfo=UTC))
    answer = publish(client, post, when="later", at="2040-07-01T09:00")
    assert answer.status_code == 422
    assert "It would expire before it is published." in answer.text
    assert 'value="2040-07-01T09:00"' in answer.text
    assert 'value="later" checked' in answer.text
    assert (post.state, post.published_at) == ("draft", None)


def test_pressed_twice_it_is_published_once(client, eve):
    post = make_post(published=False)
    publish(client, post, when="now")
    first = post.published_at
    publish(client, post, when="now")
    assert post.published_at == first


# By way of a review


def test_whoever_may_not_publish_sends_it_for_review(client, cara):
    write(client, NEW, title="Low water", then="publish")
    post = session.query(Post).one()
    assert "Send for review" in client.get(address_of(post, "publish")).text
    assert publish(client, post, when="now").status_code == 303
    assert (post.state, post.submitter, post.published_at) == ("review", cara, None)
    assert "It is sent for review." in client.get(address_of(post)).text


def test_a_wish_for_a_time_is_proposed_to_the_reviewer(client, other_client, cara):
    post = Post.write(by=cara, title="Tide", body="")
    publish(client, post, when="later", at="2040-07-01T09:00")
    assert post.state == "review"
    make_user("eve")
    send_form(other_client, "/login", email="eve", password="the tide comes in twice")
    assert 'value="2040-07-01T09:00"' in other_client.get(address_of(post, "publish")).text
    publish(other_client, post, when="later", at="2040-07-01T09:00")
    assert post.state == "scheduled"


def test_what_is_in_review_already_offers_no_second_review(client, cara):
    post = Post.write(by=cara, title="Tide", body="")
    post.submit(by=cara)
    page = client.get(address_of(post)).text
    assert address_of(post, "publish") not in page
    assert 'value="publish"' not in page
    assert publish_anyway(client, post) == 403
    assert write(client, address_of(post), body="More.").status_code == 303


def publish_anyway(client, post) -> int:
    shown = {"shown_version": post.version, "shown_stage": post.stage}
    form = {"csrf_token": token_of(client, NEW), "when": "now", **shown}
    return client.post(address_of(post, "publish"), data=form).status_code


def test_an_editor_publishes_what_they_sent_themselves_without_a_review(client, eve):
    post = make_post(published=False)
    post.submit(by=eve)
    publish(client, post, when="now")
    assert post.state == "published"


def test_a_reviewer_without_that_permission_waits_for_another(client, eve):
    allow("publish texts", False)
    own, others = make_post(published=False), make_post(published=False)
    own.submit(by=eve)
    others.submit(by=make_user("cara", "contributor"))
    assert publish_anyway(client, own) == 403
    assert publish(client, others, when="now").status_code == 303
    session.refresh(own)
    assert (own.state, others.state) == ("review", "published")


def test_a_submission_is_taken_back(client, cara):
    post = Post.write(by=cara, title="Tide", body="")
    post.submit(by=cara)
    assert press(client, post, "withdraw").status_code == 303
    assert post.state == "draft"


# Back again


@pytest.mark.parametrize("make", [make_post, make_page])
def test_a_public_text_is_withdrawn_archived_removed_and_restored(client, other_client, eve, make):
    entry = make()
    address = entry.url
    press(client, entry, "archive")
    assert (entry.state, other_client.get(address).status_code) == ("archived", 200)
    press(client, entry, "withdraw")
    assert (entry.state, other_client.get(address).status_code) == ("draft", 404)
    publish(client, entry, when="now")
    press(client, entry, "remove")
    assert (entry.state, other_client.get(address).status_code) == ("trashed", 410)
    press(client, entry, "restore")
    assert (entry.state, entry.url, other_client.get(address).status_code) == ("draft", address, 404)


def test_the_trash_shows_when_it_is_emptied_and_the_way_back(client, eve):
    post = make_post()
    answer = press(client, post, "remove")
    page = client.get(answer.location).text
    assert "It will be deleted for good" in page
    assert address_of(post, "restore") in page
    assert client.get(address_of(post)).status_code == 403


def test_a_contributor_takes_her_draft_from_the_trash(client, cara):
    post = Post.write(by=cara, title="Tide", body="")
    press(client, post, "remove")
    assert address_of(post, "restore") in client.get(f"/admin/posts/{post.id}/").text
    press(client, post, "restore")
    assert post.state == "draft"


@pytest.mark.parametrize("act", ["withdraw", "archive", "remove"])
def test_what_is_public_is_left_to_those_who_publish(client, cara, act):
    post = Post.write(by=cara, title="Tide", body="")
    post.publish(by=None)
    assert press(client, post, act).status_code == 403
    assert post.state == "published"


def test_what_is_refused_is_told_on_the_page(client, eve):
    post = make_post(published=False)
    answer = press(client, post, "archive")
    assert answer.status_code == 422
    assert "Only what is published can be archived." in answer.text
    above = make_page()
    make_page(parent=above)
    answer = press(client, above, "remove")
    assert answer.status_code == 422
    assert "There are pages below this one" in answer.text


@pytest.mark.parametrize("act", ["withdraw", "archive", "remove", "restore"])
def test_no_verb_answers_to_a_link(client, eve, act):
    post = make_post()
    assert client.get(address_of(post, act)).status_code in (404, 405)
    session.refresh(post)
    assert post.state == "published"


# What somebody else did meanwhile


@pytest.mark.parametrize(
    ("meanwhile", "shows_changes"),
    [
        (lambda post: post.revise(by=None, body="Another text."), True),
        (lambda post: post.send_back("Not yet.", by=None), False),
        (lambda post: post.withdraw(by=None), False),
    ],
)
def test_a_text_that_the_reviewer_has_not_read_is_not_published(client, eve, meanwhile, shows_changes):
    post = make_post(published=False)
    post.submit(by=make_user("cara", "contributor"))
    address = address_of(post, "publish")
    names = ("csrf_token", "form_key", "shown_version", "shown_stage")
    page = client.get(address).text
    form = {name: hidden_field(page, name) for name in names} | {"when": "later", "at": "2040-07-01T09:00"}
    meanwhile(post)
    stage = post.stage
    answer = client.post(address, data=form)
    assert answer.status_code == 409
    assert "The text was changed meanwhile." in answer.text
    assert 'value="2040-07-01T09:00"' in answer.text
    changes = f"/admin/posts/{post.id}/history/1/?compare=present"
    assert (changes in answer.text) == shows_changes
    session.refresh(post)
    assert (post.stage, post.published_at) == (stage, None)
    if shows_changes:
        assert client.get(changes).status_code == 200
    publish(client, post, when="now")
    assert post.state == "published"


def test_a_form_that_does_not_tell_what_it_showed_publishes_nothing(client, eve):
    post = make_post(published=False)
    answer = client.post(
        address_of(post, "publish"), data={"csrf_token": token_of(client, NEW), "when": "now"}
    )
    session.refresh(post)
    assert (answer.status_code, post.state) == (409, "draft")


def test_one_form_sent_twice_publishes_once_and_answers_alike(client, eve):
    post = make_post(published=False)
    address = address_of(post, "publish")
    page = client.get(address).text
    names = ("csrf_token", "form_key", "shown_version", "shown_stage")
    form = {name: hidden_field(page, name) for name in names} | {"when": "now"}
    answers = [client.post(address, data=form) for _press in range(2)]
    assert {(answer.status_code, answer.location) for answer in answers} == {(303, address_of(post))}


def test_an_editor_can_ask_for_a_review_all_the_same(client, eve):
    post = make_post(published=False)
    publish(client, post, when="now", then="review")
    assert (post.state, post.submitter) == ("review", eve)


@pytest.mark.parametrize("typed", ["9999-12-31T23:30", "2027-03-28T02:30", "1799-12-31T23:59"])
def test_no_text_expires_at_a_time_that_is_none(client, eve, typed):
    Setting.change("timezone", "Europe/Berlin", by=None)
    post = make_post(published=False)
    answer = write(client, address_of(post), expires_at=typed)
    assert answer.status_code == 422
    assert f'value="{typed}"' in answer.text
    assert 'role="alert"' in answer.text
    session.refresh(post)
    assert post.expires_at is None
