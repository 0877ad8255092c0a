"""Sending a text for review, and what a reviewer does with it."""

import pytest

from cms.admin import jobs
from cms.admin.clock import local_moment
from cms.db import session
from cms.models import Entry, Event, Note, Post, Setting, User
from tests.factories import (
    hidden_field,
    mails_to,
    make_page,
    make_post,
    make_user,
    send_form,
    sign_in_at,
    soon,
    token_of,
)


def begun_by(user: User, **fields) -> Post:
    return Post.write(by=user, **{"title": "Low water", "body": "The tide went out.", **fields})


def sent_by(user: User) -> Post:
    post = begun_by(user)
    post.submit(by=user)
    return post


def send(client, entry: Entry, when: str = "now", **fields):
    """Send a text for review, on the page where it is published."""
    return send_form(client, f"/admin/{entry.kind}s/{entry.id}/publish/", when=when, **fields)


def press(client, entry: Entry, act: str, **fields):
    page = f"/admin/{entry.kind}s/{entry.id}/"
    return send_form(client, f"{page}edit/", post_to=f"{page}{act}/", **fields)


@pytest.fixture
def carla(client) -> User:
    """A contributor, signed in: she writes and may not publish."""
    carla = make_user("carla", "contributor")
    sign_in_at(client, "carla")
    return carla


def test_a_draft_is_sent_for_review(client, carla):
    post = begun_by(carla)
    assert send(client, post).status_code == 303
    session.refresh(post)
    assert (post.stage, post.submitter, post.published_at) == ("review", carla, None)
    assert "Somebody else has to approve it" in client.get(f"/admin/posts/{post.id}/edit/").text


def test_a_wish_for_a_moment_is_read_in_the_zone_of_the_site(client, carla):
    Setting.change("timezone", "Europe/Berlin", by=None)
    post = begun_by(carla)
    send(client, post, "later", at="2031-07-01T09:30")
    session.refresh(post)
    assert post.wished_at.isoformat() == "2031-07-01T07:30:00+00:00"
    assert "2031" in client.get(f"/admin/posts/{post.id}/edit/").text


@pytest.mark.parametrize("wish", ["yesterday", "2020-01-01T00:00", "0001-01-01T00:00", "9" * 60])
def test_a_wish_that_can_not_be_is_shown_again(client, carla, wish):
    post = begun_by(carla)
    answer = send(client, post, "later", at=wish)
    assert answer.status_code == 422
    assert f'value="{wish}"' in answer.text
    session.refresh(post)
    assert post.stage == "draft"


def test_reviewers_are_told_by_mail_and_the_writer_is_not(client, carla):
    make_user("alice"), make_user("eve"), make_user("mo"), make_user("bob")
    make_user("gone", "editor").suspend(by=None)
    post = begun_by(carla)
    send(client, post)
    for name in ("alice", "eve"):
        [mail] = mails_to(f"{name}@example.org")
        assert mail.subject == "For review: Low water"
        assert f"http://broadside.test/admin/posts/{post.id}/" in mail.text
        assert "carla sent “Low water” for review." in mail.text
    assert not [
        mails_to(f"{name}@example.org")
        for name in ("carla", "mo", "bob", "gone")
        if mails_to(f"{name}@example.org")
    ]


def test_nobody_is_asked_who_could_not_review_it(app):
    make_user("carla", "contributor"), make_user("cora", "contributor")
    eve = make_user("eve")
    sent_by(eve)
    assert mails_to("eve@example.org") == mails_to("cora@example.org") == []


def test_no_more_than_a_hundred_are_asked(app, monkeypatch):
    monkeypatch.setattr(jobs, "MOST_REVIEWERS", 2)
    for number in range(3):
        make_user(f"editor-{number}", "editor")
    sent_by(make_user("carla", "contributor"))
    assert [len(mails_to(f"editor-{number}@example.org")) for number in range(3)] == [1, 1, 0]


def test_a_text_comes_back_with_remarks(client, sign_in):
    carla = make_user("carla", "contributor")
    post = sent_by(carla)
    sign_in("eve")
    assert press(client, post, "send-back", remarks="Who says so?\nName them.").status_code == 303
    session.refresh(post)
    assert post.stage == "draft"
    assert [(note.text, note.is_remark, note.author.name) for note in post.notes] == [
        ("Who says so?\nName them.", True, "eve")
    ]
    [mail] = mails_to("carla@example.org")
    assert mail.subject == "Sent back: Low water"
    assert "Who says so?\nName them." in mail.text
    assert "<p>Name them.</p>" in mail.html


def test_who_began_a_text_is_told_of_remarks_too(app):
    carla, cora, eve = make_user("carla", "contributor"), make_user("cora", "editor"), make_user("eve")
    post = begun_by(carla)
    post.submit(by=cora)
    post.send_back("Shorter.", by=eve)
    assert len(mails_to("carla@example.org")) == len(mails_to("cora@example.org")) == 1


def test_nobody_is_mailed_their_own_remarks(app):
    cora, eve = make_user("cora", "editor"), make_user("eve")
    post = begun_by(eve)
    post.submit(by=cora)
    post.send_back("Shorter.", by=eve)
    assert mails_to("eve@example.org") == []
    assert len(mails_to("cora@example.org")) == 1


@pytest.mark.parametrize("remarks", ["", "   ", "x" * 5001])
def test_remarks_that_can_not_be_kept_are_shown_again(client, sign_in, remarks):
    post = sent_by(make_user("carla", "contributor"))
    sign_in("eve")
    answer = press(client, post, "send-back", remarks=remarks)
    assert answer.status_code == 422
    assert f">{remarks}</textarea>" in answer.text
    session.refresh(post)
    assert (post.stage, session.query(Note).count()) == ("review", 0)


def test_nobody_reviews_what_they_sent(client, sign_in):
    eve = sign_in("eve")
    post = sent_by(eve)
    token = token_of(client, f"/admin/posts/{post.id}/edit/")
    form = {"csrf_token": token, "remarks": "Fine.", "shown_version": 1, "shown_stage": "review"}
    assert client.post(f"/admin/posts/{post.id}/send-back/", data=form).status_code == 403


def test_a_text_of_somebody_else_does_not_exist_for_a_contributor(client, carla):
    post = sent_by(make_user("eve"))
    token = token_of(client, f"/admin/posts/{begun_by(carla).id}/edit/")
    for act in ("publish", "send-back", "notes", "previews"):
        answer = client.post(f"/admin/posts/{post.id}/{act}/", data={"csrf_token": token})
        assert answer.status_code == 404, act


def test_what_is_published_is_not_sent_for_review(client, carla):
    post = begun_by(carla)
    token = token_of(client, f"/admin/posts/{post.id}/edit/")
    post.publish(by=None)
    form = {"csrf_token": token, "when": "now", "shown_version": 1, "shown_stage": "published"}
    assert client.post(f"/admin/posts/{post.id}/publish/", data=form).status_code == 403


def test_a_page_is_reviewed_like_a_post(client, sign_in):
    sign_in("eve")
    page = make_page(published=False)
    assert send(client, page, then="review").status_code == 303
    session.refresh(page)
    assert page.stage == "review"


@pytest.mark.parametrize(("at", "words"), [(None, "It stands at:"), ("2031", "It will appear on")])
def test_the_writer_is_told_of_the_approval(app, at, words):
    carla, eve = make_user("carla", "contributor"), make_user("eve")
    post = sent_by(carla)
    with app.test_request_context():
        post.publish(by=eve, at=local_moment(f"{at}-07-01", "09:30") if at else None)
    [mail] = mails_to("carla@example.org")
    assert mail.subject == "Approved: Low water"
    assert words in mail.text
    assert "http://broadside.test/blog/low-water/" in mail.text


def test_who_publishes_what_they_sent_gets_no_mail(app):
    eve = make_user("eve")
    sent_by(eve).publish(by=eve)
    assert mails_to("eve@example.org") == []


def test_what_happens_to_a_published_text_mails_nobody(app):
    carla, eve = make_user("carla", "contributor"), make_user("eve")
    post = sent_by(carla)
    post.publish(by=eve)
    post.publish(by=eve, at=make_post().published_at)
    post.archive(by=eve)
    post.publish(by=eve)
    assert len(mails_to("carla@example.org")) == 1


@pytest.mark.parametrize(
    "undo",
    [
        lambda post, by: post.send_back("Shorter.", by=by),
        lambda post, by: post.withdraw(by=by),
        lambda post, by: post.publish(by=by) or post.withdraw(by=by),
    ],
)
def test_what_is_published_without_a_new_review_mails_nobody(app, undo):
    carla, eve = make_user("carla", "contributor"), make_user("eve")
    post = sent_by(carla)
    undo(post, eve)
    told = len(mails_to("carla@example.org"))
    post.publish(by=eve)
    assert len(mails_to("carla@example.org")) == told


@pytest.mark.parametrize(
    "undo",
    [
        lambda post: post.send_back("Shorter.", by=None),
        lambda post: post.withdraw(by=None),
        lambda post: post.remove(by=None),
    ],
)
def test_the_wish_ends_with_the_review(app, undo):
    post = begun_by(make_user("carla", "contributor"))
    post.submit(by=post.writer, at=soon(days=1))
    undo(post)
    assert post.wished_at is None


def test_a_title_that_no_subject_can_hold_is_left_out_of_it(app):
    make_user("eve")
    post = begun_by(make_user("carla", "contributor"), title="Low\x85\x07water")
    post.submit(by=post.writer)
    [mail] = mails_to("eve@example.org")
    assert mail.subject == "For review: a text without a plain title"


def test_a_review_leaves_a_record(client, sign_in):
    carla = make_user("carla", "contributor")
    post = sent_by(carla)
    eve = sign_in("eve")
    press(client, post, "send-back", remarks="Shorter.")
    event = session.query(Event).filter_by(name="entry.sent_back").one()
    assert (event.actor_id, event.changes["stage"]) == (eve.id, ["review", "draft"])
    assert session.query(Event).filter_by(name="note.put").one().changes["text"] == [None, "Shorter."]


@pytest.mark.parametrize(
    "meanwhile",
    [
        lambda post: post.revise(by=post.writer, body="Another text."),
        lambda post: post.withdraw(by=post.writer),
        lambda post: post.publish(by=None),
    ],
)
def test_what_was_changed_meanwhile_is_not_sent_back_and_the_remarks_stay(client, sign_in, meanwhile):
    post = sent_by(make_user("carla", "contributor"))
    sign_in("eve")
    page = f"/admin/posts/{post.id}/"
    names = ("csrf_token", "form_key", "shown_version", "shown_stage")
    text = client.get(f"{page}edit/").text
    form = {name: hidden_field(text, name) for name in names} | {"remarks": "Who says so?"}
    meanwhile(post)
    stage = post.stage
    answer = client.post(f"{page}send-back/", data=form)
    assert answer.status_code == 409
    assert "The text was changed meanwhile." in answer.text
    assert "Who says so?</textarea>" in answer.text
    session.refresh(post)
    assert (post.stage, post.notes) == (stage, [])
