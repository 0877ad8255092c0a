"""From draft to trash and back: what each step decides, and when it is refused."""

import pytest
from sqlalchemy import update

from cms.db import session
from cms.errors import Refused
from cms.models import Entry, Event, Post, Redirect
from cms.models.base import now
from cms.models.life import TRASH_DAYS, Clash
from cms.models.note import LONGEST_NOTE
from tests.factories import make_page, make_post, make_user, soon

pytestmark = pytest.mark.usefixtures("app")


@pytest.fixture
def cara():
    return make_user("cara", "contributor")


@pytest.fixture
def post(cara):
    return Post.write(by=cara, title="Tide", body="Low water.")


def events(name: str) -> int:
    return session.query(Event).filter_by(name=name).count()


def test_a_draft_is_sent_for_review(post, cara):
    post.submit(by=cara)
    assert (post.state, post.submitter, post.published_at) == ("review", cara, None)
    assert events("entry.submitted") == 1


def test_only_a_draft_is_sent_for_review(post, cara):
    post.submit(by=cara)
    with pytest.raises(Refused):
        post.submit(by=cara)
    post.publish(by=None)
    with pytest.raises(Refused):
        post.submit(by=cara)


def test_a_wish_for_a_date_is_kept_and_shows_nothing_early(post, cara):
    post.submit(by=cara, at=soon(days=1))
    assert post.state == "review"
    assert session.scalars(Post.visible_to(None)).all() == []


def test_a_text_that_was_public_keeps_its_date_through_a_review(cara):
    post = make_post(at=soon(days=-9))
    first = post.published_at
    post.withdraw(by=cara)
    post.submit(by=cara, at=soon(days=1))
    assert post.published_at == first


def test_it_returns_as_a_draft_with_remarks(post, cara):
    eve = make_user("eve")
    post.submit(by=cara)
    post.send_back("  Which tide? ", by=eve)
    [note] = post.notes
    assert (post.state, note.text, note.author_id, note.is_remark) == ("draft", "Which tide?", eve.id, True)
    assert events("entry.sent_back") == 1


@pytest.mark.parametrize("remarks", ["", "  \n", "x" * (LONGEST_NOTE + 1)])
def test_it_does_not_return_without_remarks(post, cara, remarks):
    post.submit(by=cara)
    with pytest.raises(Refused):
        post.send_back(remarks, by=None)
    assert (post.state, post.notes) == ("review", [])


def test_only_what_is_in_review_returns(post):
    with pytest.raises(Refused):
        post.send_back("Which tide?", by=None)


def test_publishing_now_brings_a_scheduled_text_forward():
    post = make_post(at=soon(days=1))
    post.publish(by=None)
    assert post.state == "published"
    assert post.published_at <= now()


def test_publishing_again_keeps_the_date_of_an_old_text():
    post = make_post(at=soon(days=-9))
    first = post.published_at
    post.withdraw(by=None)
    post.publish(by=None)
    assert post.published_at == first


def test_a_text_that_expired_is_not_published_now():
    post = make_post(published=False, expires_at=soon(hours=-1))
    with pytest.raises(Refused):
        post.publish(by=None)
    assert (post.state, post.published_at) == ("draft", None)


def test_a_draft_is_not_archived(post):
    with pytest.raises(Refused):
        post.archive(by=None)


def test_the_trash_says_when_it_is_emptied(post):
    assert (post.trashed_at, post.gone_at) == (None, None)
    post.remove(by=None)
    assert abs((post.gone_at - now()).total_seconds() - TRASH_DAYS * 86400) < 60
    post.restore(by=None)
    assert (post.state, post.trashed_at, post.gone_at) == ("draft", None, None)


def test_only_what_is_in_the_trash_is_restored(post):
    with pytest.raises(Refused):
        post.restore(by=None)


def test_a_text_whose_address_was_taken_meanwhile_is_restored_beside_it(post):
    post.remove(by=None)
    other = make_post(title="Tide")
    post.restore(by=None)
    assert (other.url, post.url) == ("/blog/tide/", "/blog/tide-2/")


def test_a_draft_in_the_trash_leaves_no_trace_at_its_address(post):
    post.remove(by=None)
    assert Redirect.answer_for("/blog/tide/") is None


def test_a_page_is_not_restored_below_one_in_the_trash():
    above = make_page(title="Help")
    below = make_page(title="Answers", parent=above)
    below.remove(by=None)
    above.remove(by=None)
    with pytest.raises(Refused):
        below.restore(by=None)
    above.restore(by=None)
    below.restore(by=None)
    assert below.url == "/help/answers/"


def test_previews_that_were_given_away_end(post):
    before = post.preview_round
    post.end_previews(by=None)
    assert post.preview_round == before + 1
    assert events("entry.previews_ended") == 1


def decide_behind_the_back_of(post: Post, stage: str) -> None:
    """Give the row another stage, as somebody else's transaction does, which this session has not read."""
    row = Entry.__table__
    session.execute(update(row).where(row.c.id == post.id).values(stage=stage))


@pytest.mark.parametrize(
    ("verb", "stage"),
    [
        (lambda post: post.publish(by=None), "trashed"),
        (lambda post: post.revise(by=None, title="Tides"), "trashed"),
        (lambda post: post.submit(by=None), "published"),
        (lambda post: post.send_back("Which tide?", by=None), "published"),
        (lambda post: post.withdraw(by=None), "trashed"),
        (lambda post: post.archive(by=None), "draft"),
        (lambda post: post.remove(by=None), "trashed"),
        (lambda post: post.restore(by=None), "draft"),
    ],
)
def test_a_verb_decides_by_what_somebody_else_decided_meanwhile(verb, stage):
    post = make_post()
    decide_behind_the_back_of(post, {"draft": "published", "published": "review"}.get(stage, "draft"))
    session.refresh(post)
    decide_behind_the_back_of(post, stage)
    with pytest.raises(Refused):
        verb(post)


def test_what_is_not_as_it_was_shown_is_a_clash(post, cara):
    post.expect(1, "draft")
    for shown in ((1, "review"), (2, "draft"), (None, None)):
        with pytest.raises(Clash):
            post.expect(*shown)
    decide_behind_the_back_of(post, "review")
    with pytest.raises(Clash):
        post.expect(1, "draft")
